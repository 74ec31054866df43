import type { Span } from '../source.ts';
import type {
  Binding,
  Device,
  DeviceLogging,
  NetworkInterface,
  Route,
  Segment,
  Stage,
  Step,
  Telemetry,
} from './device.ts';
import type { Translation } from './nat.ts';
import type { PrintSpan } from './print-match.ts';
import type { ApplicationMatch, InspectionProfile, Rule, RuleList, RuleLogging } from './rule.ts';
import { formatAddressTerm, formatIp, formatProtocols } from './format.ts';
import { printAddresses, printConditions, printExpression, printMatch, printServices } from './print-match.ts';

interface PrintOptions {
  /** Adds `@line:column-end` to everything that has a place, and the statement of every rule as written. */
  readonly spans?: boolean;
}

/**
 * A device in its canonical form: the same text for the same meaning. Sets are merged and sorted; segments, bindings,
 * routes and telemetry are sorted; rules, lists of a stage, steps and translations keep their order because it decides
 * verdicts. Step lists that several pairs of segments share are printed once.
 */
export function printDevice(device: Device, options: PrintOptions = {}): string {
  const withSpans = options.spans === true;
  const at: PrintSpan = withSpans ? printSpan : () => '';
  const lines = [
    `device ${device.name} (${device.platform}${device.version === undefined ? '' : ` ${device.version}`})`,
    `addresses compared: ${device.addressView}`,
    ...sortedByName(device.segments).flatMap((segment) => printSegment(segment, at)),
    ...device.ruleLists.flatMap((list) => printList(list, at, withSpans)),
    ...device.bindings.map((binding) => `binding ${printBinding(binding)}${at(binding.span)}`).sort(),
    ...device.translations.map((translation) => `translation ${printTranslation(translation, at)}`),
    ...device.routes.map((route) => `${printRoute(route)}${at(route.span)}`).sort(),
    ...(device.decryption ?? []).flatMap((list) => ['decryption', ...printList(list, at, withSpans)]),
    ...device.telemetry.map((telemetry) => `${printTelemetry(telemetry)}${at(telemetry.span)}`).sort(),
    ...(device.logging === undefined ? [] : [printDeviceLogging(device.logging, at)]),
    ...printCrossings(device, at),
  ];
  return `${lines.join('\n')}\n`;
}

function printSpan(span: Span | undefined): string {
  return span === undefined ? '' : ` @${span.line}:${span.column}-${span.endColumn}`;
}

function sortedByName<T extends { readonly name: string }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function words(values: readonly (string | number)[]): string {
  return values.length === 0 ? 'none' : values.map(String).sort().join(',');
}

function printSegment(segment: Segment, at: PrintSpan): string[] {
  return [
    `segment ${segment.name} (${segment.kind})${at(segment.span)}`,
    `  aliases: ${words(segment.aliases)}; routing: ${segment.routingContext}; transit: ${segment.transit}; ` +
      `families: ${words(segment.families)}`,
    ...sortedByName(segment.interfaces).flatMap((member) => printInterface(member, at)),
    ...segment.evidence
      .map(({ points, weight, reason, span }) => `  evidence ${points} ${weight}: ${reason}${at(span)}`)
      .sort(),
  ];
}

function printInterface(member: NetworkInterface, at: PrintSpan): string[] {
  const addresses = member.addresses.map(
    ({ family, address, prefixLength, span }) => `    ${formatIp(family, address)}/${prefixLength}${at(span)}`,
  );
  const facts = [
    member.enabled ? 'enabled' : 'shut down',
    `families ${words(member.families)}`,
    ...(member.dynamicAddress ? ['learned address'] : []),
  ];
  return [`  interface ${member.name}: ${facts.join('; ')}${at(member.span)}`, ...addresses.sort()];
}

function printList(list: RuleList, at: PrintSpan, withText: boolean): string[] {
  return [
    `list ${list.name} (${list.kind}, family ${list.family})${at(list.span)}`,
    ...list.rules.flatMap((rule) => printRule(rule, at, withText)),
  ];
}

function printRule(rule: Rule, at: PrintSpan, withText: boolean): string[] {
  const state = rule.enabled ? '' : ' switched off';
  const lines = [
    `  ${rule.id} ${rule.action.kind}${state} (${rule.action.word})${at(rule.span)}`,
    ...printMatch(rule.match, '    ', at),
  ];
  if (withText) lines.push(`    text: ${rule.text}`);
  if (rule.name !== undefined) lines.push(`    name: ${rule.name}`);
  if (rule.also !== undefined) lines.push('    also', ...printExpression(rule.also, '      ', at));
  if (rule.from !== undefined) lines.push(`    only from: ${words(rule.from)}`);
  if (rule.to !== undefined) lines.push(`    only to: ${words(rule.to)}`);
  if (rule.between !== undefined) lines.push(`    only between: ${rule.between}`);
  if (rule.applications !== undefined) lines.push(...printApplications(rule.applications, at));
  if (rule.conditions.length > 0) lines.push(`    if: ${printConditions(rule.conditions, at)}`);
  lines.push(...printPosture(rule, '    '));
  if (rule.hits !== undefined) {
    const { count, since, span } = rule.hits;
    lines.push(`    hits: ${count}${since === undefined ? '' : ` since ${since}`}${at(span)}`);
  }
  const objects = rule.objects.map(({ name, kind, span }) => `    uses ${kind} ${name}${at(span)}`);
  return [...lines, ...new Set(objects.sort())];
}

