import type { Binding, Stage, StageDefault } from '../model/device.ts';
import type { RuleList } from '../model/rule.ts';
import type { Span } from '../source.ts';
import type { IosText, TextInterface, TextZonePair } from './text.ts';

/** Zone of an end: of an interface, of the device itself, or none. */
type End = { readonly zone: string; readonly line?: Span } | undefined;

/** What drops without a class that says `drop log` writes nothing. */
const SILENT = { logs: 'no', detail: '' } as const;

/** The zone firewall between any two ends. */
export class ZonePolicies {
  private readonly text: IosText;
  private readonly policies: ReadonlyMap<string, RuleList>;
  private readonly pairs = new Map<string, TextZonePair>();
  private readonly stages = new Map<string, Stage | undefined>();
  readonly bindings: Binding[] = [];

  constructor(text: IosText, policies: ReadonlyMap<string, RuleList>) {
    this.text = text;
    this.policies = policies;
    for (const pair of text.zonePairs.values()) {
      this.pairs.set(`${pair.source}\n${pair.destination}`, pair);
      if (pair.policy === undefined) continue;
      this.bindings.push(this.binding(pair, pair.policy));
      if (!policies.has(pair.policy.name)) this.missingPolicy(pair, pair.policy);
    }
  }

  /** The end that an interface is; `undefined` stands for the device itself. */
  endOf(target: TextInterface | undefined): End {
    if (target === undefined) return { zone: 'self' };
    const { zone } = target;
    if (zone !== undefined) return { zone: zone.name, line: this.text.reader.span(zone.line) };
    // IOS-XE: with `zone security default` interfaces without a zone are in that zone (IOS-XE 17 zone firewall guide).
    return this.text.zones.has('default') ? { zone: 'default' } : undefined;
  }

  /** The stage between two interfaces; undefined when the zone firewall has no say. Shared by all pairs of the zones. */
  stage(from: TextInterface | undefined, to: TextInterface | undefined): Stage | undefined {
    const ends: readonly [End, End] = [this.endOf(from), this.endOf(to)];
    const key = ends.map((end) => end?.zone ?? '').join('\n');
    if (ends[0] !== undefined && ends[1] !== undefined && this.stages.has(key)) return this.stages.get(key);
    const stage = this.build(ends[0], ends[1], from?.name ?? 'self', to?.name ?? 'self');
    if (ends[0] !== undefined && ends[1] !== undefined) this.stages.set(key, stage);
    return stage;
  }

  private build(from: End, to: End, fromName: string, toName: string): Stage | undefined {
    if (from === undefined && to === undefined) return undefined;
    if (from === undefined || to === undefined) {
      const [inside, outside] = from === undefined ? [toName, fromName] : [fromName, toName];
      const zoned = from ?? to;
      // Traffic of the device itself is filtered by zone pairs with `self` only.
      if (zoned?.zone === 'self') return undefined;
      const reason = `${outside} is in no zone and ${inside} is in zone ${zoned?.zone ?? ''}: the zone firewall drops`;
      return this.withoutPolicy({
        verdict: 'deny',
        reason,
        logging: SILENT,
        ...(zoned?.line !== undefined && { span: zoned.line }),
      });
    }
    const pair = this.pairs.get(`${from.zone}\n${to.zone}`);
    if (pair !== undefined) return this.ofPair(pair, from.zone === 'self' || to.zone === 'self');
    if (from.zone === 'self' || to.zone === 'self') return undefined;
    if (from.zone === to.zone) {
      const span = from.line;
      const reason = `both in zone ${from.zone}: the zone firewall lets pass`;
      return this.withoutPolicy({ verdict: 'permit', reason, ...(span !== undefined && { span }) });
    }
    return this.withoutPolicy({
      verdict: 'deny',
      reason: `no zone-pair from ${from.zone} to ${to.zone}`,
      logging: SILENT,
    });
  }

  private withoutPolicy(otherwise: StageDefault): Stage {
    return { id: 'zone-policy', title: otherwise.reason, family: 'both', lists: [], otherwise };
  }

  private ofPair(pair: TextZonePair, isSelf: boolean): Stage {
    const path = `zone-pair ${pair.name} (${pair.source} to ${pair.destination})`;
    const span = this.text.reader.span(pair.line);
    if (pair.policy === undefined) {
      const reason = `${path} has no service-policy`;
      // Between two zones that drops; what it does to traffic of the device itself is not documented.
      return this.withoutPolicy({ verdict: isSelf ? 'unknown' : 'deny', reason, span });
    }
    const list = this.policies.get(pair.policy.name);
    const title = `policy-map ${pair.policy.name}, ${path}`;
    if (list === undefined) {
      const reason = `policy-map ${pair.policy.name} of ${path} is not defined`;
      const at = this.text.reader.span(pair.policy.line);
      return {
        id: 'zone-policy',
        title,
        family: 'both',
        lists: [],
        otherwise: { verdict: 'unknown', reason, span: at },
      };
    }
    const reason = `class class-default of policy-map ${list.name}: drop`;
    const binding = this.binding(pair, pair.policy);
    return {
      id: 'zone-policy',
      title,
      family: 'both',
      lists: [{ list, binding }],
      otherwise: { verdict: 'deny', reason, span: list.span, logging: SILENT },
    };
  }

  private missingPolicy(pair: TextZonePair, policy: NonNullable<TextZonePair['policy']>): void {
    const message = `policy-map ${policy.name} is not defined`;
    const consequence = `what passes from ${pair.source} to ${pair.destination} is not known`;
    this.text.reader.diagnose(
      'ios/undefined-reference',
      'warning',
      this.text.reader.span(policy.line),
      message,
      consequence,
    );
  }

  private binding(pair: TextZonePair, policy: NonNullable<TextZonePair['policy']>): Binding {
    return {
      list: policy.name,
      direction: `zone-pair ${pair.name}`,
      attachedTo: `${pair.source} → ${pair.destination}`,
      family: 'both',
      defined: this.policies.has(policy.name),
      plane: pair.source === 'self' || pair.destination === 'self' ? 'control-plane' : 'transit',
      span: this.text.reader.span(policy.line),
    };
  }
}
