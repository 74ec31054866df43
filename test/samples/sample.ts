/** A folder of device-samples: a configuration and what is to be found in it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SERVICES } from '../../checks/data/services.ts';
import type { Packet } from '../../checks/packet-space/packet.ts';
import { readIp } from '../support/read-ip.ts';

const SAMPLES = join(import.meta.dirname, '../../device-samples');

const PLATFORMS = ['cisco-asa', 'cisco-ios', 'juniper-junos', 'paloalto-panos'] as const;

const expectedSchema = z.strictObject({
  /** One, or all that the text describes, in order. */
  device: z.union([z.string(), z.array(z.string())]).transform((names) => (Array.isArray(names) ? names : [names])),
  platform: z.enum(PLATFORMS),
  /** Whether the text shows its own end; set commands have none. */
  complete: z.enum(['yes', 'unknown']).default('yes'),
  /** Segments that the audit is told about, as with `--internal` and `--untrusted`. */
  trust: z.strictObject({ internal: z.array(z.string()), untrusted: z.array(z.string()) }).optional(),
  findings: z.array(
    z.strictObject({
      /** Which of several devices has it. */
      device: z.string().optional(),
      check: z.string(),
      confidence: z.enum(['definite', 'possible']),
      /** `FROM > TO`. */
      crossings: z.array(z.string()),
      /** Ports of the catalogue's services: `tcp 1024-65535`, `cleartext udp 5683`; `!tcp 1883` takes a port out; or a service's name. */
      services: z.array(z.string()),
      /** The first deciding line. */
      line: z.int(),
    }),
  ),
  packets: z.array(
    z.strictObject({
      /** Which of several devices is asked; empty: the first. */
      device: z.string().default(''),
      from: z.string(),
      to: z.string(),
      /** `tcp 198.51.100.7:40000 > 192.0.2.1:1883`; IPv6 addresses in brackets. */
      packet: z.string(),
      /** Sessions of this application are asked about; empty: first packets. */
      application: z.string().default(''),
      verdict: z.enum(['permit', 'deny', 'unknown']),
      /** Lines of the rules that decide, stage by stage; none where only defaults do, or where it is unknown. */
      lines: z.array(z.int()),
      /** Names of what leaves the verdict open. */
      conditions: z.array(z.string()).optional(),
    }),
  ),
});

export type Expected = z.infer<typeof expectedSchema>;
export type ExpectedFinding = Expected['findings'][number];

export interface Sample {
  /** `cisco-ios/branch-router`. */
  readonly name: string;
  /** Name of the configuration file: `running-config.cfg`, `running-config.xml`. */
  readonly file: string;
  readonly config: string;
  readonly origin: string;
  readonly expected: Expected;
}

/** Every sample, in the order of their names. */
export function readSamples(): readonly Sample[] {
  // Beside the platforms stand a policy and its lists.
  const platforms = PLATFORMS.filter((platform) => existsSync(join(SAMPLES, platform)));
  const names = platforms.flatMap((platform) =>
    readdirSync(join(SAMPLES, platform))
      .sort()
      .map((name) => `${platform}/${name}`),
  );
  return names.map((name) => {
    const text = (file: string): string => readFileSync(join(SAMPLES, name, file), 'utf8');
    const expected = expectedSchema.parse(JSON.parse(text('expected.json')));
    const file = readdirSync(join(SAMPLES, name)).find((each) => each.startsWith('running-config.'));
    if (file === undefined) throw new Error(`${name} has no running-config`);
    return { name, file, config: text(file), origin: text('ORIGIN.md'), expected };
  });
}

const PORTS = /^(?<out>!)?(?<cleartext>cleartext )?(?<protocol>tcp|udp) (?<first>\d+)(?:-(?<last>\d+))?$/u;

/** Names of the catalogue's services on the ports or of those names, in the order of the catalogue. */
export function servicesOn(wanted: readonly string[]): string[] {
  const known = new Set(SERVICES.map(({ name }) => name));
  const named = new Set(wanted.filter((spec) => known.has(spec)));
  const ports = wanted.filter((spec) => !known.has(spec));
  const specs = ports.map((spec) => {
    const parts = PORTS.exec(spec)?.groups;
    if (parts === undefined) throw new Error(`neither ports nor a service: ${spec}`);
    return parts;
  });
  const names = SERVICES.map(({ name, protocol, port, transportSecurity }) => {
    const on = specs.filter(
      ({ cleartext, protocol: spoken, first, last }) =>
        spoken === protocol &&
        Number(first) <= port &&
        port <= Number(last ?? first) &&
        (cleartext === undefined || transportSecurity === 'cleartext'),
    );
    const here = named.has(name) || (on.length > 0 && on.every(({ out }) => out === undefined));
    return here ? name : undefined;
  });
  return names.filter((name) => name !== undefined);
}

/** The packet that a row describes. */
export function readPacket(text: string): Packet {
  const parts =
    /^(?<protocol>tcp|udp) \[?(?<source>[^\s\]]+?)\]?:(?<sport>\d+) > \[?(?<destination>[^\s\]]+?)\]?:(?<dport>\d+)$/u.exec(
      text,
    )?.groups;
  const [source, destination] = [readIp(parts?.['source'] ?? ''), readIp(parts?.['destination'] ?? '')];
  if (parts === undefined || source === undefined || destination === undefined) throw new Error(`no packet: ${text}`);
  return {
    family: source.family,
    source: source.value,
    destination: destination.value,
    protocol: parts['protocol'] === 'tcp' ? 6 : 17,
    sourcePort: Number(parts['sport']),
    destinationPort: Number(parts['dport']),
  };
}
