import type { PartFacts } from '../check.ts';
import type { Service } from '../data/services.ts';
import type { Severity } from '../finding.ts';
import { milder, worst } from '../reporting/severity.ts';

/** How severe it is that services are reached from an untrusted network; that of the worst of them. */
export function exposureSeverity(
  catalogue: readonly Service[],
  { targets, anySource }: Pick<PartFacts, 'targets' | 'anySource'>,
): Severity {
  const names = new Set(targets.map(({ service }) => service));
  return worst(catalogue.filter(({ name }) => names.has(name)).map((service) => severityOf(service, anySource)));
}

function severityOf({ tier, transportSecurity }: Service, anySource: boolean): Severity {
  const open = anySource ? 'critical' : 'high';
  const core = transportSecurity === 'tls' ? milder(open) : open;
  return tier === 'core' ? core : milder(core);
}
