/** The real floors, as fixtures go through them. */
import type { Floors } from './check-case.ts';
import { createEvaluation } from '../../checks/evaluate/evaluate.ts';
import { auditSource } from '../../checks/index.ts';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import { parse } from '../../parsers/index.ts';

export const FLOORS: Floors = {
  parse,
  evaluate: (device) => createEvaluation(device, createPacketSpace()),
  audit: (parsed, source, { untrusted, internal, internalNetworks }) => {
    const report = auditSource(parsed, source, { trust: { untrusted, internal, internalNetworks } });
    return report.devices.flatMap(({ findings }) => findings);
  },
};
