/* How `brokerfence collect` names files, as far as it says what belongs together. */

/** What a configuration is called: `fw1.cfg`, `fw1.xml`. */
export const CONFIGURATION_EXTENSIONS = ['.cfg', '.xml'] as const;

/** What was captured in part only, and kept aside: `fw1.partial`. */
export const PARTIAL_EXTENSION = '.partial';

/** What came of each device of a collection. */
export const RECORD_FILE = 'collect.json';

const PART = /^(?<stem>[^+]+)\+(?:hit-counts|pushed-policy|pushed-template)(?:\+[^+]+)?\.(?:txt|xml)$/u;

/** For `fw1+hit-counts.txt` it is `fw1`; undefined for a file that is not named as standing beside a configuration. */
export function stemOfPart(file: string): string | undefined {
  return PART.exec(file)?.groups?.['stem'];
}
