/** The page of a platform: which statements are read, and what becomes of them. */
import type { LineState } from '../../parsers/diagnostics.ts';
import type { PlatformReader } from '../../parsers/platform.ts';
import { LINE_STATES } from '../../parsers/diagnostics.ts';

const MEANINGS: Readonly<Record<LineState, string>> = {
  modelled: 'its meaning is in the model, exactly',
  'no-effect': 'known, and unable to change which packets pass',
  conditional: 'modelled with a stated bound: what it decides is possible, not definite',
  unsupported: 'known and not modelled; a diagnostic says what that means for verdicts',
  unrecognised: 'not known',
};

/** Markdown. Throws when the platform declares no forms: an empty page would hide that. */
export function renderPlatform({ title, forms }: Pick<PlatformReader, 'title' | 'forms'>): string {
  const rows = forms.flatMap((group) => group.forms);
  if (rows.length === 0) throw new Error(`${title} declares no statement forms`);
  const states = LINE_STATES.filter((state) => rows.some((row) => row.state === state));
  return [
    `# ${title}: statements`,
    '',
    'Generated from the statement tables by `npm run generate`; changes go there. A line that no form covers is',
    '`unrecognised`. Capitals stand for arguments.',
    '',
    ...states.map((state) => `- \`${state}\`: ${MEANINGS[state]}.`),
    '',
    ...forms.flatMap((group) => [
      `## ${group.mode}`,
      '',
      '| statement | state | note |',
      '| --- | --- | --- |',
      ...group.forms.map(({ form, state, note }) => `| \`${inCell(form)}\` | ${state} | ${inCell(note)} |`),
      '',
    ]),
  ].join('\n');
}

function inCell(text: string): string {
  return text.replaceAll('|', '\\|');
}
