import type { ListedRule } from '../engine/questions.ts';
import type { Subject } from '../store/screens.ts';
import type { ListRow } from './rule-lists.ts';

/** Where other views begin when one goes there from a rule: at its line, with a packet that it may match as far as it names one. */
export function ruleSubject(row: ListedRule, list: ListRow, source: string): Subject {
  const { from, to } = segmentsOf(row, list);
  return {
    source,
    device: list.device,
    ruleList: list.head.name,
    line: row.span.line,
    text: row.span.source,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    packet: {
      ...(from === undefined ? {} : { from }),
      ...(to === undefined ? {} : { to }),
      ...serviceOf(row),
      source: oneAddress(row.source.short),
      destination: oneAddress(row.destination.short),
    },
  };
}

type Sides = { readonly [side in 'from' | 'to']?: string };

/** The segments that the rule names, else those that its list is bound to, where the device has segments of these names. */
function segmentsOf({ from, to }: ListedRule, { head, segments }: ListRow): Sides {
  const known = (name: string | undefined): string | undefined =>
    name !== undefined && segments.includes(name) ? name : undefined;
  const boundTo = (side: string): string | undefined =>
    head.bindings.find(({ direction, plane }) => direction === side && plane === 'transit')?.attachedTo;
  const side = {
    from: known(from === undefined ? boundTo('in') : from.short),
    to: known(to === undefined ? boundTo('out') : to.short),
  };
  return {
    ...(side.from === undefined ? {} : { from: side.from }),
    ...(side.to === undefined ? {} : { to: side.to }),
  };
}

/** `tcp to 1883` is a protocol and a port; of `udp from 53 to 1024-65535` the first port of each. */
function serviceOf({ service }: ListedRule): NonNullable<Subject['packet']> {
  const [, protocol, sourcePort, destinationPort] =
    /^(tcp|udp|sctp)(?: from (\d+)[-\d,]*)?(?: to (\d+)[-\d,]*)?/u.exec(service.short) ?? [];
  return {
    ...(protocol === undefined ? {} : { protocol }),
    ...(sourcePort === undefined ? {} : { sourcePort }),
    ...(destinationPort === undefined ? {} : { destinationPort }),
  };
}

/** The first address of a field: of `10.1.0.0/16, 10.2.0.5` 10.1.0.0; none of `any` or of what is no address. */
function oneAddress(text: string): string {
  return /^[\da-f]*[.:][\da-f.:]*/iu.exec(text)?.[0] ?? '';
}
