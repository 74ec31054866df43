import type { Family } from '../model/address.ts';
import type { Condition } from '../model/condition.ts';
import type { Crossing, NoCrossing, Stage, StageDefault, StageList, Step } from '../model/device.ts';
import type { Translation } from '../model/nat.ts';
import type { AsaSegment } from './convert-interfaces.ts';
import type { Attached, Attachments } from './convert-bindings.ts';
import type { AsaTree, Notes } from './tree.ts';
import type { Semantics } from './version.ts';
import { condition } from './addresses.ts';
import { isEthertype } from './convert-bindings.ts';
import { translatedDestinations } from './translated-destinations.ts';
import { levelCheck, levelDefault, type Levels } from './security-levels.ts';

export interface CrossingFacts {
  readonly tree: AsaTree;
  readonly notes: Notes;
  readonly semantics: Semantics;
  readonly segments: readonly AsaSegment[];
  readonly attachments: Attachments;
  readonly translations: readonly Translation[];
  /** Lists tried before the access rules: `established`. */
  readonly early: readonly StageList[];
  /** Lists that replace an interface's list for users who logged in, by nameif. */
  readonly perUser: ReadonlyMap<string, StageList>;
  /** Undecided facts of crossings by the nameif that packets come from. */
  readonly loginFrom: ReadonlyMap<string, Condition>;
}

/** Builds the steps of a new connection (Cisco ASA configuration guide, "Access Rules" and "NAT", order of checks). */
export function crossingBuilder(facts: CrossingFacts): (from: string, to: string) => Crossing | NoCrossing {
  const byName = new Map<string, AsaSegment>();
  for (const one of facts.segments) {
    byName.set(one.segment.name, one);
  }
  const known = new Map<string, Crossing | NoCrossing>();
  return (from, to) => {
    const key = `${from}\n${to}`;
    let found = known.get(key);
    if (found === undefined) known.set(key, (found = build(facts, byName.get(from), byName.get(to), from, to)));
    return found;
  };
}

function build(
  facts: CrossingFacts,
  source: AsaSegment | undefined,
  target: AsaSegment | undefined,
  from: string,
  to: string,
): Crossing | NoCrossing {
  if (source === undefined || target === undefined) {
    return { from, to, none: `no segment ${source === undefined ? from : to}` };
  }
  const closed = source.closed ?? target.closed;
  if (closed !== undefined) return { from, to, none: closed };
  const { transparent } = facts.tree;
  if (transparent && source.bridgeGroup !== target.bridgeGroup) {
    return { from, to, none: `${from} and ${to} are in different bridge groups` };
  }
  const levels = levelsBetween(facts, source, target);
  const conditions = [...levels.conditions];
  const tables = [source.segment.routingContext, target.segment.routingContext];
  if (tables[0] !== tables[1]) {
    conditions.push(condition('route', `a leak from ${tables.join(' to ')}`, source.segment.span));
  }
  const [conduit] = facts.tree.conduits;
  if (conduit !== undefined) conditions.push(condition('not-understood', 'conduit', facts.notes.span(conduit.line)));
  const login = facts.loginFrom.get(from);
  if (login !== undefined) conditions.push(login);
  const { natControl } = facts.tree;
  if (natControl !== undefined && levels.from?.value !== levels.to?.value) {
    conditions.push(condition('vendor-unverified', 'nat-control', facts.notes.span(natControl.line)));
  }
  const check = levelCheck(levels, facts.tree);
  const mapped = facts.semantics.realAddresses ? translatedDestinations(facts.translations, from, to) : undefined;
  const before = [mapped, check].filter((stage) => stage !== undefined).map(stageStep);
  const inbound = accessStages(facts, source, target, levels).map(stageStep);
  const outbound = outStages(facts, source, target).map(stageStep);
  const here = facts.translations.filter(
    ({ fromSegment, toSegment }) => (fromSegment ?? from) === from && (toSegment ?? to) === to,
  );
  const destinations = here.filter(rewritesDestination).map(translationStep);
  const sources = here.filter((one) => !rewritesDestination(one)).map(translationStep);
  const steps = facts.semantics.realAddresses
    ? [...destinations, ...before, ...inbound, ...outbound, ...sources]
    : [...before, ...inbound, ...destinations, ...sources, ...outbound];
  return { from, to, steps, conditions };
}

function stageStep(stage: Stage): Step {
  return { kind: 'stage', stage };
}

function translationStep(translation: Translation): Step {
  return { kind: 'translation', translation };
}

function rewritesDestination({ kind }: Translation): boolean {
  return kind === 'static-destination' || kind === 'unmodelled';
}

/**
 * The levels that count between two interfaces. Packets that leave a bridge group by routing meet the level of its BVI;
 * where the member's level would say otherwise, sources disagree.
 */
function levelsBetween(
  facts: CrossingFacts,
  source: AsaSegment,
  target: AsaSegment,
): Levels & { readonly conditions: readonly Condition[] } {
  const conditions: Condition[] = [];
  const levelOf = (one: AsaSegment, other: AsaSegment): AsaSegment['level'] => {
    if (one.level === undefined) {
      conditions.push(condition('undefined-reference', `security level of ${one.segment.name}`, one.segment.span));
      return undefined;
    }
    const bvi = routedBy(facts, one, other);
    if (bvi?.level === undefined || bvi.level.value === one.level.value) return one.level;
    conditions.push(
      condition('vendor-unverified', `security level of bridge group ${one.bridgeGroup ?? ''}`, bvi.level.span),
    );
    return bvi.level;
  };
  const from = levelOf(source, target);
  const to = source === target ? from : levelOf(target, source);
  return { fromName: source.segment.name, toName: target.segment.name, from, to, conditions };
}