/** What is written and looked into; nothing where that is the platform's default. */
function printPosture(
  { logging, inspection }: { readonly logging?: RuleLogging; readonly inspection?: readonly InspectionProfile[] },
  indent: string,
): string[] {
  const lines: string[] = [];
  if (logging !== undefined && logging.logs !== 'default') {
    const sentTo = logging.sentTo === undefined ? '' : `; sent to ${words(logging.sentTo)}`;
    const level = logging.level === undefined ? '' : ` at severity ${logging.level}`;
    lines.push(`${indent}logs: ${logging.logs}${level} (${logging.detail})${sentTo}`);
  }
  if (inspection !== undefined) {
    const profiles = inspection.map(({ kind, name, effect }) => `${kind} ${name} ${effect}`);
    lines.push(`${indent}inspection: ${words(profiles)}`);
  }
  return lines;
}

function printApplications({ names, others, ports, told }: ApplicationMatch, at: PrintSpan): string[] {
  const listed = names === 'any' ? 'any' : words([...names]);
  const open = others.length === 0 ? '' : `; others if ${printConditions(others, at)}`;
  return [
    `    sessions of: ${listed}; ports ${ports}${open}`,
    ...(told === undefined ? [] : [`    told: ${told.all.name}; ours ${told.ours.name}`]),
  ];
}

function printBinding(binding: Binding): string {
  const missing = binding.defined ? '' : ', not defined';
  return `${binding.list} ${binding.direction} at ${binding.attachedTo} (family ${binding.family}, ${binding.plane}${missing})`;
}

function printTranslation(translation: Translation, at: PrintSpan): string {
  const path = `${translation.fromSegment ?? 'any'} → ${translation.toSegment ?? 'any'}`;
  const parts = [`${translation.kind} ${path}: ${printRewriting(translation)}`];
  if (translation.conditions.length > 0) parts.push(`if ${printConditions(translation.conditions, at)}`);
  return `${parts.join('; ')}${at(translation.span)}`;
}

function printRewriting(translation: Translation): string {
  if (translation.kind === 'unmodelled') return `may touch ${printAddresses(translation.touches)}`;
  if (translation.kind === 'dynamic-source') {
    const pool = translation.pool.map(formatAddressTerm);
    const given = pool.length === 0 ? 'an address not in the text' : pool.join(', ');
    return [`${printAddresses(translation.sources)} as ${given}`, ...printOnly(translation.only ?? {})].join('; ');
  }
  const parts = [`${formatAddressTerm(translation.from)} as ${formatAddressTerm(translation.to)}`];
  if (translation.port !== undefined) {
    const { protocols, from, to } = translation.port;
    parts.push(`${formatProtocols(protocols).join(',')} port ${from} as ${to}`);
  }
  return [...parts, ...printOnly(translation.only ?? {})].join('; ');
}

type Only = NonNullable<Extract<Translation, { kind: 'static-source' | 'static-destination' }>['only']>;

function printOnly({ sources, destinations, services }: Only): string[] {
  return [
    ...(sources === undefined ? [] : [`only from ${printAddresses(sources)}`]),
    ...(destinations === undefined ? [] : [`only to ${printAddresses(destinations)}`]),
    ...(services === undefined ? [] : [`only ${printServices(services)}`]),
  ];
}

function printRoute(route: Route): string {
  const by = route.segment === undefined ? '' : ` by ${route.segment}`;
  return `route ${formatAddressTerm(route.destination)}${by} in ${route.routingContext}`;
}

function printTelemetry(telemetry: Telemetry): string {
  const covers = telemetry.covers.length === 0 ? 'the whole device' : words(telemetry.covers);
  const state = `${telemetry.effective ? '' : ' (not effective)'}${telemetry.passive === true ? ' (a copy)' : ''}`;
  return `telemetry ${telemetry.kind} to ${telemetry.target} for ${covers}${state}`;
}

function printDeviceLogging({ takes, sends, permits, denies, span }: DeviceLogging, at: PrintSpan): string {
  return `logging takes ${takes}, sends ${sends}, permits ${permits}, denies ${denies}${at(span)}`;
}

/** Every ordered pair of segments, one with itself too; equal step lists are printed once, under a path number. */
function printCrossings(device: Device, at: PrintSpan): string[] {
  const paths = new Map<string, number>();
  const pairs: string[] = [];
  const names = sortedByName(device.segments).map(({ name }) => name);
  for (const from of names) {
    for (const to of names) {
      const crossing = device.crossing(from, to);
      if ('none' in crossing) {
        pairs.push(`crossing ${from} → ${to}: none (${crossing.none})`);
        continue;
      }
      const steps = crossing.steps.map((step) => printStep(step, at)).join('\n');
      const path = paths.get(steps) ?? paths.size + 1;
      paths.set(steps, path);
      const conditions = printConditions(crossing.conditions, at);
      pairs.push(`crossing ${from} → ${to}: path ${path}${conditions === '' ? '' : `; if ${conditions}`}`);
    }
  }
  const bodies = [...paths].flatMap(([steps, path]) => [`path ${path}${steps === '' ? ': no stages' : ''}`, steps]);
  return [...pairs, ...bodies.filter((body) => body !== '')];
}

function printStep(step: Step, at: PrintSpan): string {
  if (step.kind === 'translation') return `  translation ${printTranslation(step.translation, at)}`;
  return printStage(step.stage, at);
}

function printStage(stage: Stage, at: PrintSpan): string {
  return [
    `  stage ${stage.id} (family ${stage.family})`,
    ...stage.lists.map(
      ({ list, binding }) => `    list ${list.name} bound ${printBinding(binding)}${at(binding.span)}`,
    ),
    `    else ${stage.otherwise.verdict}: ${stage.otherwise.reason}${at(stage.otherwise.span)}`,
    ...printPosture(stage.otherwise, '      '),
  ].join('\n');
}
