import { ANY4, ANY6 } from '../model/address.ts';
import type { Binding, Step } from '../model/device.ts';
import { exactly, type MatchExpression, type Rule, type RuleList } from '../model/rule.ts';
import { ANY_SERVICE } from '../model/service.ts';
import { argumentsOf, type IosText, type TextAccessMap, type TextInterface } from './text.ts';

/**
 * VLAN access maps. An entry takes the packets that its lists permit; a deny in a list sends them to the next entry, and
 * packets of a family that some entry looks at and none takes are dropped (Catalyst security guide, "VLAN maps").
 */
export class VlanMaps {
  private readonly text: IosText;
  readonly lists: RuleList[] = [];
  readonly bindings: Binding[] = [];
  private readonly byVlan = new Map<number, Step[]>();

  constructor(text: IosText, lists: ReadonlyMap<string, RuleList>) {
    this.text = text;
    const maps = new Map<string, readonly RuleList[]>();
    for (const [name, entries] of text.accessMaps) {
      const built = ([4, 6] as const).flatMap((family) => this.build(name, entries, family, lists) ?? []);
      maps.set(name, built);
      this.lists.push(...built);
    }
    for (const statement of text.vlanFilters) {
      const [name = '', , vlans = ''] = argumentsOf(statement);
      const span = text.reader.span(statement.line);
      const found = maps.get(name);
      if (found === undefined) {
        const message = `VLAN access map ${name} is not defined`;
        text.reader.diagnose('ios/undefined-reference', 'warning', span, message, 'it filters nothing');
      }
      for (const vlan of vlanNumbers(vlans)) {
        const steps = this.byVlan.get(vlan) ?? [];
        this.byVlan.set(vlan, steps);
        for (const list of found ?? []) steps.push(this.step(list, vlan, span));
      }
    }
  }

  steps(target: TextInterface): readonly Step[] {
    const vlan = /^vlan(\d+)$/.exec(target.key)?.[1];
    return vlan === undefined ? [] : (this.byVlan.get(Number(vlan)) ?? []);
  }

  private step(list: RuleList, vlan: number, span: Binding['span']): Step {
    const binding: Binding = {
      list: list.name,
      direction: `vlan ${vlan}`,
      attachedTo: `Vlan${vlan}`,
      family: list.family,
      defined: true,
      plane: 'transit',
      span,
    };
    this.bindings.push(binding);
    const reason = `no entry of VLAN access map ${list.name} takes the packet`;
    const title = `VLAN access map ${list.name} on VLAN ${vlan}`;
    return {
      kind: 'stage',
      stage: {
        id: 'vlan-map',
        title,
        family: list.family,
        lists: [{ list, binding }],
        otherwise: { verdict: 'deny', reason, span },
      },
    };
  }

  /** Undefined when no entry looks at the family: then its packets pass. */
  private build(
    name: string,
    entries: readonly TextAccessMap[],
    family: 4 | 6,
    lists: ReadonlyMap<string, RuleList>,
  ): RuleList | undefined {
    if (!entries.some((entry) => entry.lists.some((used) => used.family === family))) return undefined;
    const ordered = entries.toSorted((a, b) => a.sequence - b.sequence);
    const rules = ordered.flatMap((entry) => this.rule(entry, family, lists) ?? []);
    const first = ordered[0] ?? entries[0];
    if (first === undefined) return undefined;
    return { name, kind: 'vlan access-map', family, rules, span: this.text.reader.span(first.line) };
  }

  private rule(entry: TextAccessMap, family: 4 | 6, lists: ReadonlyMap<string, RuleList>): Rule | undefined {
    const used = entry.lists.filter((one) => one.family === family);
    // An entry for the other family, or for frames that are not IP, takes no packet of this one.
    if (used.length === 0 && (entry.lists.length > 0 || entry.otherMatch !== undefined)) return undefined;
    const any = exactly(family === 4 ? ANY4 : ANY6);
    const of = used.map(({ name, line }): MatchExpression => {
      const list = lists.get(name);
      const span = this.text.reader.span(line);
      return list === undefined || list.rules.length === 0
        ? { kind: 'undecided', condition: { kind: 'undefined-reference', name, span } }
        : { kind: 'permitted-by', list, span };
    });
    const drops = entry.action === 'drop';
    return {
      id: String(entry.sequence),
      text: entry.line.text,
      span: this.text.reader.span(entry.line),
      action: { kind: drops ? 'deny' : 'permit', word: entry.action },
      match: { source: any, destination: any, service: exactly(ANY_SERVICE) },
      ...(of.length > 0 && { also: { kind: 'any', of } }),
      conditions: [],
      enabled: true,
      logging: { logs: 'no', detail: '' },
      objects: [],
    };
  }
}

/** `10,20-25`; `all` is every VLAN. */
function vlanNumbers(text: string): number[] {
  const ranges = text === 'all' ? ['1-4094'] : text.split(',');
  return ranges.flatMap((part) => {
    const [first = '', last = first] = part.split('-');
    const [from, to] = [Number(first), Math.min(Number(last), 4094)];
    return Number.isInteger(from) && to >= from
      ? Array.from({ length: to - from + 1 }, (_, index) => from + index)
      : [];
  });
}
