import type { Device, StageDefault } from '../../parsers/model/device.ts';
import type { Rule, RuleList } from '../../parsers/model/rule.ts';
import type { EvaluationContract } from '../evaluate/evaluation.ts';
import type { ListedRule } from '../evaluate/rule-effect.ts';
import type { RuleStanding } from '../evaluate/rule-standing.ts';
import { replaces } from '../least-privilege/replaces.ts';
import { placeIn } from '../least-privilege/rule-places.ts';
import type { Day } from '../policy/policy.ts';
import type { ListPlace, ListPlaces } from './list-places.ts';
import type { RowEffect, RuleReference } from './rule-table.ts';

/** Applications whose sessions are looked at for one rule; a rule that turns on more is not judged to the end. */
const MOST_APPLICATIONS = 50;
/** Questions asked for one rule, over places and applications. */
const MOST_QUESTIONS = 3000;
/** Rules named in an effect. */
const MOST_NAMED = 12;

/** Stands for every application that no rule names. */
const OTHER_APPLICATION = '(any other application)';

/**
 * The effect of a rule over all places where its list filters, every protocol and port at once. Conditions stay open: what
 * may or may not match covers nothing. Where applications are recognised, sessions count as they do for the checks
 * (checks/DECISIONS.md): a rule that names applications is judged by their sessions, any other one by first packets and by
 * the sessions of each application that a rule beside it names.
 *
 * @param today for schedules that have ended; undefined: none has.
 * @throws PacketSpaceFull when the sets of the list outgrow the evaluation's space.
 */
export function judgeRule(
  evaluation: EvaluationContract,
  list: RuleList,
  index: number,
  where: ListPlaces,
  today: Day | undefined,
): RowEffect {
  const rule = list.rules[index];
  if (rule === undefined) throw new RangeError(`${list.name} has no rule ${index}`);
  const plain = withoutSets(rule, today);
  if (plain !== undefined) return plain;
  if (where.kind === 'not-judged') return told('unknown', where.reason);
  const views = viewsOf(evaluation.device, rule, where.places);
  const seen = new Seen(views.isNamed, views.applications.length > 1);
  let questions = 0;
  for (const application of views.applications) {
    for (const place of where.places) {
      if (seen.isSettled()) return seen.effect(undefined, true);
      if (questions >= MOST_QUESTIONS) return seen.effect('it stands in too many places to look at all of them', true);
      questions += 1;
      const standing = standingOf(evaluation, place, rule, application);
      if (standing !== undefined) seen.add(standing, application);
    }
  }
  return seen.effect(views.left, false);
}

/** What can be said without looking at other rules. */
function withoutSets(rule: Rule, today: Day | undefined): RowEffect | undefined {
  if (!rule.enabled) return told('inactive', 'switched off');
  const ended = rule.conditions.find(
    ({ ends }) => today !== undefined && ends !== undefined && ends.slice(0, 10) < today,
  );
  if (ended?.ends !== undefined)
    return told('inactive', `time range ${ended.name} ended ${ended.ends.replace('T', ' ')}`);
  if (rule.action.kind === 'unknown') return told('unknown', 'what it does could not be read');
  // On devices that recognise applications such a rule can still take sessions once they are recognised.
  if (rule.match.never !== undefined && rule.applications === undefined) {
    return told('unknown', `only first packets are judged, and it matches none: ${rule.match.never}`);
  }
  return undefined;
}

interface Views {
  /** First packets (undefined), and sessions of each application. */
  readonly applications: readonly (string | undefined)[];
  /** The rule asks for applications by name. */
  readonly isNamed: boolean;
  /** What is not looked at. */
  readonly left?: string;
}

