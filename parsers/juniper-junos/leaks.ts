import type { Condition } from '../model/condition.ts';
import type { Span } from '../source.ts';
import type { Filters } from './filters.ts';
import type { FilterUse } from './interfaces.ts';
import type { StaticRoute } from './routes.ts';
import { child, entries, value, type JunosNode } from './tree.ts';

/** What may lead packets from one routing instance into another: routes and filters that name it. */
export class Leaks {
  private readonly found: { readonly from: string; readonly to: string; readonly span: Span }[] = [];
  private readonly importing = new Map<string, Span>();
  private readonly filters: Filters;

  constructor(scope: JunosNode, routes: readonly StaticRoute[], filters: Filters) {
    this.filters = filters;
    for (const { route, nextTable } of routes) {
      if (nextTable !== undefined) this.found.push({ from: route.routingContext, to: nextTable, span: route.span });
    }
    this.readRibGroups(scope);
    this.readImports(scope);
  }

  /** On what a way from one instance into the other depends; undefined when there is none. */
  between(from: string, to: string, filtersOfEntry: readonly FilterUse[]): Condition | undefined {
    const name = `way from ${from} to ${to}`;
    const byFilter = this.byFilter(filtersOfEntry, to);
    const route = this.found.find((leak) => leak.from === from && leak.to === to)?.span;
    const span = route ?? byFilter ?? this.importing.get(from) ?? undefined;
    return span === undefined ? undefined : { kind: 'route', name, span };
  }

  private byFilter(uses: readonly FilterUse[], to: string): Span | undefined {
    return uses
      .filter(({ direction }) => direction === 'input')
      .flatMap(({ family, names }) => names.map(({ word }) => this.filters.get(family, word)))
      .flatMap((filter) => filter?.instances ?? [])
      .find(({ instance }) => instance.word === to)?.instance.span;
  }

  /** A group of tables that routes are put into together. */
  private readRibGroups(scope: JunosNode): void {
    for (const group of entries(scope, 'routing-options', 'rib-groups')) {
      const tables = entries(group, 'import-rib').map(
        ({ word }) => /^(?<name>.+)\.inet6?\.\d+$/.exec(word)?.groups?.['name'] ?? 'default',
      );
      for (const from of tables)
        for (const to of tables) if (from !== to) this.found.push({ from, to, span: group.span });
    }
  }

  /** `instance-import`, and VRFs that exchange routes by a common target (`auto-export`). */
  private readImports(scope: JunosNode): void {
    const instances = entries(scope, 'routing-instances');
    for (const instance of instances) {
      const imported = child(instance, 'routing-options', 'instance-import');
      if (imported !== undefined) this.importing.set(instance.word, imported.span);
      const target = value(instance, 'vrf-target');
      const shared = child(instance, 'routing-options', 'auto-export');
      for (const other of instances) {
        if (other === instance || shared === undefined || target === undefined || value(other, 'vrf-target') !== target)
          continue;
        this.found.push({ from: instance.word, to: other.word, span: shared.span });
      }
    }
    const own = child(scope, 'routing-options', 'instance-import');
    if (own !== undefined) this.importing.set('default', own.span);
  }
}
