/** The real floors, as fixtures go through them. */
import type { Floors } from './check-case.ts';
import { createEvaluation } from '../../checks/evaluate/evaluate.ts';
import { auditSource, SERVICES } from '../../checks/index.ts';
import { createPacketSpace } from '../../checks/packet-space/create-packet-space.ts';
import { serviceTarget } from '../../checks/reporting/flow-text.ts';
import { parse } from '../../parsers/index.ts';

/** Worked out together, as in an audit; packets of other ports go slice by slice. */
const AUDITED = SERVICES.map((service) => serviceTarget(service).slice);

export const FLOORS: Floors = {
  parse,
  evaluate: (device) => createEvaluation(device, createPacketSpace(), AUDITED),
  audit: (parsed, bundle, { untrusted, internal, internalNetworks }) => {
    const report = auditSource(parsed, bundle, { trust: { untrusted, internal, internalNetworks } });
    return report.devices.flatMap(({ findings }) => findings);
  },
};
