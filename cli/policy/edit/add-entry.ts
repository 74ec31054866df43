import { isDeepStrictEqual } from 'node:util';
import { loadPolicy } from '../load-policy.ts';
import type { FileProblem as PolicyProblem } from '../../yaml/problem.ts';
import { parseYaml, type YamlText } from '../../yaml/yaml-text.ts';
import {
  entryText,
  pasted,
  type ApprovalEntry,
  type Draft,
  type EntryText,
  type Section,
  type WaiverEntry,
} from './entry-text.ts';
import { lineProblem } from './form-fields.ts';
import { placesFor } from './places.ts';
import { filesWith, type PolicyPlace } from './policy-place.ts';
import { spliced } from './splice.ts';

/** A policy file with one entry more, or why it has none. */
export type Edit =
  | {
      readonly kind: 'edited';
      readonly text: string;
      /** The 1-based line of the entry; its comment stands above it. */
      readonly addedAt: number;
    }
  | {
      readonly kind: 'problems';
      readonly problems: readonly PolicyProblem[];
      /** The entry's lines, to be put into the file by hand. */
      readonly paste: string;
    };

/**
 * Accepts a finding: the text of a policy file with one waiver more, every other byte as it was.
 *
 * @param text undefined where there is no file yet.
 */
export function addWaiver(text: string | undefined, waiver: Draft<WaiverEntry>, place: PolicyPlace): Edit {
  return addEntry(text, 'waivers', waiver, place);
}

/** Approves a use of messaging: as `addWaiver`, with one approval more. */
export function addApproval(text: string | undefined, approval: Draft<ApprovalEntry>, place: PolicyPlace): Edit {
  return addEntry(text, 'approvals', approval, place);
}

/**
 * The edited text is read again by the loader and has to be the old policy with exactly this entry behind the others of its section:
 * whatever the layout of a file, a wrong edit is never the result.
 */
function addEntry(
  text: string | undefined,
  section: Section,
  draft: Draft<ApprovalEntry | WaiverEntry>,
  place: PolicyPlace,
): Edit {
  const entry = entryText(section, draft);
  const refused = (problems: readonly PolicyProblem[]): Edit => ({ kind: 'problems', problems, paste: pasted(entry) });
  const message = unwritable(entry);
  if (message !== undefined) return refused([{ file: place.path, message }]);
  if (text === undefined) {
    const created = ['version: 1', '', `${section}:`, ...entry.block(2, 2), ''].join('\n');
    return verified({ version: 1 }, created, section, entry, place) ?? refused([byHand(section, place)]);
  }
  const loaded = loadPolicy(place.path, filesWith(place, text));
  if (loaded.kind === 'problems') return refused(loaded.problems);
  const before = read(text, place);
  const places = placesFor(text, section, entry);
  if (before === undefined || places.kind === 'none') {
    return refused([byHand(section, place, places.kind === 'none' ? places.because : undefined)]);
  }
  for (const way of places.ways) {
    const edit = verified(before.value, spliced(text, way), section, entry, place);
    if (edit !== undefined) return edit.kind === 'edited' ? edit : refused(edit.problems);
  }
  return refused([
    byHand(section, place, 'the layout of the file does not let it be put there and change nothing else'),
  ]);
}

/** The edit, if the text says what it said and the entry. */
function verified(
  before: unknown,
  text: string,
  section: Section,
  entry: EntryText,
  place: PolicyPlace,
): Edit | undefined {
  const after = read(text, place);
  if (after === undefined || typeof before !== 'object' || before === null) return undefined;
  const entries: unknown = Object.entries(before).find(([key]) => key === section)?.[1];
  const old: readonly unknown[] = Array.isArray(entries) ? entries : [];
  if (!isDeepStrictEqual(after.value, { ...before, [section]: [...old, entry.value] })) return undefined;
  const loaded = loadPolicy(place.path, filesWith(place, text));
  if (loaded.kind === 'problems') return { ...loaded, paste: pasted(entry) };
  return { kind: 'edited', text, addedAt: after.placeOf([section, old.length]).line };
}

function read(text: string, { path }: PolicyPlace): YamlText | undefined {
  const parsed = parseYaml({ name: path, text });
  return parsed.kind === 'yaml' ? parsed.yaml : undefined;
}

/** Line breaks and marks that do not show would let an entry look like something else to whoever reads the file. */
function unwritable({ value }: EntryText): string | undefined {
  for (const [key, given] of Object.entries(value)) {
    for (const text of Array.isArray(given) ? given : [given]) {
      const message = typeof text === 'string' ? lineProblem(text) : undefined;
      if (message !== undefined) return `"${key}" ${message}`;
    }
  }
  return undefined;
}

function byHand(section: Section, { path }: PolicyPlace, because?: string): PolicyProblem {
  const reason = because === undefined ? '' : `: ${because}`;
  return { file: path, message: `the entry cannot be added to "${section}"${reason}; put it there by hand` };
}
