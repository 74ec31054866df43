/** Random translations over the universe of arbitrary-match.ts. */
import type { AddressTerm } from '../../parsers/model/address.ts';
import type { Condition } from '../../parsers/model/condition.ts';
import type { Step } from '../../parsers/model/device.ts';
import type { StaticTranslation, Translation } from '../../parsers/model/nat.ts';
import * as fc from 'fast-check';
import { single } from '../../parsers/model/service.ts';
import { addressRun, addressSet, freshSpan, rarely } from './arbitrary-match.ts';

/** Facts of their own: one that two translations share is a bound for the set engine, exact only for the oracle. */
const conditions: fc.Arbitrary<Condition[]> = rarely(fc.constant('route' as const), 5).map((kind) => {
  const span = freshSpan();
  return kind === undefined ? [] : [{ kind, name: `path ${span.line}`, span }];
});

/** Two runs of one family and one size. */
const rewriting = fc
  .tuple(fc.constantFrom<4 | 6>(4, 4, 6), fc.constantFrom(1, 2))
  .chain(([family, size]) => fc.tuple(addressRun(family, size), addressRun(family, size)));

const only: fc.Arbitrary<NonNullable<StaticTranslation['only']>> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({}) },
  { weight: 1, arbitrary: addressSet.map((sources) => ({ sources })) },
  { weight: 1, arbitrary: addressSet.map((destinations) => ({ destinations })) },
);

const PORTS = {
  'static-destination': { protocols: [single(6)], from: 8883, to: 1883 },
  'static-source': { protocols: [single(6)], from: 1024, to: 49152 },
} as const;

const staticTranslation: fc.Arbitrary<Translation> = fc
  .record({
    kind: fc.constantFrom<StaticTranslation['kind']>('static-destination', 'static-destination', 'static-source'),
    rewriting,
    withPort: fc.boolean(),
    only,
    conditions,
  })
  .map(({ kind, rewriting: [from, to], withPort, only, conditions }) => ({
    kind,
    from,
    to,
    ...(withPort ? { port: PORTS[kind] } : {}),
    only,
    conditions,
    text: `${kind} translation`,
    span: freshSpan(),
  }));

const pool: fc.Arbitrary<AddressTerm[]> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<AddressTerm[]>([]) },
  { weight: 3, arbitrary: fc.tuple(addressRun(4, 1), addressRun(4, 2), addressRun(6, 2)) },
);

const dynamicTranslation: fc.Arbitrary<Translation> = fc
  .record({ sources: addressSet, pool, conditions })
  .map((fields) => ({ kind: 'dynamic-source', ...fields, text: 'dynamic translation', span: freshSpan() }));

const unmodelled: fc.Arbitrary<Translation> = fc
  .record({ touches: addressSet, conditions })
  .map((fields) => ({ kind: 'unmodelled', ...fields, text: 'unmodelled translation', span: freshSpan() }));

function step(translation: Translation): Step {
  return { kind: 'translation', translation };
}

/** One-to-one rewritings of destinations, and of sources, that surely happen. */
export const certainDestinationStep: fc.Arbitrary<Step> = certain('static-destination');
export const certainSourceStep: fc.Arbitrary<Step> = certain('static-source');

function certain(kind: StaticTranslation['kind']): fc.Arbitrary<Step> {
  return staticTranslation.filter((made) => made.kind === kind).map((made) => step({ ...made, conditions: [] }));
}

/** Translations that the text gives in full, or but for an address of a pool. */
export const translationStep: fc.Arbitrary<Step> = fc
  .oneof({ weight: 3, arbitrary: staticTranslation }, { weight: 1, arbitrary: dynamicTranslation })
  .map(step);

export const unmodelledStep: fc.Arbitrary<Step> = unmodelled.map(step);
