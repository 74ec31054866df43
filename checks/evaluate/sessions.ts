import { ANY_SERVICE, type ServiceSet } from '../../parsers/model/service.ts';
import type { Condition } from '../../parsers/model/condition.ts';
import type { ApplicationRecognition, Crossing, Device, NoCrossing, Stage, Step } from '../../parsers/model/device.ts';
import {
  exactly,
  type ApplicationMatch,
  type MatchExpression,
  type Rule,
  type RuleList,
  type Tri,
} from '../../parsers/model/rule.ts';

/**
 * The device as sessions of one application meet it, once it is recognised: every rule asks what it asks of such a session,
 * where `match` alone tells of first packets. All that evaluates first packets evaluates this too. Undefined for a device
 * that recognises no applications.
 */
export function inSessions(device: Device, application: string): Device | undefined {
  const { applications } = device;
  if (applications === undefined) return undefined;
  const sessions = new Sessions(application, applications);
  const crossings = new Map<string, Crossing | NoCrossing>();
  return {
    ...device,
    ruleLists: device.ruleLists.map((list) => sessions.list(list)),
    crossing(from, to) {
      const key = `${from}\n${to}`;
      const known = crossings.get(key) ?? sessions.crossing(device.crossing(from, to));
      crossings.set(key, known);
      return known;
    },
  };
}

class Sessions {
  private readonly application: string;
  private readonly recognition: ApplicationRecognition;
  private readonly lists = new Map<RuleList, RuleList>();
  private readonly stages = new Map<Stage, Stage>();

  constructor(application: string, recognition: ApplicationRecognition) {
    this.application = application;
    this.recognition = recognition;
  }

  crossing(crossing: Crossing | NoCrossing): Crossing | NoCrossing {
    return 'none' in crossing ? crossing : { ...crossing, steps: crossing.steps.map((step) => this.step(step)) };
  }

  list(list: RuleList): RuleList {
    const known = this.lists.get(list);
    if (known !== undefined) return known;
    const isPlain = list.rules.every(({ applications }) => applications === undefined);
    const made = isPlain ? list : { ...list, rules: list.rules.map((rule) => this.rule(rule)) };
    this.lists.set(list, made);
    return made;
  }

  private step(step: Step): Step {
    if (step.kind === 'translation') return step;
    const { stage } = step;
    const known = this.stages.get(stage);
    if (known !== undefined) return { kind: 'stage', stage: known };
    const lists = stage.lists.map(({ list, binding }) => ({ list: this.list(list), binding }));
    const made = { ...stage, lists };
    this.stages.set(stage, made);
    return { kind: 'stage', stage: made };
  }

  private rule(rule: Rule): Rule {
    const { applications, match } = rule;
    if (applications === undefined) return rule;
    const { also: _, conditions, ...rest } = rule;
    const { never: __, ...fields } = match;
    const told = applications.told;
    const wanted = this.wanted(applications);
    if (wanted === 'never' && told === undefined) {
      return { ...rest, conditions, match: { ...fields, never: `the rule is not about ${this.application}` } };
    }
    const standing = conditions.filter(({ kind }) => kind !== 'application');
    const undecided = typeof wanted === 'string' ? [] : wanted;
    const service = this.service(rule, applications);
    if (told === undefined) {
      return { ...rest, conditions: [...standing, ...undecided], match: { ...fields, service } };
    }
    // Sessions that are told their application are of that one, whatever they carry.
    const recognised: readonly MatchExpression[] =
      wanted === 'never'
        ? []
        : [
            {
              kind: 'all',
              of: [
                { kind: 'not', of: { kind: 'permitted-by', list: told.all, span: rule.span } },
                { kind: 'match', match: { ...fields, service }, span: rule.span, text: rule.text },
                ...undecided.map((condition) => ({ kind: 'undecided', condition }) as const),
              ],
            },
          ];
    const also: MatchExpression = {
      kind: 'any',
      of: [...recognised, { kind: 'permitted-by', list: told.ours, span: rule.span }],
    };
    const onTold = applications.ports === 'default' ? exactly(ANY_SERVICE) : known(match.service);
    return { ...rest, also, conditions: standing, match: { ...fields, service: onTold } };
  }

  /** Whether the rule is about the application; conditions where that is undecided. */
  private wanted({ names, others }: ApplicationMatch): 'always' | 'never' | readonly Condition[] {
    if (names === 'any' || names.has(this.application)) return 'always';
    return others.length === 0 ? 'never' : others;
  }

  private service({ match, span }: Rule, { ports }: ApplicationMatch): Tri<ServiceSet> {
    if (ports === 'as-written') return known(match.service);
    const own = this.recognition.defaultPorts(this.application);
    if (own !== undefined) return exactly(own);
    return { must: [], may: ANY_SERVICE, conditions: [{ kind: 'application', name: this.application, span }] };
  }
}

/** Ports of which only first packets were undecided, because the application was not known yet. */
function known(service: Tri<ServiceSet>): Tri<ServiceSet> {
  const conditions = service.conditions.filter(({ kind }) => kind !== 'application');
  return conditions.length === 0 ? exactly(service.may) : { ...service, conditions };
}
