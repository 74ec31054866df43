import type { Check } from './check.ts';
import { approvalExceeded } from './egress/approval-exceeded.ts';
import { egressDefaultPermit } from './egress/egress-default-permit.ts';
import { egressIrregularPorts } from './egress/egress-irregular-ports.ts';
import { egressToBlocklisted } from './egress/egress-to-blocklisted.ts';
import { egressUnfiltered } from './egress/egress-unfiltered.ts';
import { ipv6UnfilteredBesideIpv4 } from './egress/ipv6-unfiltered-beside-ipv4.ts';
import { pubsubAppOnIrregularPort } from './egress/pubsub-app-on-irregular-port.ts';
import { pubsubEgressUnapproved } from './egress/pubsub-egress-unapproved.ts';
import { approvedBrokerOpenToAnySource } from './exposure/approved-broker-open-to-any-source.ts';
import { brokerClusterPortExposed } from './exposure/broker-cluster-port-exposed.ts';
import { brokerManagementPortExposed } from './exposure/broker-management-port-exposed.ts';
import { brokerReachableFromUntrusted } from './exposure/broker-reachable-from-untrusted.ts';
import { cleartextBrokerAcrossBoundary } from './exposure/cleartext-broker-across-boundary.ts';
import { sourcePortHole } from './exposure/source-port-hole.ts';
import { pubsubPermitWithoutIps } from './inspection/pubsub-permit-without-ips.ts';
import { tlsPubsubNotDecrypted } from './inspection/tls-pubsub-not-decrypted.ts';
import { filterNotApplied } from './integrity/filter-not-applied.ts';
import { filterNotDefined } from './integrity/filter-not-defined.ts';
import { lineNotUnderstood } from './integrity/line-not-understood.ts';
import { rulesLost } from './integrity/rules-lost.ts';
import { unresolvedObject } from './integrity/unresolved-object.ts';
import { approvalExpired } from './least-privilege/approval-expired.ts';
import { approvalUnused } from './least-privilege/approval-unused.ts';
import { pubsubRuleRedundant } from './least-privilege/pubsub-rule-redundant.ts';
import { pubsubRuleShadowed } from './least-privilege/pubsub-rule-shadowed.ts';
import { pubsubRuleTimeExpired } from './least-privilege/pubsub-rule-time-expired.ts';
import { pubsubRuleUnused } from './least-privilege/pubsub-rule-unused.ts';
import { waiverExpired } from './least-privilege/waiver-expired.ts';
import { egressDenyNotLogged } from './visibility/egress-deny-not-logged.ts';
import { noFlowExport } from './visibility/no-flow-export.ts';
import { noRemoteSyslog } from './visibility/no-remote-syslog.ts';
import { pubsubPermitNotLogged } from './visibility/pubsub-permit-not-logged.ts';

/** Every check, in the order of the catalogue: by family, then as they are best read. */
export const CHECKS: readonly Check[] = [
  brokerReachableFromUntrusted,
  approvedBrokerOpenToAnySource,
  cleartextBrokerAcrossBoundary,
  brokerClusterPortExposed,
  brokerManagementPortExposed,
  sourcePortHole,
  pubsubEgressUnapproved,
  approvalExceeded,
  egressToBlocklisted,
  egressUnfiltered,
  egressDefaultPermit,
  egressIrregularPorts,
  pubsubAppOnIrregularPort,
  ipv6UnfilteredBesideIpv4,
  pubsubRuleShadowed,
  pubsubRuleRedundant,
  pubsubRuleUnused,
  pubsubRuleTimeExpired,
  approvalUnused,
  approvalExpired,
  waiverExpired,
  pubsubPermitWithoutIps,
  tlsPubsubNotDecrypted,
  pubsubPermitNotLogged,
  egressDenyNotLogged,
  noFlowExport,
  noRemoteSyslog,
  filterNotDefined,
  filterNotApplied,
  unresolvedObject,
  lineNotUnderstood,
  rulesLost,
];
