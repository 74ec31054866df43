import type { Span } from '../source.ts';
import type { Condition } from './condition.ts';
import type { AddressSet, AddressTerm } from './address.ts';
import type { NumberRange, ServiceSet } from './service.ts';

/**
 * One address translation as a rewriting of first packets.
 *
 * `static-destination` rewrites destination `from` to `to`, one to one (both terms have the same size), optionally only
 * for one transport port. `dynamic-source` gives sources in `sources` some address of `pool` and some source port.
 * `static-source` rewrites sources one to one.
 */
export type Translation = StaticTranslation | DynamicSource | UnmodelledTranslation;

interface TranslationBase {
  /** The statement as written. */
  readonly text: string;
  readonly span: Span;
  /** Segments the packet comes from and leaves by; absent: any. */
  readonly fromSegment?: string;
  readonly toSegment?: string;
  /** Undecided facts; while undecided the translation may or may not happen. */
  readonly conditions: readonly Condition[];
}

export interface StaticTranslation extends TranslationBase {
  readonly kind: 'static-destination' | 'static-source';
  /** Before and after: terms of one family and one size, both ranges. */
  readonly from: AddressTerm;
  readonly to: AddressTerm;
  /** Only this transport port is translated: protocols, and the port before and after. */
  readonly port?: { readonly protocols: readonly NumberRange[]; readonly from: number; readonly to: number };
  /** Packets it applies to beside `from`; absent: all. */
  readonly only?: { readonly sources?: AddressSet; readonly destinations?: AddressSet; readonly services?: ServiceSet };
}

export interface DynamicSource extends TranslationBase {
  readonly kind: 'dynamic-source';
  readonly sources: AddressSet;
  /** Addresses given out; empty when the text does not tell (an interface with a learned address). */
  readonly pool: readonly AddressTerm[];
  readonly only?: { readonly destinations?: AddressSet; readonly services?: ServiceSet };
}

/** Known, and not expressed: `may` touch packets of `touches`; verdicts for them are bounds. */
export interface UnmodelledTranslation extends TranslationBase {
  readonly kind: 'unmodelled';
  readonly touches: AddressSet;
}
