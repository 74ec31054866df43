import type { Condition } from '../../parsers/model/condition.ts';
import type { Crossing, Device, NoCrossing, Stage, Step } from '../../parsers/model/device.ts';
import type { Translation } from '../../parsers/model/nat.ts';
import type { ApplicationMatch, MatchExpression, PacketMatch, Rule, RuleList, Tri } from '../../parsers/model/rule.ts';

/** What is put in the place of what a device leaves open. Whatever stays as it is has to stay the same object. */
export interface Replacement {
  /** One side of a match. */
  readonly field: <T>(field: Tri<T>) => Tri<T>;
  /** Conditions that must hold together: those that are still open, or false where one does not hold. */
  readonly conditions: (conditions: readonly Condition[]) => readonly Condition[] | false;
}

export interface Rewritten {
  readonly device: Device;
  /** Whether what packets meet between two segments was changed. */
  readonly touches: (from: string, to: string) => boolean;
}

/** The device with replacements in all its rules, translations and crossings. What they do not touch is shared. */
export function rewriteDevice(device: Device, replacement: Replacement): Rewritten {
  const rewriting = new Rewriting(replacement);
  const crossings = new Map<string, readonly [before: Crossing | NoCrossing, after: Crossing | NoCrossing]>();
  const crossing = (from: string, to: string): readonly [Crossing | NoCrossing, Crossing | NoCrossing] => {
    const key = `${from}\n${to}`;
    const known = crossings.get(key);
    if (known !== undefined) return known;
    const before = device.crossing(from, to);
    const made = [before, rewriting.crossing(before)] as const;
    crossings.set(key, made);
    return made;
  };
  const { decryption } = device;
  return {
    device: {
      ...device,
      ruleLists: device.ruleLists.map((list) => rewriting.list(list)),
      translations: device.translations.flatMap((translation) => rewriting.translation(translation) ?? []),
      ...(decryption === undefined ? {} : { decryption: decryption.map((list) => rewriting.list(list)) }),
      crossing: (from, to) => crossing(from, to)[1],
    },
    touches: (from, to) => {
      const [before, after] = crossing(from, to);
      return before !== after;
    },
  };
}

class Rewriting {
  private readonly replacement: Replacement;
  private readonly lists = new Map<RuleList, RuleList>();
  private readonly stages = new Map<Stage, Stage>();
  private readonly translations = new Map<Translation, Translation | undefined>();

  constructor(replacement: Replacement) {
    this.replacement = replacement;
  }

  crossing(crossing: Crossing | NoCrossing): Crossing | NoCrossing {
    if ('none' in crossing) return crossing;
    const { from, to } = crossing;
    const conditions = this.replacement.conditions(crossing.conditions);
    if (conditions === false) return { from, to, none: 'what the path depends on is taken not to hold' };
    const steps = crossing.steps.flatMap((step) => this.step(step) ?? []);
    const isSame = steps.length === crossing.steps.length && steps.every((step, at) => step === crossing.steps[at]);
    return isSame && conditions === crossing.conditions ? crossing : { from, to, steps, conditions };
  }

  list(list: RuleList): RuleList {
    const known = this.lists.get(list);
    if (known !== undefined) return known;
    const rules = each(list.rules, (rule) => this.rule(rule));
    const made = rules === list.rules ? list : { ...list, rules };
    this.lists.set(list, made);
    return made;
  }

  /** Undefined for one that never takes place. */
  translation(translation: Translation): Translation | undefined {
    if (this.translations.has(translation)) return this.translations.get(translation);
    const conditions = this.replacement.conditions(translation.conditions);
    const isSame = conditions === translation.conditions;
    const made = conditions === false ? undefined : isSame ? translation : { ...translation, conditions };
    this.translations.set(translation, made);
    return made;
  }

  private step(step: Step): Step | undefined {
    if (step.kind === 'translation') {
      const translation = this.translation(step.translation);
      if (translation === step.translation) return step;
      return translation === undefined ? undefined : { kind: 'translation', translation };
    }
    const stage = this.stage(step.stage);
    return stage === step.stage ? step : { kind: 'stage', stage };
  }

  private stage(stage: Stage): Stage {
    const known = this.stages.get(stage);
    if (known !== undefined) return known;
    const lists = each(stage.lists, (held) => {
      const list = this.list(held.list);
      return list === held.list ? held : { ...held, list };
    });
    const made = lists === stage.lists ? stage : { ...stage, lists };
    this.stages.set(stage, made);
    return made;
  }

  /** A rule whose conditions do not hold is as good as switched off. */
  private rule(rule: Rule): Rule {
    const conditions = this.replacement.conditions(rule.conditions);
    const match = this.match(rule.match);
    const also = rule.also === undefined ? undefined : this.expression(rule.also);
    const applications = rule.applications === undefined ? undefined : this.applications(rule.applications);
    const isSame = match === rule.match && also === rule.also && applications === rule.applications;
    if (isSame && conditions === rule.conditions) return rule;
    return {
      ...rule,
      match,
      ...(also === undefined ? {} : { also }),
      ...(applications === undefined ? {} : { applications }),
      ...(conditions === false ? { enabled: false } : { conditions }),
    };
  }

  private match(match: PacketMatch): PacketMatch {
    const { field } = this.replacement;
    const [source, destination, service] = [field(match.source), field(match.destination), field(match.service)];
    const isSame = source === match.source && destination === match.destination && service === match.service;
    return isSame ? match : { ...match, source, destination, service };
  }

  private applications(applications: ApplicationMatch): ApplicationMatch {
    const { told } = applications;
    if (told === undefined) return applications;
    const [all, ours] = [this.list(told.all), this.list(told.ours)];
    return all === told.all && ours === told.ours ? applications : { ...applications, told: { all, ours } };
  }

  private expression(expression: MatchExpression): MatchExpression {
    switch (expression.kind) {
      case 'all':
      case 'any': {
        const of = each(expression.of, (part) => this.expression(part));
        return of === expression.of ? expression : { kind: expression.kind, of };
      }
      case 'not': {
        const of = this.expression(expression.of);
        return of === expression.of ? expression : { kind: 'not', of };
      }
      case 'match': {
        const match = this.match(expression.match);
        return match === expression.match ? expression : { ...expression, match };
      }
      case 'permitted-by': {
        const list = this.list(expression.list);
        return list === expression.list ? expression : { ...expression, list };
      }
      case 'undecided': {
        const open = this.replacement.conditions([expression.condition]);
        if (open === false) return { kind: 'any', of: [] };
        return open.length === 0 ? { kind: 'all', of: [] } : expression;
      }
    }
  }
}

/** The same array where every item stays the same. */
function each<T>(items: readonly T[], made: (item: T) => T): readonly T[] {
  let changed: T[] | undefined;
  for (const [index, item] of items.entries()) {
    const next = made(item);
    if (next !== item) changed ??= [...items];
    if (changed !== undefined) changed[index] = next;
  }
  return changed ?? items;
}
