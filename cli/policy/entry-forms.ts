import { z } from 'zod';
import { CHECKS, SERVICES } from '../../checks/index.ts';
import type { AddressSet } from '../../parsers/model/address.ts';
import { SEVERITIES } from '../../checks/finding.ts';
import { unknownName } from '../trace/near-matches.ts';
import { readAddresses, readDay, readNetwork, readPorts, type Reading } from './written-values.ts';

/*
 * The entries of a policy file. Descriptions are what an editor shows; problems are found as far as one entry shows them. What
 * entries say of one another is the business of `agreement.ts`.
 */

/** A text that means a value. */
const written = <T>(read: (text: string) => Reading<T>) =>
  z.string().transform((text, context): T => {
    const reading = read(text);
    if (reading.kind === 'value') return reading.value;
    context.addIssue({ code: 'custom', message: reading.message });
    return z.NEVER;
  });

const words = z.string().trim().min(1);
const names = z.array(words).min(1);
const pattern = words.meta({ examples: ['edge-*', '*'] });
const day = written(readDay)
  .describe('Last day it is in force, in UTC: 2027-03-31. Without it, it does not expire.')
  .meta({ examples: ['2027-03-31'] });

/** `any`, one network, or a list of them, as a set. */
const addresses = (isAnyAllowed: boolean) =>
  z
    .union([words, names], {
      error: `must be ${isAnyAllowed ? 'any, ' : ''}an address, a network or a list such as [10.1.0.0/16, 10.2.0.5-10.2.0.9]`,
    })
    .transform((given, context): AddressSet => {
      const list = typeof given === 'string' ? [given] : given;
      if (!isAnyAllowed && list[0]?.toLowerCase() === 'any') {
        context.addIssue({ code: 'custom', message: 'any is no list of addresses here' });
        return z.NEVER;
      }
      const read = readAddresses(list);
      if ('include' in read) return read;
      for (const { index, message } of read) {
        context.addIssue({ code: 'custom', message, path: typeof given === 'string' ? [] : [index] });
      }
      return z.NEVER;
    });

/** Names of the catalogue, with the nearest for one that is not there. */
const known = (what: string, all: readonly string[]) =>
  words.refine((name) => all.includes(name), { error: ({ input }) => unknownName(what, String(input), all) });

const checkIds = CHECKS.map(({ id }) => id);
const families = [...new Set(SERVICES.map(({ family }) => family))];

/** A network as written: what it means is worked out where it is used. */
export const NetworkForm = words.superRefine((text, context) => {
  const reading = readNetwork(text);
  if (reading.kind === 'wrong') context.addIssue({ code: 'custom', message: reading.message });
});

export const SegmentForm = z.strictObject({
  device: pattern.default('*').describe('Devices, by name; * stands for anything. Default: every device.'),
  segment: pattern.describe(
    'Zone, nameif or interface; * stands for anything. Of several entries that fit, one that is narrower and stands below counts, and one of a later file.',
  ),
  role: z
    .enum(['internal', 'untrusted', 'dmz', 'partner', 'management', 'ot'])
    .describe('What the segment faces. partner counts as untrusted, ot and management as your own.'),
});

export const ServiceForm = z
  .strictObject({
    name: words
      .regex(/^[a-z0-9][a-z0-9.-]*$/u, { error: 'must be small letters, digits, dots and dashes' })
      .refine((name) => !name.endsWith('-family'), {
        error: '"name" must not end in -family, which stands for a whole family',
      })
      .describe('As in findings and approvals. The name of a service that is known already replaces it.'),
    protocol: z.enum(['tcp', 'udp']).describe('Transport protocol.'),
    port: z.int().min(1).max(65535).describe('Destination port.'),
    like: known(
      'service',
      SERVICES.map(({ name }) => name),
    )
      .optional()
      .describe('A known service that this one is like in every way that is not given.'),
    family: z.enum(families).optional().describe('Protocol family. Needed unless like is given.'),
    'transport-security': z
      .enum(['cleartext', 'tls', 'starttls', 'unknown'])
      .optional()
      .describe('How the transport is protected. Default: as like has it, else unknown.'),
    role: z
      .enum(['client', 'server-to-server', 'cluster', 'management', 'websocket', 'discovery'])
      .optional()
      .describe('Who talks over it. Default: as like has it, else client.'),
    tier: z
      .enum(['core', 'kin'])
      .optional()
      .describe('kin is reported one step more mildly. Default: as like has it, else core.'),
    title: words.optional().describe('For showing. Default: the name.'),
    note: words.optional().describe('What to know about it.'),
  })
  .superRefine(({ like, family }, context) => {
    if (like !== undefined || family !== undefined) return;
    context.addIssue({ code: 'custom', message: 'a service needs a family, or the service that it is like' });
  })
  .meta({ anyOf: [{ required: ['like'] }, { required: ['family'] }] });

