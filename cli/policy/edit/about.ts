import type { PermittedFlow } from '../../../checks/device-report.ts';
import type { CrossingName, Finding } from '../../../checks/finding.ts';
import { crossingsText, listed } from '../../../checks/reporting/finding-words.ts';

/* What the comment above an entry says. */

const SHOWN_SERVICES = 4;
const SHOWN_RULES = 2;

/** `mqtt from outside to dmz on edge1: broker reachable …`, as far as the finding speaks of services and crossings. */
export function aboutFinding({ check, device, services, crossings, message }: Finding): string {
  const what = services.length === 0 ? check : listed(services, SHOWN_SERVICES);
  const said = device !== '' && message.startsWith(`${device}: `) ? message.slice(device.length + 2) : message;
  return `${what}${between(crossings)}${device === '' ? '' : ` on ${device}`}: ${said}`;
}

/** `mqtts from outside to dmz on edge1: access list OUTSIDE-IN rule 30 permits (edge.cfg:12)`. */
export function aboutFlow({ service, crossing, decidedBy, port, forwardedTo }: PermittedFlow, device: string): string {
  const rules = decidedBy.map(({ note, span }) => `${note} (${span.source}:${span.line})`);
  const forwarded = forwardedTo === undefined ? '' : `, port ${port} forwarded to ${forwardedTo}`;
  const why = rules.length === 0 ? 'no filter is on the path' : listed(rules, SHOWN_RULES);
  return `${service}${between([crossing])} on ${device}${forwarded}: ${why}`;
}

function between(crossings: readonly CrossingName[]): string {
  const [first, ...others] = crossings;
  if (first === undefined) return '';
  if (others.length > 0) return ` ${crossingsText(crossings)}`;
  return ` from ${first.from} to ${first.to}`;
}
