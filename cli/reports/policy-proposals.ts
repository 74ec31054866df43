import type { Proposal } from '../../checks/policy/proposals.ts';
import { wrap } from '../terminal/width.ts';
import { comment, word } from './yaml-parts.ts';

/** What permits a proposal, told line by line up to here. */
const SHOWN_REASONS = 4;

const LINE_COLUMNS = 100;

/** One proposed approval with what permits it now. */
export function proposalLines(proposal: Proposal): string[] {
  const { name, direction, services, clients, brokers, devices, permittedBy, conditions, cut } = proposal;
  return [
    '',
    ...comment(`because ${limited(permittedBy)}`, 2),
    ...(conditions.length === 0 ? [] : comment(`only possibly; depends on ${limited(conditions)}`, 2)),
    ...(cut ? comment('More is permitted than fits here; "brokerfence flows" shows the rest.', 2) : []),
    `  - name: ${word(name)}`,
    ...list('services', services),
    ...list('clients', clients),
    ...list('brokers', brokers),
    `    direction: ${direction}`,
    ...list('devices', devices),
    '    reviewed: false',
    '    # owner: who answers for it',
    '    # reason: what it is needed for',
    '    # expires: 2027-12-31',
  ];
}

function limited(texts: readonly string[]): string {
  const shown = texts.slice(0, SHOWN_REASONS);
  const rest = texts.length - shown.length;
  if (texts.length === 0) return 'no filter is on the path';
  return `${shown.join('; ')}${rest === 0 ? '' : `; and ${rest} more`}`;
}

function list(key: string, values: readonly string[]): string[] {
  const words = values.map(word);
  if (words.length === 1 && words[0] === 'any') return [`    ${key}: any`];
  const [first = '', ...rest] = wrap(`${key}: [${words.join(', ')}]`, LINE_COLUMNS - 6);
  return [`    ${first}`, ...rest.map((line) => `      ${line}`)];
}