function viewsOf(device: Device, rule: Rule, places: readonly ListPlace[]): Views {
  const { applications } = rule;
  if (device.applications === undefined || applications === undefined) {
    return { applications: [undefined], isNamed: false };
  }
  if (applications.names !== 'any') {
    const names = [...applications.names].sort();
    const left =
      names.length > MOST_APPLICATIONS
        ? `it names ${names.length} applications, too many to look at the sessions of each`
        : applications.others.length > 0
          ? 'which further applications it matches is not in the text'
          : undefined;
    const shown = names.slice(0, MOST_APPLICATIONS);
    return { applications: [undefined, ...shown], isNamed: true, ...(left === undefined ? {} : { left }) };
  }
  const named = new Set<string>();
  for (const list of new Set(places.flatMap(({ stage }) => stage.lists.map((each) => each.list)))) {
    for (const { applications: other } of list.rules) {
      if (other !== undefined && other.names !== 'any') for (const name of other.names) named.add(name);
    }
  }
  const all = [OTHER_APPLICATION, ...[...named].sort()];
  if (all.length <= MOST_APPLICATIONS) return { applications: [undefined, ...all], isNamed: false };
  return {
    applications: [undefined, ...all.slice(0, MOST_APPLICATIONS)],
    isNamed: false,
    left: `the rules around it name ${named.size} applications, too many to look at the sessions of each`,
  };
}

function standingOf(
  evaluation: EvaluationContract,
  { crossing, stage, list, at }: ListPlace,
  rule: Rule,
  application: string | undefined,
): RuleStanding | undefined {
  const index = indexIn(list, rule);
  if (index < 0) return undefined;
  if (application === undefined) return evaluation.standing(crossing, stage, list, index, replacesRule);
  const sessions = evaluation.sessions(application);
  // Only lists between segments are rewritten for sessions; others of such a device are none of the security policy's.
  const met = sessions === undefined || at === undefined ? undefined : placeIn(sessions.device, at);
  if (sessions === undefined || met === undefined) return undefined;
  return sessions.standing(met.crossing, met.stage, met.list, index, replacesRule);
}

const indexes = new WeakMap<RuleList, ReadonlyMap<string, number>>();

/** A list that is cut to some segments has some of the rules, with their ids. */
function indexIn(list: RuleList, { id }: Rule): number {
  let known = indexes.get(list);
  if (known === undefined) indexes.set(list, (known = new Map(list.rules.map((rule, index) => [rule.id, index]))));
  return known.get(id) ?? -1;
}

/** A deny that is written out ahead of a general one is there to be counted and seen, as ahead of the default. */
function replacesRule(other: ListedRule | StageDefault, rule: Rule): boolean {
  if (rule.action.kind === 'deny' && 'rule' in other && isGeneral(other.rule)) return false;
  return replaces(other, rule);
}

/** Takes everything of a family: the last line of many lists. */
function isGeneral({ match, also }: Rule): boolean {
  const isAnyAddress = [match.source, match.destination].every(({ may }) =>
    may.include.some((term) => (term.kind === 'range4' || term.kind === 'range6' ? isWhole(term) : false)),
  );
  const isAnyService = match.service.may.some(
    ({ protocols, destinationPorts, sourcePorts }) =>
      isRange(protocols, 255) && isRange(destinationPorts, 65_535) && isRange(sourcePorts, 65_535),
  );
  return also === undefined && isAnyAddress && isAnyService;
}

function isWhole({ first, last }: { readonly first: number | bigint; readonly last: number | bigint }): boolean {
  const size = BigInt(last) - BigInt(first) + 1n;
  return size === 1n << 32n || size === 1n << 128n;
}

function isRange(ranges: readonly { readonly first: number; readonly last: number }[], last: number): boolean {
  return ranges.some((range) => range.first === 0 && range.last === last);
}

type Kind = 'packets' | 'sessions';

