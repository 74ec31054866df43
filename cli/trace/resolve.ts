import type { EvaluatedCrossing, EvaluationContract } from '../../checks/evaluate/evaluation.ts';
import type { Device, Segment } from '../../parsers/model/device.ts';
import type { Family } from '../../parsers/model/address.ts';
import type { RuleList } from '../../parsers/model/rule.ts';
import type { Problem } from './packet-fields.ts';
import { unknownName } from './near-matches.ts';
import { problem } from './packet-fields.ts';

/** Where the packet is traced, as the user wrote it; empty where not given. */
export interface PlaceFields {
  readonly device: string;
  readonly from: string;
  readonly to: string;
  readonly ruleList: string;
  /** `in`, `out`, …: only a list that is bound so. */
  readonly direction: string;
}

export type Path =
  | { readonly kind: 'crossing'; readonly from: string; readonly to: string }
  | { readonly kind: 'rule-list'; readonly list: string; readonly listKind: string };

export interface Place {
  readonly kind: 'place';
  readonly evaluation: EvaluationContract;
  readonly path: Path;
  readonly crossing: EvaluatedCrossing;
}

/** Named rightly, but no packet goes this way at all; the reason is the answer. */
export interface NoWay {
  readonly kind: 'no-way';
  readonly device: Device;
  readonly path: Path;
  readonly reason: string;
}

/** A device that was read. Its model may have been dropped since; `evaluate` brings it back. */
export interface OpenDevice {
  readonly name: string;
  readonly source: string;
  readonly evaluate: () => EvaluationContract;
}

export function resolvePlace(
  fields: PlaceFields,
  family: Family,
  devices: readonly OpenDevice[],
): Place | NoWay | Problem {
  const named = deviceNamed(fields.device, devices);
  if ('kind' in named) return named;
  const evaluation = named.evaluate();
  if (fields.ruleList !== '') return resolveList(fields, family, evaluation);
  if (fields.direction !== '') return problem('a direction goes with a rule list');
  if (fields.from === '' || fields.to === '')
    return problem('neither both segments (from, to) nor a rule list is named');
  return resolveCrossing(fields, evaluation);
}

/** The same place as sessions of an application meet it. */
export function resolveSession(
  fields: PlaceFields,
  family: Family,
  devices: readonly OpenDevice[],
  application: string,
): Place | NoWay | Problem {
  const named = deviceNamed(fields.device, devices);
  if ('kind' in named) return named;
  const sessions = named.evaluate().sessions(application);
  if (sessions === undefined) return problem(`${named.name} decides by addresses and ports, not by application`);
  return resolvePlace(fields, family, [{ ...named, evaluate: () => sessions }]);
}

function deviceNamed(name: string, devices: readonly OpenDevice[]): OpenDevice | Problem {
  const names = devices.map((device) => device.name);
  if (name === '') {
    const [only, ...more] = devices;
    if (only === undefined) return problem('no device was read');
    return more.length === 0 ? only : problem(`several devices were read; name one of ${names.slice(0, 8).join(', ')}`);
  }
  const matches = devices.filter((device) => device.name === name || device.source === name);
  const [match, ...more] = matches;
  if (match === undefined) return problem(unknownName('device', name, names));
  if (more.length === 0) return match;
  return problem(
    `several devices are named "${name}"; name the file: ${matches.map(({ source }) => source).join(', ')}`,
  );
}

function resolveCrossing({ from, to }: PlaceFields, evaluation: EvaluationContract): Place | NoWay | Problem {
  const source = segmentNamed(from, evaluation.device);
  if (source.kind === 'problem') return source;
  const target = segmentNamed(to, evaluation.device);
  if (target.kind === 'problem') return target;
  const path = { kind: 'crossing', from: source.name, to: target.name } as const;
  const crossing = evaluation.crossing(source.name, target.name);
  if ('none' in crossing) return { kind: 'no-way', device: evaluation.device, path, reason: crossing.none };
  return { kind: 'place', evaluation, path, crossing };
}

function segmentNamed(name: string, { segments }: Device): Segment | Problem {
  const exact = segments.find((segment) => segment.name === name || segment.aliases.includes(name));
  if (exact !== undefined) return exact;
  const lower = name.toLowerCase();
  const matches = segments.filter(({ name: own, aliases }) =>
    [own, ...aliases].some((each) => each.toLowerCase() === lower),
  );
  const [match, ...more] = matches;
  if (match !== undefined && more.length === 0) return match;
  return problem(
    unknownName(
      'segment',
      name,
      segments.map((segment) => segment.name),
    ),
  );
}

function resolveList(fields: PlaceFields, family: Family, evaluation: EvaluationContract): Place | Problem {
  const { ruleList, direction, from, to } = fields;
  if (from !== '' || to !== '') return problem('a rule list is evaluated alone: name either it or the segments');
  const { ruleLists, bindings } = evaluation.device;
  const named = ruleLists.filter(({ name }) => name === ruleList);
  if (named.length === 0)
    return problem(
      unknownName(
        'rule list',
        ruleList,
        ruleLists.map(({ name }) => name),
      ),
    );
  const fitting = named.filter((list) => list.family === 'both' || list.family === family);
  if (fitting.length === 0) return problem(`rule list "${ruleList}" never meets IPv${family} packets`);
  const bound = bindings.filter(({ list }) => list === ruleList).map((binding) => binding.direction);
  if (direction !== '' && !bound.includes(direction)) {
    const where = bound.length === 0 ? 'nowhere' : [...new Set(bound)].join(', ');
    return problem(`rule list "${ruleList}" is not bound "${direction}"; it is bound ${where}`);
  }
  const [list, ...more] = fitting;
  if (list === undefined || more.length > 0) return problem(ambiguous(ruleList, fitting));
  return {
    kind: 'place',
    evaluation,
    path: { kind: 'rule-list', list: list.name, listKind: list.kind },
    crossing: evaluation.list(list),
  };
}

function ambiguous(name: string, lists: readonly RuleList[]): string {
  const places = lists.map(({ kind, span }) => `${kind}, line ${span.line}`);
  return `several rule lists are named "${name}" (${places.join('; ')})`;
}
