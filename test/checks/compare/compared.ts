/** Two small devices compared, and changes in short. */
import type { CompareContext } from '../../../checks/compare/side.ts';
import type { DeviceChanges, FlowChange } from '../../../checks/compare/device-changes.ts';
import { compareDevices } from '../../../checks/compare/compare-devices.ts';
import { SERVICES } from '../../../checks/index.ts';
import { NO_POLICY } from '../../../checks/policy/policy.ts';
import { quoting, sourceText } from '../../../checks/reporting/source-text.ts';
import { build, type SmallDevice } from '../small-device.ts';

/** Nothing but the catalogue: no texts, no policy. */
export const NO_CONTEXT: CompareContext = {
  catalogue: SERVICES,
  trust: { untrusted: [], internal: [], internalNetworks: [] },
  policy: NO_POLICY,
  today: undefined,
  texts: { before: quoting([]), after: quoting([]) },
};

export function compareSmall(
  before: SmallDevice,
  after: SmallDevice,
  context: Partial<CompareContext> = {},
): DeviceChanges {
  const [one, other] = [build(before), build(after)];
  const [had] = one.parsed.devices;
  const [has] = other.parsed.devices;
  if (had === undefined || has === undefined) throw new Error('no device');
  const texts = { before: quoting([sourceText(one.source)]), after: quoting([sourceText(other.source)]) };
  return compareDevices(had, has, { ...NO_CONTEXT, texts, ...context });
}

/** `opened definite mqtt tcp 1883: outside > inside: any → 10.1.0.5`. */
export function inShort({ change, confidence, service, protocol, ports, crossings, flows, reach }: FlowChange): string {
  const where = crossings.map(({ from, to }) => `${from} > ${to}`).join(', ');
  const packets = flows.flows.map(
    ({ source, destination, destinationPort }) => `${source.join()} → ${destination.join()} ${destinationPort.join()}`,
  );
  const what = [
    change,
    confidence,
    ...(reach === undefined ? [] : [reach]),
    service ?? 'other',
    protocol,
    ports.join(),
  ];
  return `${what.join(' ')}: ${where}: ${packets.join('; ')}`;
}
