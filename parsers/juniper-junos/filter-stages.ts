import type { Condition } from '../model/condition.ts';
import type { Binding, Stage, StageList, Step } from '../model/device.ts';
import type { RuleList } from '../model/rule.ts';
import { ANY_ADDRESS } from '../model/address.ts';
import { exactly } from '../model/rule.ts';
import { ANY_SERVICE } from '../model/service.ts';
import type { Filters } from './filters.ts';
import type { FilterUse, Unit } from './interfaces.ts';
import type { Notes } from './notes.ts';
import { entries, type JunosNode } from './tree.ts';

/** Where filters are applied: the stages that packets meet there. */
export class FilterStages {
  readonly bindings: Binding[] = [];
  private readonly filters: Filters;
  private readonly notes: Notes;
  private readonly known = new Map<string, readonly Step[]>();
  private readonly tables = new Map<string, readonly Step[]>();

  constructor(filters: Filters, notes: Notes, scope: JunosNode, units: readonly Unit[]) {
    this.filters = filters;
    this.notes = notes;
    for (const unit of units) {
      const plane = /^lo\d+$/.test(unit.physical) ? 'control-plane' : 'transit';
      for (const direction of ['input', 'output'] as const) {
        const uses = unit.filters.filter((use) => use.direction === direction);
        this.known.set(
          `${unit.name} ${direction}`,
          uses.flatMap((use) => this.steps(use, unit.name, plane)),
        );
      }
    }
    this.readTables(scope, 'default');
    for (const instance of entries(scope, 'routing-instances')) this.readTables(instance, instance.word);
  }

  /** The filters of an interface. For the loopback: those of packets to (`input`) and from the device itself. */
  of(unit: string, direction: 'input' | 'output'): readonly Step[] {
    return this.known.get(`${unit} ${direction}`) ?? [];
  }

  /** `forwarding-options family inet filter input F`: every packet that a routing instance forwards. */
  ofTable(instance: string, direction: 'input' | 'output'): readonly Step[] {
    return this.tables.get(`${instance} ${direction}`) ?? [];
  }

  private readTables(owner: JunosNode, instance: string): void {
    for (const family of entries(owner, 'forwarding-options', 'family')) {
      for (const direction of ['input', 'output'] as const) {
        const names = entries(family, 'filter', direction).slice(0, 1);
        if (names.length === 0) continue;
        const key = `${instance} ${direction}`;
        const steps = this.steps(
          { family: family.word, direction, names },
          `forwarding table of ${instance}`,
          'transit',
        );
        this.tables.set(key, [...(this.tables.get(key) ?? []), ...steps]);
      }
    }
  }

  private steps(use: FilterUse, where: string, plane: Binding['plane']): readonly Step[] {
    const isKnown = use.family === 'inet' || use.family === 'inet6' || use.family === 'any';
    const lists = use.names.map((name): StageList => this.stageList(use, name, where, plane));
    this.bindings.push(...lists.map(({ binding }) => binding));
    const perhaps = use.names.flatMap((name) => this.perhapsUnbound(use, name, where, plane));
    const [first] = lists;
    const last = lists.findLast(({ binding }) => binding.defined) ?? first;
    if (first === undefined || last === undefined) return [];
    if (!isKnown) {
      this.reportLayer2(use, where);
      return [];
    }
    const shown = use.names.map(({ word }) => word).join(', then ');
    const way = use.direction === 'input' ? 'input' : 'output';
    const id = `${where.startsWith('forwarding table') ? 'forwarding-table-filter' : 'filter'}-${use.family}-${way}`;
    const title = `firewall filter ${shown}, ${way} of ${where}`;
    const family = use.family === 'inet' ? 4 : use.family === 'inet6' ? 6 : 'both';
    const stage: Stage = {
      id,
      title,
      family,
      lists: [...perhaps, ...lists],
      otherwise: last.binding.defined
        ? {
            verdict: 'deny',
            reason: `implicit discard at the end of filter ${last.list.name}`,
            span: last.list.span,
            logging: { logs: 'no', detail: '' },
          }
        : { verdict: 'unknown', reason: `filter ${first.list.name} is not defined`, span: first.binding.span },
    };
    return [{ kind: 'stage', stage }];
  }

  private stageList(use: FilterUse, name: JunosNode, where: string, plane: Binding['plane']): StageList {
    const filter = this.filters.get(use.family, name.word);
    const list = filter?.list ?? this.undefinedList(use, name);
    const binding: Binding = {
      list: list.name,
      direction: use.direction,
      attachedTo: where,
      family: use.family === 'inet' ? 4 : use.family === 'inet6' ? 6 : 'both',
      defined: filter !== undefined,
      plane,
      span: name.span,
    };
    return { list, binding };
  }

  /** A binding from a group that counts at times only: outside of them everything passes. */
  private perhapsUnbound(use: FilterUse, name: JunosNode, where: string, plane: Binding['plane']): StageList[] {
    const { inheritance } = name;
    if (inheritance?.conditional !== true) return [];
    const { binding } = this.stageList(use, name, where, plane);
    const group = `group ${inheritance.group}`;
    const list = this.oneRule(use, name, group, {
      kind: 'permit',
      word: `${group} does not count`,
      condition: { kind: 'runtime-state', name: group, span: inheritance.applied },
    });
    return [{ list, binding }];
  }

  /** The device refuses a filter that is not there, so the text lacks a part; what it did is unknown. */
  private undefinedList(use: FilterUse, name: JunosNode): RuleList {
    this.notes.diagnose(
      'junos/undefined-filter',
      'warning',
      name.span,
      `filter ${name.word} is not defined in family ${use.family}`,
      'whether packets pass there is unknown',
    );
    return this.oneRule(use, name, name.word, {
      kind: 'unknown',
      word: 'not defined',
      condition: { kind: 'undefined-reference', name: `filter ${name.word}`, span: name.span },
    });
  }

  private oneRule(
    use: FilterUse,
    name: JunosNode,
    title: string,
    { kind, word, condition }: { kind: 'permit' | 'unknown'; word: string; condition: Condition },
  ): RuleList {
    const { span, text } = this.notes.statement(name);
    return {
      name: title,
      kind: 'firewall filter',
      family: use.family === 'inet' ? 4 : use.family === 'inet6' ? 6 : 'both',
      span,
      rules: [
        {
          id: '?',
          text,
          span,
          action: { kind, word },
          match: { source: exactly(ANY_ADDRESS), destination: exactly(ANY_ADDRESS), service: exactly(ANY_SERVICE) },
          conditions: [condition],
          enabled: true,
          logging: { logs: 'default', detail: '' },
          objects: [],
        },
      ],
    };
  }

  private reportLayer2({ family, names }: FilterUse, where: string): void {
    const [first] = names;
    if (first === undefined) return;
    this.notes.mark(first, 'unsupported');
    const message = `filter ${first.word} filters family ${family} of ${where}`;
    this.notes.diagnose(
      'junos/layer-2-filter',
      'warning',
      first.span,
      message,
      'frames that it drops are judged as if they passed; the filter itself can be asked by name',
    );
  }
}
