/** Adding entries to policy texts, in a world that holds nothing but the policy. */
import { expect } from 'vitest';
import type { Policy } from '../../../checks/policy/policy.ts';
import type { FileProblem as PolicyProblem } from '../../../cli/yaml/problem.ts';
import { addApproval, addWaiver, type Edit } from '../../../cli/policy/edit/add-entry.ts';
import type { ApprovalEntry, Draft, WaiverEntry } from '../../../cli/policy/edit/entry-text.ts';
import { MemoryFiles, type Node } from '../support/memory-files.ts';
import { FILE, policyOf } from '../policy/policies.ts';

export const WAIVER: Draft<WaiverEntry> = {
  about: 'mqtt from outside to dmz on edge-1: reachable from anywhere',
  entry: { fingerprint: '00112233445566aa', reason: 'lab, until it moves', owner: 'net', expires: '2027-03-31' },
};

export const APPROVAL: Draft<ApprovalEntry> = {
  about: 'mqtts from outside to dmz on edge-1',
  entry: {
    name: 'plant feed',
    services: ['mqtts'],
    clients: ['192.0.2.0/24', '2001:db8::7'],
    brokers: ['10.2.0.5'],
    direction: 'exposure',
    devices: ['edge-1'],
    owner: 'plant',
    reason: 'telemetry: hourly',
  },
};

type Files = Readonly<Record<string, Node>>;

export function waiving(text: string | undefined, draft = WAIVER, beside: Files = {}): Edit {
  return addWaiver(text, draft, { path: FILE, files: world(text, beside) });
}

export function approving(text: string | undefined, draft = APPROVAL, beside: Files = {}): Edit {
  return addApproval(text, draft, { path: FILE, files: world(text, beside) });
}

function world(text: string | undefined, beside: Files): MemoryFiles {
  return new MemoryFiles({ ...(text === undefined ? {} : { [FILE]: text }), ...beside });
}

/** The edited text. */
export function edited(edit: Edit): string {
  if (edit.kind === 'problems') throw new Error(edit.problems.map(({ message }) => message).join('\n'));
  return edit.text;
}

export function problemsIn(edit: Edit): readonly string[] {
  return edit.kind === 'edited' ? [] : edit.problems.map(({ message }: PolicyProblem) => message);
}

/** Policies without the places of their entries, which move when lines are put in. */
function placeless(policy: Policy): unknown {
  const clean = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, each]) => (key === 'place' || key === 'source' ? [] : [[key, clean(each)]])),
    );
  };
  return clean(policy);
}

/** Expects the policy of the text after the edit to be that before it and one entry of the section more. */
export function expectOneMore(
  before: string,
  after: string,
  section: 'waivers' | 'approvals',
  beside: Files = {},
): void {
  const [old, now] = [before, after].map((text) => policyOf({ [FILE]: text, ...beside }));
  if (old === undefined || now === undefined) throw new Error('two policies go in');
  expect(now[section].length).toBe(old[section].length + 1);
  expect(placeless({ ...now, [section]: now[section].slice(0, -1) })).toEqual(placeless(old));
}
