import { addressOf, isIpv6Host } from './host-addresses.ts';

type Expansion =
  | { readonly kind: 'hosts'; readonly hosts: readonly string[]; readonly port?: string }
  /** A sentence without a full stop. */
  | { readonly kind: 'wrong'; readonly message: string };

const RANGE = /\[(?<begin>[0-9A-Za-z]*):(?<end>[0-9A-Za-z]+)(?::(?<step>\d+))?\]/u;
const MOST_HOSTS = 20_000;
const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * The hosts of a pattern such as `fw[01:10:2].example`, `[a:f].example` or `fw1:2222`: Ansible's "How to build your
 * inventory", "Adding ranges of hosts"; both ends belong to a range, and leading zeros are kept. Where Ansible would take a
 * colon and what is behind it for a part of the name, as in `fw1.:22`, nobody means that.
 */
export function hostsOfPattern(pattern: string): Expansion {
  const { host, port } = addressOf(pattern) ?? { host: pattern };
  const made = expanded(host);
  if (made.kind === 'wrong') return made;
  const odd = made.hosts.find(
    (each) => each === '' || /[\s,/[\]'"{}|]/u.test(each) || (each.includes(':') && !isIpv6Host(each)),
  );
  if (odd !== undefined) return { kind: 'wrong', message: `"${pattern}" is no name of a host, nor a range of them` };
  return { kind: 'hosts', hosts: made.hosts, ...(port === undefined ? {} : { port }) };
}

function expanded(pattern: string): Expansion {
  const range = RANGE.exec(pattern);
  if (range === null) return { kind: 'hosts', hosts: [pattern] };
  const { begin = '', end = '', step = '1' } = range.groups ?? {};
  const parts = rangeParts(begin === '' ? '0' : begin, end, Number(step));
  if (typeof parts === 'string') return { kind: 'wrong', message: `the range ${range[0]} ${parts}` };
  const rest = expanded(pattern.slice(range.index + range[0].length));
  if (rest.kind === 'wrong') return rest;
  if (parts.length * rest.hosts.length > MOST_HOSTS) {
    return { kind: 'wrong', message: `"${pattern}" names more than ${MOST_HOSTS} hosts` };
  }
  const head = pattern.slice(0, range.index);
  return { kind: 'hosts', hosts: parts.flatMap((part) => rest.hosts.map((tail) => `${head}${part}${tail}`)) };
}

/** What a range stands for, or what is wrong with it. */
function rangeParts(begin: string, end: string, step: number): readonly string[] | string {
  if (step < 1) return 'makes no steps';
  const isNumeric = /^\d+$/u.test(begin) && /^\d+$/u.test(end);
  if (!isNumeric && (begin.length > 1 || end.length > 1 || /\d/u.test(begin + end))) {
    return 'is neither of numbers nor of single letters';
  }
  const width = isNumeric && begin.startsWith('0') && begin.length > 1 ? begin.length : 0;
  if (width > 0 && end.length !== width) return 'begins with a zero, so both its ends must be of one length';
  const first = isNumeric ? Number(begin) : LETTERS.indexOf(begin);
  const last = isNumeric ? Number(end) : LETTERS.indexOf(end);
  if (last < first) return 'ends before it begins';
  if ((last - first) / step > MOST_HOSTS) return `stands for more than ${MOST_HOSTS} hosts`;
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => {
    const value = first + index * step;
    return isNumeric ? String(value).padStart(width, '0') : LETTERS.charAt(value);
  });
}
