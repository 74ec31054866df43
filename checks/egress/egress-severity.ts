import type { PartFacts } from '../check.ts';
import type { Service } from '../data/services.ts';
import type { Severity } from '../finding.ts';

/** How severe it is that services may leave to an untrusted network without approval; that of the worst of them. */
export function egressSeverity(
  catalogue: readonly Service[],
  { targets, anyDestination }: Pick<PartFacts, 'targets' | 'anyDestination'>,
): Severity {
  const core = new Set(catalogue.flatMap(({ tier, name }) => (tier === 'core' ? [name] : [])));
  const isCore = targets.some(({ service }) => service !== undefined && core.has(service));
  if (isCore) return anyDestination ? 'high' : 'medium';
  return anyDestination ? 'medium' : 'low';
}