/** The BVI that routes packets between `one`, a member of its bridge group, and `other`, which is none. */
function routedBy({ segments, tree }: CrossingFacts, one: AsaSegment, other: AsaSegment): AsaSegment | undefined {
  if (tree.transparent || one.bridgeGroup === undefined || one.bridgeGroup === other.bridgeGroup) return undefined;
  return segments.find(({ bridgeOf, segment }) => bridgeOf === one.bridgeGroup && segment.aliases.length > 0);
}

/** Families that have lists of their own. */
function families({ semantics }: CrossingFacts): readonly (Family | 'both')[] {
  return semantics.unified ? ['both'] : [4, 6];
}

function accessStages(facts: CrossingFacts, source: AsaSegment, target: AsaSegment, levels: Levels): Stage[] {
  const { name } = source.segment;
  const stages = ethertypeStages(facts, `in ${name}`, 'inbound');
  for (const family of families(facts)) {
    const own = facts.attachments.find(`in ${name}`, family);
    const global = facts.attachments.find('global', family);
    // A list that is not in the text may decide everything, so nothing behind it counts.
    const lists = [own, own !== undefined && own.list === undefined ? undefined : global].filter(
      (one) => one !== undefined,
    );
    const early = family === 6 ? [] : facts.early;
    const perUser = own?.perUserOverride === true ? facts.perUser.get(name) : undefined;
    stages.push({
      id: family === 6 ? 'acl-in-ipv6' : 'acl-in',
      title: titleOf(lists, 'inbound', family) ?? `security levels of ${levels.fromName} and ${levels.toName}`,
      family,
      lists: [...(perUser === undefined ? [] : [perUser]), ...early, ...stageLists(lists)],
      otherwise: inDefault(facts, own, global, levels),
    });
    const bvi = routedBy(facts, source, target);
    const outer = bvi === undefined ? undefined : facts.attachments.find(`in ${bvi.segment.name}`, family);
    if (outer !== undefined) stages.push(ownStage('acl-in-bvi', outer, 'inbound', family));
  }
  return stages;
}

function outStages(facts: CrossingFacts, source: AsaSegment, target: AsaSegment): Stage[] {
  const stages: Stage[] = [];
  for (const family of families(facts)) {
    const bvi = routedBy(facts, target, source);
    const outer = bvi === undefined ? undefined : facts.attachments.find(`out ${bvi.segment.name}`, family);
    if (outer !== undefined) stages.push(ownStage('acl-out-bvi', outer, 'outbound', family));
    const own = facts.attachments.find(`out ${target.segment.name}`, family);
    if (own !== undefined) stages.push(ownStage(family === 6 ? 'acl-out-ipv6' : 'acl-out', own, 'outbound', family));
  }
  return [...stages, ...ethertypeStages(facts, `out ${target.segment.name}`, 'outbound')];
}

/** An EtherType list passes what it does not deny: IP needs no permit there. */
function ethertypeStages({ attachments }: CrossingFacts, place: string, direction: string): Stage[] {
  return attachments.all
    .filter((one) => isEthertype(one) && `${one.binding.direction} ${one.binding.attachedTo}` === place)
    .map((one) => ({
      id: `ethertype-${one.binding.direction}`,
      title: titleOf([one], direction, 'both') ?? '',
      family: 'both',
      lists: stageLists([one]),
      otherwise: { verdict: 'permit', reason: 'EtherType access lists decide frames that are not IP' },
    }));
}

/** A list that stands alone in its stage: its end denies. */
function ownStage(id: string, attached: Attached, direction: string, family: Family | 'both'): Stage {
  return {
    id,
    title: titleOf([attached], direction, family) ?? '',
    family,
    lists: stageLists([attached]),
    otherwise: endOf(attached),
  };
}

function stageLists(attached: readonly Attached[]): StageList[] {
  return attached.flatMap(({ list, binding }) => (list === undefined ? [] : [{ list, binding }]));
}

function titleOf(lists: readonly Attached[], direction: string, family: Family | 'both'): string | undefined {
  if (lists.length === 0) return undefined;
  const named = lists.map(({ binding }) =>
    binding.direction === 'global'
      ? `access list ${binding.list}, global`
      : `access list ${binding.list}, ${direction} on ${binding.attachedTo}`,
  );
  return `${named.join(', then ')}${family === 6 ? ' (IPv6)' : ''}`;
}

function endOf({ list, binding }: Attached): StageDefault {
  if (list !== undefined) {
    return { verdict: 'deny', reason: `implicit deny at the end of access list ${binding.list}`, span: binding.span };
  }
  const what = binding.defined ? 'has no rules in the text' : 'is not in the text';
  return { verdict: 'unknown', reason: `access list ${binding.list} ${what}`, span: binding.span };
}

/** Interface rules, then global rules, then the implicit deny; with neither, the security levels decide. */
function inDefault(
  facts: CrossingFacts,
  own: Attached | undefined,
  global: Attached | undefined,
  levels: Levels,
): StageDefault {
  if (own !== undefined && own.list === undefined) return endOf(own);
  const last = global ?? own;
  const [conduit] = facts.tree.conduits;
  if (last === undefined && conduit !== undefined) {
    const span = facts.notes.span(conduit.line);
    return { verdict: 'unknown', reason: '`conduit` and `outbound` of PIX 6 are not read', span };
  }
  return last === undefined ? levelDefault(levels, facts.tree, facts.semantics, facts.notes) : endOf(last);
}
