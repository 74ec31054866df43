import type { Binding, Crossing, Stage } from '../../parsers/model/device.ts';
import type { RuleList } from '../../parsers/model/rule.ts';
import type { Boundary } from '../boundaries/boundary.ts';
import { permittedParts, type PermittedPart } from '../boundaries/permitted-parts.ts';
import { defineCheck, type CheckContext } from '../check.ts';
import { createEvaluation } from '../evaluate/evaluate.ts';
import type { EvaluatedCrossing } from '../evaluate/evaluation.ts';
import { gathered } from '../reporting/gathered.ts';
import { mayStay } from './inspected.ts';

export const tlsPubsubNotDecrypted = defineCheck({
  id: 'tls-pubsub-not-decrypted',
  title: 'Publish/subscribe traffic in TLS stays closed to inspection',
  family: 'inspection',
  severity: 'info',
  severityNote: 'Always info: whether to open TLS is a decision about privacy and keys, not a fault.',
  since: '0.1.0',
  attack: ['M1031', 'DET0002', 'T1071.005'],
  controls: ['nist:SI-4(4)'],
  finds:
    'Services over TLS that pass from or to an untrusted segment on a device that can decrypt, where no decryption rule surely opens them. One finding for ' +
    'each direction. Possible where a rule may open them: its match, or whether the traffic passes at all, is not decided by the text. Rules for SSH open ' +
    'no TLS.',
  why:
    'In TLS only addresses, ports and the server name show. Signatures, App-ID inside of the session and AN0005 see nothing of topics and payloads, so ' +
    'that what remains are allow-lists of brokers.',
  fix: {
    general: 'Decide for each broker whether its TLS is opened; where it is not, permit named destinations only.',
    'cisco-ios':
      'The router opens no TLS: permit the ports of TLS to named brokers only, and leave inspection to a device that can.',
    'cisco-asa':
      'The firewall opens no TLS by itself (FTD has an SSL policy at the manager): permit the ports of TLS to named brokers only.',
    'juniper-junos':
      'An SRX opens TLS with services ssl proxy and an ssl-proxy profile on the policy, which this check does not judge; permit named brokers only.',
    'paloalto-panos':
      'Add a decryption rule for the clients and brokers: ssl-inbound-inspection with the certificate of an own broker, ssl-forward-proxy for brokers elsewhere; ' +
      'clients that pin certificates or present their own need an exclusion.',
  },
  exceptions:
    'Mutual TLS, pinned certificates, personal data: then an allow-list of brokers and flow records take its place.',
  references: [
    'https://attack.mitre.org/detectionstrategies/DET0002/',
    'https://docs.paloaltonetworks.com/pan-os/11-1/pan-os-admin/decryption',
  ],
  messages: {
    closed: '{device}: {crossings}: {services} stay encrypted, permitted by {decidedBy}',
    maybe: '{device}: {crossings}: {services} may stay encrypted, permitted by {decidedBy}',
  },
  run(context, report) {
    const { device, space, catalogue } = context;
    if (device.decryption === undefined) return;
    const tls = new Set(
      catalogue.flatMap(({ name, transportSecurity }) => (transportSecurity === 'tls' ? [name] : [])),
    );
    const opened = decryptionOf(context, device.decryption);
    const groups = new Map<string, { sure: boolean; parts: PermittedPart[] }>();
    context.eachBoundary(['exposure', 'egress'], (boundary) => {
      for (const part of permittedParts(context, boundary)) {
        if (!tls.has(part.target.service ?? '') || !mayStay(context, part)) continue;
        const { definite, possible } = opened(boundary).permitted(part.target.slice);
        if (space.isSubset(part.set, definite)) continue;
        const sure = part.sure && !space.isSubset(part.set, possible);
        const key = `${boundary.direction} ${sure}`;
        const group = groups.get(key) ?? { sure, parts: [] };
        group.parts.push(part);
        groups.set(key, group);
      }
    });
    for (const { sure, parts } of groups.values()) {
      report.lines({
        ...gathered(context, parts, 'permits'),
        message: sure ? 'closed' : 'maybe',
        severity: 'info',
        confidence: sure ? 'definite' : 'possible',
        conditions: sure ? [] : ['the traffic passes and no decryption rule opens it'],
      });
    }
  },
});

/** The decryption rules as a filter of their own: what it "permits" is opened. */
function decryptionOf(
  { device, space }: CheckContext,
  lists: readonly RuleList[],
): (boundary: Boundary) => EvaluatedCrossing {
  const ruleLists = lists.map(forTls);
  const stage: Stage = {
    id: 'decryption',
    title: 'decryption rules',
    family: 'both',
    lists: ruleLists.map((list) => ({ list, binding: bindingOf(list) })),
    otherwise: { verdict: 'deny', reason: 'no decryption rule' },
  };
  const crossing = (from: string, to: string): Crossing => ({
    from,
    to,
    conditions: [],
    steps: [{ kind: 'stage', stage }],
  });
  const evaluation = createEvaluation({ ...device, ruleLists, crossing }, space);
  return ({ evaluated }) => {
    const { from, to } = evaluated.crossing;
    const found = evaluation.crossing(from, to);
    if ('none' in found) throw new Error('decryption has a path wherever packets have one');
    return found;
  };
}

/** Rules for SSH say nothing of TLS. */
function forTls(list: RuleList): RuleList {
  const rules = list.rules.map((rule) =>
    rule.action.word.endsWith('ssh-proxy') ? { ...rule, action: { ...rule.action, kind: 'unknown' as const } } : rule,
  );
  return { ...list, rules };
}

function bindingOf({ name, span }: RuleList): Binding {
  return { list: name, direction: 'decryption', attachedTo: '', family: 'both', defined: true, plane: 'transit', span };
}
