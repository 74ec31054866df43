import { createHash } from 'node:crypto';
import type { LineState } from '../../parsers/diagnostics.ts';
import type { CapturedText } from '../sources/ssh/collected.ts';
import { maskSecrets } from '../../checks/reporting/mask-secrets.ts';
import { parse, type ParseResult } from '../../parsers/index.ts';

/** Stands for a secret in a file: a word in every syntax, XML included. */
const MASK = 'masked';

export type MaskedCaptures =
  | { readonly kind: 'masked'; readonly texts: readonly CapturedText[] }
  | { readonly kind: 'problem'; readonly message: string };

/**
 * The texts of a device with their secrets masked, line for line, so that they are audited as before: lines that the parsers
 * model stay as they are, and what is read from the masked texts is compared with what is read from the others.
 */
export function maskCaptures(texts: readonly CapturedText[]): MaskedCaptures {
  const byDevice = Map.groupBy(texts.filter(isConfiguration), ({ device }) => device);
  const masked = new Map<CapturedText, CapturedText>();
  for (const [device, [first, ...others]] of byDevice) {
    if (first === undefined) continue;
    const before = read(first, others);
    const [one, ...more] = [first, ...others].map((each, index) => ({
      ...each,
      text: maskText(each.text, before.texts[index]?.lineStates ?? []),
    }));
    if (one === undefined || said(read(one, more)) !== said(before)) {
      const message = `the secrets of ${device} could not be masked without changing what its configuration says; collect it without --mask-secrets`;
      return { kind: 'problem', message };
    }
    [first, ...others].forEach((each, index) => masked.set(each, [one, ...more][index] ?? one));
  }
  return { kind: 'masked', texts: texts.map((each) => masked.get(each) ?? each) };
}

/** A text that is not whole, masked: too much rather than too little. */
export function maskPartial(partial: CapturedText): CapturedText {
  return { ...partial, text: maskText(partial.text, []) };
}

/** Counters hold no secrets, and the names of rules that they hold must stay. */
function isConfiguration({ what }: CapturedText): boolean {
  return what === 'configuration' || what === 'pushed-policy' || what === 'pushed-template';
}

function read(first: CapturedText, others: readonly CapturedText[]): ParseResult {
  const [one, ...more] = [first, ...others].map(({ text }, index) => ({ name: `text ${index + 1}`, text }));
  if (one === undefined) throw new Error('there is no text');
  return parse([one, ...more]);
}

/** A digest of what texts say, but for what masked lines look like. Taken piece by piece: all of a large device is no one string. */
function said({ devices, detection, texts, diagnostics }: ParseResult): string {
  const hash = createHash('sha256');
  const add = (piece: unknown): unknown => hash.update(`${JSON.stringify(piece, withoutColumns) ?? ''}\n`);
  add(detection.platform);
  for (const { lineStates } of texts) add(lineStates);
  for (const { code, span } of diagnostics) add([code, span.source, span.line]);
  for (const device of devices) {
    for (const [name, value] of Object.entries(device)) {
      add(name);
      if (Array.isArray(value)) value.forEach(add);
      else add(value);
    }
    for (const { rules } of device.ruleLists) rules.forEach(add);
  }
  return hash.digest('hex');
}

function withoutColumns(key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString(16);
  // Rules are taken one by one.
  return key === 'column' || key === 'endColumn' || key === 'rules' ? undefined : value;
}

const PRIVATE_KEY_BEGINS = /-----BEGIN [A-Z ]*PRIVATE KEY-----/u;
const PRIVATE_KEY_ENDS = /-----END [A-Z ]*PRIVATE KEY-----/u;

function maskText(text: string, states: readonly (LineState | undefined)[]): string {
  // Elements may go over several lines.
  if (/^\s*<[?!a-z]/iu.test(text)) return maskSecrets(text, MASK);
  let inKey = false;
  const lines = text.split('\n').map((line, index) => {
    const begins = PRIVATE_KEY_BEGINS.test(line);
    const wasInKey = inKey;
    inKey = (inKey || begins) && !PRIVATE_KEY_ENDS.test(line);
    if (wasInKey && inKey) return line.replace(/\S+/u, MASK);
    const state = states[index];
    return state === 'modelled' || state === 'conditional' ? line : maskLine(line);
  });
  return lines.join('\n');
}

/** Ends of statements and blocks of Junos and PAN-OS, with the comment behind them. */
const STRUCTURE = /\s*[{};\]](?:[{};\]\s]*)(?:##.*)?$/u;

function maskLine(line: string): string {
  const [, head, tail] = COMMUNITY.exec(line) ?? RECEIVER.exec(line) ?? [];
  if (head !== undefined && tail !== undefined) return `${head}${MASK}${tail}`;
  const end = STRUCTURE.exec(line)?.index ?? line.length;
  return maskSecrets(line.slice(0, end), MASK) + line.slice(end);
}

/** A list may stand behind the community: who may read the device (IOS command reference, `snmp-server community`). */
const COMMUNITY = /^(\s*snmp-server community )\S+(.*)$/u;

/** The community of a receiver of traps has no word before it (IOS command reference, `snmp-server host`). */
const RECEIVER =
  /^(\s*snmp-server host (?:vrf \S+ )?\S+(?: vrf \S+)?(?: traps?| informs?)?(?: version (?:1|2c|3 (?:auth|noauth|priv)))? )(?!vrf|traps?\b|informs?\b|version|community|poll\b|\d+\.|\S*:)\S+(.*)$/u;
