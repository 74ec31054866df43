/** A router of two segments with one list, written as model objects, for tests of the harness itself. */
import type { Coverage, LineState } from '../../parsers/diagnostics.ts';
import type { Bundle, ParseResult } from '../../parsers/index.ts';
import type { Binding, Device, Segment, Step } from '../../parsers/model/device.ts';
import type { Rule, RuleList } from '../../parsers/model/rule.ts';
import type { Span } from '../../parsers/source.ts';
import { addresses, ANY4, prefix4 } from '../../parsers/model/address.ts';
import { exactly } from '../../parsers/model/rule.ts';
import { ALL_PORTS, single } from '../../parsers/model/service.ts';

/** The configuration that `parseSmallRouter` reads, and reads only. */
export const SMALL_ROUTER = `interface out
interface in
permit tcp any 10.0.0.0/8 eq 1883
permit tcp any any eq 8883 when-open
bind OUT
`;

/** A stand-in for a parser: the same device whatever the text, with spans into \`SMALL_ROUTER\`. */
export function parseSmallRouter([source]: Bundle): ParseResult {
  const lines = source.text.split(/\r?\n/u);
  const lineStates = Array.from(lines, (line): LineState | undefined => (line.trim() === '' ? undefined : 'modelled'));
  const modelled = lineStates.filter((state) => state !== undefined).length;
  const coverage: Coverage = {
    source: source.name,
    lines: modelled,
    states: { modelled, 'no-effect': 0, conditional: 0, unsupported: 0, unrecognised: 0 },
    complete: 'unknown',
  };
  return {
    detection: { platform: 'cisco-ios', reasons: [] },
    devices: [smallRouter(source.name)],
    diagnostics: [],
    coverage,
    texts: [{ coverage, lineStates }],
    ruleCounts: [],
    assumed: [],
  };
}

function smallRouter(source: string): Device {
  const texts = SMALL_ROUTER.split('\n');
  const at = (line: number): Span => ({ source, line, column: 1, endColumn: (texts[line - 1]?.length ?? 0) + 1 });
  const segment = (name: string, line: number): Segment => ({
    name,
    aliases: [`${name}side`],
    kind: 'interface',
    interfaces: [],
    routingContext: 'default',
    transit: 'yes',
    families: [4],
    evidence: [],
    span: at(line),
  });
  const rule = (line: number, port: number, destination: Rule['match']['destination']): Rule => ({
    id: `#${line}`,
    text: texts[line - 1] ?? '',
    span: at(line),
    action: { kind: 'permit', word: 'permit' },
    match: {
      source: exactly(ANY4),
      destination,
      service: exactly([{ protocols: [single(6)], sourcePorts: ALL_PORTS, destinationPorts: [single(port)] }]),
    },
    conditions: [],
    enabled: true,
    logging: { logs: 'default', detail: '' },
    objects: [],
  });
  const span = at(4);
  const open: Rule = {
    ...rule(4, 8883, exactly(ANY4)),
    conditions: [{ kind: 'time-range', name: 'when-open', span: { ...span, column: span.endColumn - 9 } }],
  };
  const tens = exactly(addresses(prefix4(0x0a000000, 8)));
  const list: RuleList = {
    name: 'OUT',
    kind: 'access list',
    family: 4,
    rules: [rule(3, 1883, tens), open],
    span: at(3),
  };
  const binding: Binding = {
    list: 'OUT',
    direction: 'in',
    attachedTo: 'out',
    family: 4,
    defined: true,
    plane: 'transit',
    span: at(5),
  };
  const step: Step = {
    kind: 'stage',
    stage: {
      id: 'acl-in',
      title: 'access list OUT',
      family: 4,
      lists: [{ list, binding }],
      otherwise: { verdict: 'deny', reason: 'implicit deny at the end of access list OUT' },
    },
  };
  return {
    name: 'small',
    platform: 'cisco-ios',
    source,
    segments: [segment('out', 1), segment('in', 2)],
    ruleLists: [list],
    bindings: [binding],
    translations: [],
    routes: [],
    telemetry: [],
    addressView: 'arriving',
    crossing: (from, to) => {
      if (from === to) return { from, to, none: 'one segment' };
      return { from, to, steps: from === 'out' ? [step] : [], conditions: [] };
    },
  };
}