/** What was seen of a rule, place by place: of first packets, and of sessions where they are looked at. */
class Seen {
  /** The rule asks for applications by name: only their sessions make use of it. */
  private readonly isNamed: boolean;
  private readonly awaitsSessions: boolean;
  private readonly covering: Readonly<Record<Kind, Map<string, ListedRule>>> = {
    packets: new Map(),
    sessions: new Map(),
  };
  private readonly following = new Map<string, ListedRule>();
  private readonly any = { packets: false, sessions: false };
  /** Something is left to it in some place. */
  private readonly free = { packets: false, sessions: false };
  private readonly overlapped = { packets: false, sessions: false };
  private hasMore = false;
  private isReplaced = true;

  constructor(isNamed: boolean, awaitsSessions: boolean) {
    this.isNamed = isNamed;
    this.awaitsSessions = awaitsSessions;
  }

  add({ taken, takers, moreTakers, replacedBy }: RuleStanding, application: string | undefined): void {
    const kind = application === undefined ? 'packets' : 'sessions';
    this.any[kind] = true;
    if (taken !== 'none') this.overlapped[kind] = true;
    if (taken !== 'all') {
      this.free[kind] = true;
      if (replacedBy === undefined) this.isReplaced = false;
      for (const other of replacedBy ?? []) this.following.set(keyOf(other), other);
    }
    this.hasMore ||= moreTakers;
    for (const other of takers) this.covering[kind].set(keyOf(other), other);
  }

  /** No further place can change the mark. */
  isSettled(): boolean {
    if (this.awaitsSessions && !this.any.sessions) return false;
    return this.isFree() && this.isOverlapped() && !this.isReplaced;
  }

  /**
   * @param left what was not looked at and could change the mark; undefined: nothing.
   * @param isCut some places were not looked at.
   */
  effect(left: string | undefined, isCut: boolean): RowEffect {
    if (!this.any.packets && !this.any.sessions) {
      return left === undefined
        ? told('inactive', 'it can match no packet where its list filters')
        : told('unknown', left);
    }
    if (!this.isFree()) {
      if (left !== undefined) return told('unknown', left);
      const note = this.free.packets ? { note: 'first packets come to it, sessions of its applications do not' } : {};
      return { mark: 'shadowed', ...named(this.coveringRules(), this.hasMore), ...note };
    }
    if (this.isReplaced) {
      return left === undefined ? { mark: 'redundant', ...named(this.following, false) } : told('unknown', left);
    }
    if (!this.isOverlapped()) return left === undefined || !isCut ? told('effective') : told('unknown', left);
    return { mark: 'partly-shadowed', ...named(this.coveringRules(), this.hasMore || isCut) };
  }

  private isFree(): boolean {
    return this.isBySessions() ? this.free.sessions : this.free.packets || this.free.sessions;
  }

  private isOverlapped(): boolean {
    return this.any.sessions ? this.overlapped.sessions : this.overlapped.packets;
  }

  /** What covers handshakes says nothing of a rule that is about sessions, and of another one only where all is covered. */
  private coveringRules(): ReadonlyMap<string, ListedRule> {
    if (!this.any.sessions) return this.covering.packets;
    if (this.isBySessions() || this.isFree()) return this.covering.sessions;
    return new Map([...this.covering.packets, ...this.covering.sessions]);
  }

  private isBySessions(): boolean {
    return this.isNamed && this.any.sessions;
  }
}

function keyOf({ list, rule }: ListedRule): string {
  return `${list.kind} ${list.name}\n${rule.id}`;
}

function named(
  rules: ReadonlyMap<string, ListedRule>,
  more: boolean,
): { readonly by: readonly RuleReference[]; readonly more: boolean } {
  const by = [...rules.values()].map(({ list, rule }): RuleReference => ({
    list: list.name,
    id: rule.id,
    span: rule.span,
  }));
  return { by: by.slice(0, MOST_NAMED), more: more || by.length > MOST_NAMED };
}

function told(mark: RowEffect['mark'], note?: string): RowEffect {
  return { mark, by: [], more: false, ...(note === undefined ? {} : { note }) };
}
