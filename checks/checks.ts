import type { Check } from './check.ts';
import { approvalExceeded } from './egress/approval-exceeded.ts';
import { egressDefaultPermit } from './egress/egress-default-permit.ts';
import { egressUnfiltered } from './egress/egress-unfiltered.ts';
import { ipv6UnfilteredBesideIpv4 } from './egress/ipv6-unfiltered-beside-ipv4.ts';
import { pubsubAppOnIrregularPort } from './egress/pubsub-app-on-irregular-port.ts';
import { pubsubEgressUnapproved } from './egress/pubsub-egress-unapproved.ts';
import { brokerReachableFromUntrusted } from './exposure/broker-reachable-from-untrusted.ts';
import { cleartextBrokerAcrossBoundary } from './exposure/cleartext-broker-across-boundary.ts';
import { filterNotApplied } from './integrity/filter-not-applied.ts';
import { filterNotDefined } from './integrity/filter-not-defined.ts';
import { lineNotUnderstood } from './integrity/line-not-understood.ts';

/** Every check, in the order of the catalogue: by family, then as they are best read. */
export const CHECKS: readonly Check[] = [
  brokerReachableFromUntrusted,
  cleartextBrokerAcrossBoundary,
  pubsubEgressUnapproved,
  approvalExceeded,
  egressUnfiltered,
  egressDefaultPermit,
  pubsubAppOnIrregularPort,
  ipv6UnfilteredBesideIpv4,
  filterNotDefined,
  filterNotApplied,
  lineNotUnderstood,
];