export const ApprovalForm = z
  .strictObject({
    name: words.describe('Names the approval in findings; unique.'),
    services: names
      .optional()
      .describe('Services by name (mqtts), or every service of a family (mqtt-family).')
      .meta({ examples: [['mqtts', 'amqp-family']] }),
    ports: z
      .array(written(readPorts))
      .min(1)
      .optional()
      .describe('Destination ports: tcp/8883, udp/5683, tcp/9000-9010.')
      .meta({ examples: [['tcp/8883', 'tcp/9000-9010']] }),
    applications: names
      .optional()
      .describe('Applications as devices recognise them (mqtt), approved on whatever port they use.'),
    clients: addresses(true).describe('Who may connect: any, or addresses, networks and ranges.'),
    brokers: addresses(true).describe(
      'Where to: any, or addresses, networks and ranges. The real ones, before any translation.',
    ),
    direction: z
      .enum(['exposure', 'egress', 'lateral', 'any'])
      .default('any')
      .describe(
        'exposure: from untrusted to own; egress: from own to untrusted; lateral: between own networks. Default: any.',
      ),
    transport: z
      .enum(['tls', 'any'])
      .default('any')
      .describe(
        'tls: services that carry messages in clear text are not approved, even if they are named. Default: any.',
      ),
    devices: z
      .array(pattern)
      .min(1)
      .default(['*'])
      .describe('Devices it is for, by name; * stands for anything. Default: all.'),
    owner: words.optional().describe('Who answers for it. Needed once it is reviewed.'),
    reason: words.optional().describe('What it is needed for. Needed once it is reviewed.'),
    ticket: z
      .union([words, z.int()], { error: 'must be text or a number' })
      .optional()
      .describe('Where it was decided.'),
    expires: day.optional(),
    reviewed: z.boolean().default(true).describe('false: a proposal, which approves nothing yet. Default: true.'),
  })
  .superRefine(({ services, ports, applications, reviewed, owner, reason, clients, brokers }, context) => {
    const say = (message: string, path?: string): void =>
      context.addIssue({ code: 'custom', message, path: path === undefined ? [] : [path] });
    if (services === undefined && ports === undefined && applications === undefined) {
      say('an approval needs services, ports or applications; without them it can match nothing');
    }
    if (reviewed && owner === undefined)
      say('"owner" is missing (a proposal with reviewed: false needs none)', 'owner');
    if (reviewed && reason === undefined)
      say('"reason" is missing (a proposal with reviewed: false needs none)', 'reason');
    if (!sharesFamily(clients, brokers)) {
      say('clients and brokers are of different IP versions, so that it can match nothing', 'brokers');
    }
  })
  .meta({
    anyOf: [{ required: ['services'] }, { required: ['ports'] }, { required: ['applications'] }],
    if: { properties: { reviewed: { const: false } }, required: ['reviewed'] },
    else: { required: ['owner', 'reason'] },
  });

function sharesFamily(clients: AddressSet, brokers: AddressSet): boolean {
  return clients.include.some(({ kind }) => brokers.include.some((broker) => broker.kind === kind));
}

export const BlockListForm = z
  .strictObject({
    name: words.describe('Names the list in findings; unique.'),
    file: words
      .optional()
      .describe('File with a network or address a line, # and ; for comments; relative to this file.'),
    networks: addresses(false).optional().describe('Addresses, networks and ranges.'),
    source: words.optional().describe('Where the list comes from, for reports: a feed, a date, a person.'),
  })
  .superRefine(({ file, networks }, context) => {
    if (file !== undefined || networks !== undefined) return;
    context.addIssue({ code: 'custom', message: 'a block list needs a file or networks' });
  })
  .meta({ anyOf: [{ required: ['file'] }, { required: ['networks'] }] });

export const AssumeForm = z.strictObject({
  fqdn: z.record(words, addresses(false)).nullish().describe('Addresses that host names stand for.'),
  'time-ranges': z
    .record(words, z.enum(['active', 'inactive']))
    .nullish()
    .describe('Whether time ranges and schedules are active.'),
  users: z
    .record(words, z.enum(['matches', 'no-match']))
    .nullish()
    .describe('Whether the sender is taken for a member of users and groups that rules ask for.'),
});

export const WaiverForm = z
  .strictObject({
    fingerprint: words
      .regex(/^[0-9a-f]{16}$/u, { error: 'must be the 16 hexadecimal digits that a finding shows' })
      .optional()
      .describe('Of one finding.'),
    check: known('check', checkIds).meta({ enum: checkIds }).optional().describe('Findings of this check.'),
    device: pattern.optional().describe('Findings on these devices; * stands for anything.'),
    rule: words
      .optional()
      .describe('Findings that this rule decides: its list and id as findings write them; * stands for anything.')
      .meta({ examples: ['OUTSIDE-IN: 30', 'OUTSIDE-IN: *'] }),
    reason: words.describe('Why it is accepted.'),
    owner: words.describe('Who answers for it.'),
    expires: day.optional(),
  })
  .superRefine(({ fingerprint, check, device, rule }, context) => {
    if ([fingerprint, check, device, rule].some((given) => given !== undefined)) return;
    const message =
      'a waiver needs a fingerprint, or a check, device or rule; every finding cannot be accepted at once';
    context.addIssue({ code: 'custom', message });
  })
  .meta({ anyOf: ['fingerprint', 'check', 'device', 'rule'].map((key) => ({ required: [key] })) });

export const ChecksForm = z.partialRecord(z.enum(checkIds), z.enum(['off', 'on', ...SEVERITIES]));
