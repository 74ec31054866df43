import type { StageDefault } from '../../parsers/model/device.ts';
import type { Rule } from '../../parsers/model/rule.ts';
import { DIRECTIONS } from '../boundaries/direction.ts';
import type { CheckContext } from '../check.ts';
import { applicationsOf } from '../data/applications.ts';
import type { ListedRule, RuleEffect } from '../evaluate/rule-effect.ts';
import { sourcePortsIn, type Slice } from '../evaluate/slice.ts';
import { PacketSpaceFull } from '../packet-space/packet-space.ts';
import { serviceTarget } from '../reporting/flow-text.ts';
import { pubsubRules, type PubsubRule } from './pubsub-rules.ts';
import { replaces } from './replaces.ts';
import { placeIn, placesOf, type RulePlace } from './rule-places.ts';

/** Whether a rule decides anything, and whether it would be missed. */
export interface JudgedRule extends PubsubRule {
  /**
   * `shadowed`: earlier rules take everything; `ended`: they take every session of its applications, though first packets
   * reach it; `redundant`: without it the same packets would be permitted; `needed`: none of these.
   */
  readonly state: 'shadowed' | 'ended' | 'redundant' | 'needed';
  /** Who takes, or would take, its packets. */
  readonly others: readonly (ListedRule | StageDefault)[];
}

/** Ports that stand for all that the catalogue does not have. */
const ELSEWHERE: readonly Slice[] = [6, 17].map((protocol) => ({ protocol, port: 40_001 }));

const judged = new WeakMap<CheckContext, readonly JudgedRule[]>();

/** The rules about messaging that stand in a filter between segments, judged over all places where they stand. */
export function judgedRules(context: CheckContext): readonly JudgedRule[] {
  let known = judged.get(context);
  if (known === undefined) judged.set(context, (known = judgeAll(context)));
  return known;
}

function judgeAll(context: CheckContext): readonly JudgedRule[] {
  try {
    const places = placesOf(context.device);
    const found = pubsubRules(context.device, context.catalogue).flatMap((named) => {
      const here = places.get(named.list) ?? [];
      return here.length === 0 ? [] : [judge(context, named, here)];
    });
    return found;
  } catch (error) {
    if (!(error instanceof PacketSpaceFull)) throw error;
    // Boundaries of a device that outgrows the space are named as not judged: nothing is silently missing.
    context.eachBoundary(DIRECTIONS, () => {
      throw error;
    });
    return [];
  }
}

function judge(context: CheckContext, named: PubsubRule, places: readonly RulePlace[]): JudgedRule {
  const slices = named.services.map((service) => serviceTarget(service).slice);
  const beyond = [...slices, ...otherPorts(named, context)];
  const first = view(context, named, places, undefined);
  const sessions = sessionNames(context, named).map((name) => view(context, named, places, name));
  const shadowed = shadowOf(first, slices);
  const ended = sessions.map((each) => shadowOf(each, slices));
  // Of no applications, as most devices know none, all end.
  const isEnded = ended.every((each) => each !== undefined);
  const takers = (parts: readonly (readonly ListedRule[] | undefined)[]): ListedRule[] =>
    parts.flatMap((each) => each ?? []);
  if (shadowed !== undefined && isEnded) return { ...named, state: 'shadowed', others: takers([shadowed, ...ended]) };
  if (isEnded && named.applications.length > 0) return { ...named, state: 'ended', others: takers(ended) };
  const spared = [first, ...sessions].map((each) => followersOf(each, named.rule, beyond));
  const others = spared.flatMap((each) => each ?? []);
  const isSpared = shadowed === undefined && others.length > 0 && spared.every((each) => each !== undefined);
  if (isSpared) return { ...named, state: 'redundant', others };
  return { ...named, state: 'needed', others: [] };
}

/** The names that sessions of its services may be recognised as; those that the rule names where it names any. */
function sessionNames({ device }: CheckContext, { services, applications }: PubsubRule): readonly string[] {
  const scheme = device.applications?.scheme;
  if (scheme === undefined) return [];
  if (applications.length > 0) return applications;
  return [...new Set(services.flatMap((service) => applicationsOf(service, scheme)))];
}

/** What the rule does in a slice, place by place, as first packets or sessions of an application meet it. */
type View = (slice: Slice) => Iterable<RuleEffect>;

function view(
  { evaluation, device }: CheckContext,
  { index }: PubsubRule,
  places: readonly RulePlace[],
  application: string | undefined,
): View {
  const seen = application === undefined ? undefined : evaluation.sessions(application);
  if (application !== undefined && seen === undefined) return () => [];
  return function* effects(slice) {
    for (const place of places) {
      const met = placeIn(seen?.device ?? device, place);
      const rule = met?.list.rules[index];
      if (met === undefined || rule === undefined) continue;
      if (sourcePortsIn(rule.match.service.may, slice).length === 0) continue;
      const effect = (seen ?? evaluation).effect(met.crossing, met.stage, met.list, index, slice);
      if (effect !== undefined) yield effect;
    }
  };
}

/** The rules that take everything that the rule could in any of the slices; undefined where it can decide something. */
function shadowOf(effects: View, slices: readonly Slice[]): readonly ListedRule[] | undefined {
  const takers: ListedRule[] = [];
  for (const slice of slices) {
    for (const effect of effects(slice)) {
      if (!effect.isShadowed) return undefined;
      takers.push(...effect.takers);
    }
  }
  return takers.length === 0 ? undefined : takers;
}

/** Who would do the same with all its packets; undefined where somebody would not. */
function followersOf(
  effects: View,
  rule: Rule,
  slices: readonly Slice[],
): readonly (ListedRule | StageDefault)[] | undefined {
  const found: (ListedRule | StageDefault)[] = [];
  for (const slice of slices) {
    for (const { followers } of effects(slice)) {
      if (!followers.every((each) => replaces(each, rule))) return undefined;
      found.push(...followers);
    }
  }
  return found;
}

/** Ports that the rule takes beside those of its services: one of each range, or one that stands for every other. */
function otherPorts({ rule, services, applications }: PubsubRule, { catalogue }: CheckContext): Slice[] {
  if (applications.length > 0) return [...ELSEWHERE];
  const known = new Set(catalogue.map(({ protocol, port }) => `${protocol === 'tcp' ? 6 : 17}/${port}`));
  const protocols = [...new Set(services.map(({ protocol }) => (protocol === 'tcp' ? 6 : 17)))];
  const found: Slice[] = [];
  for (const { destinationPorts } of rule.match.service.may) {
    for (const { first, last } of destinationPorts) {
      for (const protocol of protocols) {
        let port = first;
        while (port <= last && known.has(`${protocol}/${port}`)) port += 1;
        if (port <= last) found.push({ protocol, port });
      }
    }
  }
  return found;
}
