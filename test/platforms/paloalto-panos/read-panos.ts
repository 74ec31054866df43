import { createEvaluation } from '../../../checks/evaluate/evaluate.ts';
import { createPacketSpace } from '../../../checks/packet-space/create-packet-space.ts';
import type { Device, Segment } from '../../../parsers/model/device.ts';
import { paloaltoPanos } from '../../../parsers/paloalto-panos/index.ts';
import type { PlatformResult } from '../../../parsers/platform.ts';
import { readLines } from '../../../parsers/syntax/lines.ts';
import { readPacket } from '../../samples/sample.ts';
import { askOracle } from '../../support/oracle.ts';

/** Devices made of a whole text in set form, for the tests of networks and crossings. */
export interface ReadFirewall {
  readonly result: PlatformResult;
  readonly codes: readonly string[];
  /** The device of this name; without one the first. */
  readonly device: (name?: string) => Device;
  /** The segment of a device by its name or an alias. */
  readonly segment: (name: string, device?: string) => Segment;
  /** `permit`, `deny`, `unknown`, or why there is no crossing. The naive evaluator must agree. */
  readonly verdict: (from: string, to: string, packet: string, device?: string) => string;
}

/** Reads statements, each without its `set`; blank lines and what stands behind `#` do not count. */
export function readPanos(text: string): ReadFirewall {
  const lines = text
    .split('\n')
    .map((line) => line.replace(/\s#.*$/u, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => `set ${line}`);
  const source = { name: 'fw.set', text: `${lines.join('\n')}\n` };
  const result = paloaltoPanos.read(source, readLines(source.text));
  const space = createPacketSpace();
  const device = (name?: string): Device => {
    const found = name === undefined ? result.devices[0] : result.devices.find((each) => each.name === name);
    if (found === undefined)
      throw new Error(`no device ${name}: ${result.devices.map((each) => each.name).join(', ')}`);
    return found;
  };
  return {
    result,
    codes: result.diagnostics.map(({ code }) => code),
    device,
    segment: (name, of) => {
      const { segments } = device(of);
      const found =
        segments.find((each) => each.name === name) ?? segments.find(({ aliases }) => aliases.includes(name));
      if (found === undefined) throw new Error(`no segment ${name}: ${segments.map((each) => each.name).join(', ')}`);
      return found;
    },
    verdict: (from, to, packetText, of) => {
      const evaluation = createEvaluation(device(of), space);
      const crossing = evaluation.crossing(from, to);
      if ('none' in crossing) return crossing.none;
      const packet = readPacket(packetText);
      const { verdict } = evaluation.trace(crossing, packet);
      const oracle = askOracle(crossing.crossing, packet);
      return oracle === verdict ? verdict : `${verdict}, but the oracle says ${oracle}`;
    },
  };
}

/** A rule that permits whatever the zones exchange. */
export function allow(name: string, from: string, to: string, place = 'rulebase'): string {
  const rule = `${place} security rules ${name}`;
  return [
    `${rule} from ${from}`,
    `${rule} to ${to}`,
    ...['source any', 'destination any', 'application any', 'service any', 'action allow'].map(
      (field) => `${rule} ${field}`,
    ),
  ].join('\n');
}
