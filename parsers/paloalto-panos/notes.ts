import type { Diagnostic, DiagnosticSeverity, LineState } from '../diagnostics.ts';
import type { RuleHits } from '../model/rule.ts';
import type { Span } from '../source.ts';
import { written, type PanNode } from './tree.ts';

type RuleFate = 'modelled' | 'disabled';

/** What is written down while texts are understood: diagnostics, and the line state of statements. */
export class Notes {
  /** What captures beside the configuration count, by virtual system and rule. */
  readonly hits = new Map<string, RuleHits>();
  /** What became of rules, by the node that was written. */
  private readonly rules = new Map<PanNode, RuleFate>();
  private readonly reasons = new Map<PanNode, string>();
  private readonly diagnostics = new Map<string, Diagnostic & { more: number }>();

  /**
   * Sets the state of a statement and of everything below it that has no state of its own. The line it stands on takes
   * the worst state of what stands on it.
   */
  mark(node: PanNode, state: LineState): void {
    written(node).state = state;
  }

  /** Adds a diagnostic; the same code and message again only raises `more` of the first. */
  diagnose(code: string, severity: DiagnosticSeverity, span: Span, message: string, consequence: string): void {
    const key = `${code}\n${message}`;
    const seen = this.diagnostics.get(key);
    if (seen === undefined) this.diagnostics.set(key, { code, severity, span, message, consequence, more: 0 });
    else if (seen.span.line !== span.line || seen.span.column !== span.column || seen.span.source !== span.source)
      seen.more += 1;
  }

  /**
   * Says what became of a rule, for the count of rules: it stands in the model, switched on (`modelled`) or off (`disabled`).
   * Needed only where no rule of `Device.ruleLists` or `decryption` and no translation has the rule's own span.
   */
  count(rule: PanNode, fate: 'modelled' | 'disabled'): void {
    if (this.rules.get(written(rule)) !== 'modelled') this.rules.set(written(rule), fate);
  }

  /**
   * Says why a rule, or every rule below a node (a rulebase, a device group), stands in no device: `the device group has no
   * firewall`. Counts only for rules that really stand in none.
   */
  leave(node: PanNode, reason: string): void {
    const from = written(node);
    if (!this.reasons.has(from)) this.reasons.set(from, reason);
  }

  /** What was said of a rule. */
  fateOf(rule: PanNode): RuleFate | undefined {
    return this.rules.get(rule);
  }

  /** Why a rule is left out, if somebody said so of it or of what it stands in. */
  reasonOf(rule: PanNode): string | undefined {
    for (let at: PanNode | undefined = rule; at !== undefined; at = at.parent) {
      const reason = this.reasons.get(at);
      if (reason !== undefined) return reason;
    }
    return undefined;
  }

  /** Diagnostics so far, by text and place. */
  collected(sources: readonly string[]): Diagnostic[] {
    const all = [...this.diagnostics.values()].map(({ more, ...rest }) => (more > 0 ? { ...rest, more } : rest));
    const text = ({ span }: Diagnostic): number => sources.indexOf(span.source);
    return all.sort(
      (a, b) =>
        text(a) - text(b) || a.span.line - b.span.line || a.span.column - b.span.column || (a.code < b.code ? -1 : 1),
    );
  }
}
