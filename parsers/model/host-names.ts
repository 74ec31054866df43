import type { Diagnostic } from '../diagnostics.ts';
import type { AddressSet, Family } from './address.ts';
import type { Tri } from './rule.ts';
import type { Source, Span } from '../source.ts';
import { addressFamily } from './address.ts';
import { formatAddressSet } from './format.ts';
import { exactly } from './rule.ts';

/** What somebody says that devices find out while they run. */
export interface Assumptions {
  /** Addresses by host name. */
  readonly fqdn: ReadonlyMap<string, AssumedAddresses>;
}

export interface AssumedAddresses {
  readonly addresses: AddressSet;
  /** Where it is said: a line of the policy's files. */
  readonly place: Span;
}

/** Addresses named in a diagnostic. */
const SHOWN_ADDRESSES = 4;

/**
 * Host names that a configuration asks a name server for, with the addresses that are assumed for them. Keeps which were
 * asked for, and where.
 */
export class HostNames {
  private readonly known: ReadonlyMap<string, AssumedAddresses>;
  private readonly asked = new Map<string, { readonly name: string; readonly spans: Map<string, Span> }>();

  constructor(assumptions: Assumptions = { fqdn: new Map() }) {
    this.known = new Map([...assumptions.fqdn].map(([name, addresses]) => [plainName(name), addresses]));
  }

  /**
   * The addresses behind a name that the text leaves open, which stays beside them as what it is without the assumption. For
   * a name that nothing is assumed of: the open field itself.
   *
   * @param family the only family that is meant; undefined: both.
   */
  assumed(name: string, span: Span, family: Family | undefined, open: Tri<AddressSet>): Tri<AddressSet> {
    const found = this.known.get(plainName(name));
    if (found === undefined) return open;
    this.note(name, span);
    const { include, exclude } = found.addresses;
    if (family === undefined) return { ...exactly(found.addresses), open };
    const ofFamily = include.filter((term) => addressFamily(term) === family);
    return { ...exactly({ include: ofFamily, exclude }), open };
  }

  /** Names that were asked for and for which addresses are assumed, as `plainName` writes them. */
  used(): string[] {
    return [...this.asked.keys()];
  }

  /** What was assumed, by the first place of each name. */
  diagnostics(texts: readonly Source[]): Diagnostic[] {
    const text = ({ source }: Span): number => texts.findIndex(({ name }) => name === source);
    const byPlace = (a: Span, b: Span): number => text(a) - text(b) || a.line - b.line || a.column - b.column;
    return [...this.asked].flatMap(([plain, { name, spans }]): Diagnostic[] => {
      const [span, ...others] = [...spans.values()].sort(byPlace);
      const found = this.known.get(plain);
      if (span === undefined || found === undefined) return [];
      const { source, line } = found.place;
      const addresses = formatAddressSet(found.addresses);
      const rest = addresses.length - SHOWN_ADDRESSES;
      const shown = [...addresses.slice(0, SHOWN_ADDRESSES), ...(rest > 0 ? [`${rest} more`] : [])].join(', ');
      return [
        {
          code: 'source/assumed',
          severity: 'note',
          span,
          message: `host name \`${name}\` is taken for ${shown}, as ${source}:${line} says`,
          consequence: 'verdicts rest on it; a device asks a name server',
          ...(others.length === 0 ? {} : { more: others.length }),
        },
      ];
    });
  }

  private note(name: string, span: Span): void {
    const plain = plainName(name);
    const seen = this.asked.get(plain) ?? { name, spans: new Map<string, Span>() };
    this.asked.set(plain, seen);
    seen.spans.set(`${span.source}:${span.line}:${span.column}`, span);
  }
}

/** Names are compared without regard to case (RFC 4343), and a final dot only says that the name is whole. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/\.$/u, '');
}
