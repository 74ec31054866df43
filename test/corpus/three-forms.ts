import { parse } from '../../parsers/index.ts';
import { printDevice } from '../../parsers/model/print.ts';
import { loadText } from '../../parsers/paloalto-panos/load.ts';
import { Notes } from '../../parsers/paloalto-panos/notes.ts';
import { readLines } from '../../parsers/syntax/lines.ts';
import { otherForms } from '../support/junos-forms.ts';
import { allForms } from '../support/panos-forms.ts';
import { configurations, type CorpusFile } from './corpus-folder.ts';
import type { Difference, Tally } from './tally.ts';

export interface Rewritten {
  readonly compared: number;
  /** With something that the forms do not share (`delete:`, commands, broken texts, several configurations). */
  readonly passedOver: number;
}

/** A configuration as it was written and in other forms, by what they are called. */
interface Forms {
  readonly text: string;
  readonly others: Readonly<Record<string, string>>;
}

/**
 * Writes configurations again in the other forms of their platform: Junos in braces as set lines and XML, PAN-OS of any form in
 * all three. Each must give the same devices.
 */
export function compareRewritten(corpus: string, tally: Tally): Rewritten {
  let compared = 0;
  let passedOver = 0;
  for (const file of configurations(corpus)) {
    const forms = formsOf(file);
    if (forms === undefined) continue;
    if (forms === 'not shared') {
      passedOver += 1;
      continue;
    }
    compared += 1;
    const written = printed(file, forms.text);
    for (const [form, text] of Object.entries(forms.others)) {
      tally.compare(`${file.path} = its ${form}`, difference(written, printed(file, text)));
    }
  }
  return { compared, passedOver };
}

/** Undefined for files of which no other form is asked. */
function formsOf({ platform, text }: CorpusFile): Forms | 'not shared' | undefined {
  if (platform === 'paloalto-panos') return panosForms(text);
  if (platform !== 'juniper-junos' || !/\{\s*$/mu.test(text)) return undefined;
  // `replace:` speaks to a device that has a configuration already; the other forms have no word for it.
  const written = text.replaceAll(/\breplace:\s*/gu, '');
  const forms = otherForms(written);
  return forms === undefined ? 'not shared' : { text: written, others: { 'set lines': forms.set, XML: forms.xml } };
}

/** Of the release only XML speaks, so the one written is taken to be that of the XML that is made. */
function panosForms(written: string): Forms | 'not shared' {
  if (written.split('<?xml').length > 2) return 'not shared';
  const text = written.replace(/(?<before><config\b[^>]*\bversion=")[^"]*/u, '$<before>10.1.0');
  const { root, complete, builder } = loadText({ name: 'one of three forms', text }, readLines(text), new Notes());
  if (complete === 'no' || builder.removed.length > 0) return 'not shared';
  const { set, braces, xml } = allForms(root);
  return { text, others: { 'set lines': set, braces, XML: xml } };
}

/** The devices in canonical print; of their release only XML of PAN-OS speaks. */
function printed({ platform }: CorpusFile, text: string): readonly string[] {
  const { devices } = parse({ name: 'one of three forms', text }, { platform });
  const lines = devices.flatMap((device) => printDevice(device).split('\n'));
  return platform === 'paloalto-panos'
    ? lines.map((line) => line.replace(/^(?<device>device .*\(paloalto-panos) .*\)$/u, '$<device>)'))
    : lines;
}

function difference(written: readonly string[], other: readonly string[]): Difference | undefined {
  const at = written.findIndex((line, index) => line !== other[index]);
  if (at < 0 && written.length === other.length) return undefined;
  const line = at < 0 ? written.length : at;
  const because = `as written: ${written[line] ?? 'nothing'}; here: ${other[line] ?? 'nothing'}`;
  return { what: 'another device', because };
}
