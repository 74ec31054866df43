import type { ArgumentsCamelCase, Argv, InferredOptionTypes, Options } from 'yargs';
import type { Io } from '../io.ts';
import type { FailedInput } from '../reports/run.ts';
import type { PacketFields } from '../trace/packet-fields.ts';
import type { OpenDevice, PlaceFields } from '../trace/resolve.ts';
import { EXIT } from '../exit-code.ts';
import { traceJson } from '../reports/trace-json.ts';
import { traceText } from '../reports/trace-text.ts';
import { openDevices } from '../run.ts';
import { openInputs } from '../sources/read.ts';
import { trace } from '../trace/batch.ts';
import { UsageError } from '../usage-error.ts';
import { toolVersion } from '../version.ts';
import { deliver } from './deliver.ts';
import { inputOptions, layoutFor, maxFileBytes, reportOptions } from './options.ts';
import { policyFor, policyOptions } from './policy.ts';
import { traceBatch } from './trace-batch.ts';

const place = { type: 'string', requiresArg: true, group: 'Where:' } as const;
const field = { type: 'string', requiresArg: true, group: 'Packet (as it arrives, before any translation):' } as const;

const traceOptions = {
  device: { ...place, describe: 'Device or file, when several were read' },
  from: { ...place, describe: 'SEGMENT that the packet comes from' },
  to: { ...place, describe: 'SEGMENT that it goes to' },
  'rule-list': { ...place, describe: 'Instead of segments: one rule list alone, by NAME' },
  direction: { ...place, choices: ['in', 'out'] as const, describe: 'Only if the list is bound this way' },
  protocol: { ...field, default: 'tcp', describe: 'Name or number' },
  source: { ...field, describe: 'IPv4 or IPv6 address' },
  'source-port': { ...field, describe: 'Left out: every port from 1024 up' },
  destination: { ...field, describe: 'IPv4 or IPv6 address' },
  'destination-port': { ...field, describe: 'Port; for ICMP see below' },
  'icmp-type': { ...field, describe: 'Number; left out: echo request' },
  'icmp-code': { ...field, describe: 'Number; left out: 0' },
  application: {
    ...place,
    group: 'Session:',
    describe: 'Instead of the first packet: a session that turns out to be NAME (App-ID)',
  },
  batch: { type: 'string', requiresArg: true, describe: 'Trace every row of a CSV FILE', group: 'Many packets:' },
  format: { choices: ['text', 'csv', 'json'] as const, describe: 'text, for --batch csv; or json', group: 'Report:' },
  ...inputOptions,
  ...policyOptions,
  ...reportOptions,
} as const satisfies Record<string, Options>;

export type TraceArguments = ArgumentsCamelCase<{ paths: string[] } & InferredOptionTypes<typeof traceOptions>>;

export function options<T>(yargs: Argv<T>) {
  return yargs
    .positional('paths', { type: 'string', array: true, demandOption: true, describe: 'As for audit' })
    .options(traceOptions);
}

/** What happens to one packet, or to every packet of a CSV file. */
export async function traceCommand(args: TraceArguments, io: Io): Promise<number> {
  const inputs = await openInputs(args.paths, maxFileBytes(args.maxFileSize), io, args.combine);
  const policy = policyFor(args, io, layoutFor({ ...args, output: undefined }, io));
  const assumptions = policy?.policy.assumptions ?? [];
  const { devices, failures } = openDevices(inputs.read(), args.platform, assumptions);
  if (policy !== undefined && assumptions.length > 0) {
    io.stderr.write(`brokerfence: what ${policy.file} assumes is taken to be so\n`);
  }
  for (const { name, message } of failures) io.stderr.write(`brokerfence: ${name}: ${message}\n`);
  return args.batch === undefined ? single(args, devices, failures, io) : traceBatch(args, devices, failures, io);
}

function single(
  args: TraceArguments,
  devices: readonly OpenDevice[],
  failures: readonly FailedInput[],
  io: Io,
): number {
  if (args.format === 'csv') throw new UsageError('--format csv goes with --batch');
  if (devices.length === 0 && failures.length === 0) throw new UsageError('no configuration was found');
  if (devices.length === 0) return EXIT.notUnderstood;
  const report = trace(placeOf(args), packetOf(args), devices);
  if ('kind' in report) throw new UsageError(report.message);
  const tool = { name: 'brokerfence', version: toolVersion() } as const;
  const text = args.format === 'json' ? traceJson(tool, report) : traceText(report, layoutFor(args, io));
  deliver(text, args.output, io);
  return failures.length === 0 ? EXIT.ok : EXIT.notUnderstood;
}

function placeOf({ device = '', from = '', to = '', ruleList = '', direction }: TraceArguments): PlaceFields {
  return { device, from, to, ruleList, direction: direction ?? '' };
}

function packetOf(args: TraceArguments): PacketFields {
  const { protocol, source = '', sourcePort = '', destination = '', application = '' } = args;
  return { protocol, source, sourcePort, destination, destinationPort: destinationPort(args), application };
}

function destinationPort({ destinationPort: port = '', icmpType = '', icmpCode = '' }: TraceArguments): string {
  if (icmpType === '' && icmpCode === '') return port;
  if (port !== '') throw new UsageError('a packet has either a destination port or an ICMP type');
  if (icmpType === '') throw new UsageError('--icmp-code goes with --icmp-type');
  return icmpCode === '' ? icmpType : `${icmpType}/${icmpCode}`;
}
