import type { RuleCount } from '../../parsers/diagnostics.ts';

/** Sums of rule counts over many texts. */
export class RuleTotals {
  private readonly kinds = new Map<string, { written: number; modelled: number; disabled: number }>();
  private readonly left = new Map<string, number>();

  add(counts: readonly RuleCount[]): void {
    for (const { kind, written, modelled, disabled, left } of counts) {
      const sum = this.kinds.get(kind) ?? { written: 0, modelled: 0, disabled: 0 };
      sum.written += written;
      sum.modelled += modelled;
      sum.disabled += disabled;
      this.kinds.set(kind, sum);
      for (const { reason, count } of left) {
        const key = `${kind}: ${reason}`;
        this.left.set(key, (this.left.get(key) ?? 0) + count);
      }
    }
  }

  /** For showing; nothing where the platform does not count. */
  lines(): string[] {
    const kinds = [...this.kinds].map(
      ([kind, { written, modelled, disabled }]) =>
        `${kind}: ${written} written, ${modelled} in devices (${disabled} of them switched off)`,
    );
    return [...kinds, ...[...this.left].map(([reason, count]) => `left out: ${count} ${reason}`)];
  }
}
