import type { DeviceReport } from '../../checks/device-report.ts';
import type { Run } from './run.ts';
import { foundNetworks } from '../../checks/policy/own-networks.ts';
import { proposalsFor } from '../../checks/policy/proposals.ts';
import { count } from './layout.ts';
import { EXAMPLES, type ExampleSection } from './policy-examples.ts';
import { proposalLines } from './policy-proposals.ts';
import { segmentLines } from './policy-segments.ts';
import { comment } from './yaml-parts.ts';

/**
 * A policy file to begin with: trust as it was inferred with its reasons, everything that is permitted now as proposals that
 * approve nothing, and examples of the rest. An audit with it finds what an audit without it finds.
 */
export function policyDraft(run: Run): string {
  const devices = run.sources.flatMap((source) => source.devices);
  const sections = [
    head(run),
    ['version: 1'],
    networks(devices),
    segmentLines(devices),
    approvals(devices),
    ...EXAMPLES.map(example),
  ];
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function head({ sources, failures, totals }: Run): string[] {
  return [
    ...comment(
      `Policy of brokerfence, drafted from ${count(totals.devices, 'device')} in ${count(sources.length, 'input')}. Go through it, correct it, and keep it beside the configurations.`,
    ),
    ...(failures.length === 0
      ? []
      : comment(`Not read, so missing here: ${failures.map(({ name, message }) => `${name} ${message}`).join('; ')}.`)),
  ];
}

function networks(devices: readonly DeviceReport[]): string[] {
  const { sure, contested } = foundNetworks(devices);
  return [
    ...comment(
      'Networks of the organisation: a segment with an address in one is internal unless it is listed below. These are the private networks that internal segments are connected to.',
    ),
    ...(sure.length + contested.length === 0 ? ['networks: []'] : ['networks:']),
    ...sure.map((network) => `  - ${network}`),
    ...(contested.length === 0
      ? []
      : comment('A segment of unknown trust is connected to these, too; to list them makes it internal.', 2)),
    ...contested.map((network) => `  # - ${network}`),
  ];
}

function approvals(devices: readonly DeviceReport[]): string[] {
  const { proposals, leftOut } = proposalsFor(devices);
  return [
    ...comment(
      'Messaging that is needed. These are proposals from what is permitted now: with "reviewed: false" they approve nothing. Delete the ones that nobody needs and close what permits them; give the others an owner, a reason and a day on which they end, narrow their addresses, and take "reviewed: false" away.',
    ),
    proposals.length === 0 ? 'approvals: []' : 'approvals:',
    ...proposals.flatMap(proposalLines),
    ...(leftOut === 0
      ? []
      : comment(
          `${count(leftOut, 'further flow')} of other clients, brokers or services left out; "brokerfence flows" shows them all.`,
          2,
        )),
  ];
}

function example({ about, yaml }: ExampleSection): string[] {
  return [
    ...comment(about),
    ...yaml
      .trimEnd()
      .split('\n')
      .map((line) => `# ${line}`),
  ];
}
