import type { Stage, StageDefault } from '../model/device.ts';
import type { RuleLogging } from '../model/rule.ts';
import type { AsaSegment } from './convert-interfaces.ts';
import type { AsaTree, Notes } from './tree.ts';
import type { Semantics } from './version.ts';

/** Two interfaces with their security levels; undefined where the text does not tell. */
export interface Levels {
  readonly fromName: string;
  readonly toName: string;
  readonly from: AsaSegment['level'];
  readonly to: AsaSegment['level'];
}

/**
 * Same interface and same level need `same-security-traffic permit`; an access list does not replace it (Cisco ASA
 * command reference, `same-security-traffic`). Undefined when nothing stands in the way.
 */
export function levelCheck(levels: Levels, tree: AsaTree): Stage | undefined {
  const denied = (reason: string): Stage => ({
    id: 'same-security',
    title: 'same-security-traffic',
    family: 'both',
    lists: [],
    otherwise: {
      verdict: 'deny',
      reason,
      ...(levels.from === undefined ? {} : { span: levels.from.span }),
    },
  });
  if (levels.fromName === levels.toName) {
    return tree.intraInterface === undefined
      ? denied('same interface, and no `same-security-traffic permit intra-interface`')
      : undefined;
  }
  if (levels.from === undefined || levels.from.value !== levels.to?.value) return undefined;
  // FTD has it built in.
  if (tree.interInterface !== undefined || tree.software?.product === 'ftd') return undefined;
  return denied(`both security-level ${levels.from.value}, and no \`same-security-traffic permit inter-interface\``);
}

/**
 * The device writes 106001 (TCP, severity 2) and 106006 (UDP, severity 2) of connections from a lower to a higher level;
 * the level here is that of both, of 106010 (other protocols) it is 3.
 */
const DENIED: RuleLogging = { logs: 'yes', detail: 'messages 106001, 106006, 106010', level: 3 };
/** Connections are written when they are built, as those that an entry permits. */
const PERMITTED: RuleLogging = { logs: 'default', detail: '' };

/** What the levels decide where no access list does. */
export function levelDefault(levels: Levels, tree: AsaTree, semantics: Semantics, notes: Notes): StageDefault {
  const { from, to } = levels;
  if (levels.fromName === levels.toName) {
    return {
      verdict: 'permit',
      reason: 'same-security-traffic permit intra-interface',
      logging: PERMITTED,
      ...(tree.intraInterface === undefined ? {} : { span: notes.span(tree.intraInterface.line) }),
    };
  }
  if (from === undefined || to === undefined) {
    return {
      verdict: 'unknown',
      reason: `security levels of ${levels.fromName} and ${levels.toName} are not in the text`,
    };
  }
  if (semantics.product === 'fwsm') {
    // FWSM configuration guide, "Permitting or Denying Network Access": no level permits without an access list.
    return { verdict: 'deny', reason: 'FWSM permits nothing without an access list', span: from.span };
  }
  const reason = `security-level ${from.value} → ${to.value}`;
  if (from.value === to.value) {
    const { interInterface } = tree;
    return {
      verdict: 'permit',
      reason: `${reason}, same-security-traffic permit inter-interface`,
      span: interInterface === undefined ? from.span : notes.span(interInterface.line),
      logging: PERMITTED,
    };
  }
  const permits = from.value > to.value;
  return {
    verdict: permits ? 'permit' : 'deny',
    reason,
    span: from.span,
    logging: permits ? PERMITTED : DENIED,
  };
}
