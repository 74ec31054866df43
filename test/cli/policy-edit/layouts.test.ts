/** Whatever the layout of a file: an edit adds one entry and leaves every other byte as it was. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadPolicy } from '../../../cli/policy/load-policy.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { FILE } from '../policy/policies.ts';
import { APPROVAL, approving, edited, expectOneMore, WAIVER, waiving } from './editing.ts';
import { policyText } from './layouts.ts';

/** The text without what says that a section is empty, and without the blanks before it. */
function withoutEmpty(text: string, section: string): string {
  return text.replace(new RegExp(`^("?${section}"?:)[ ]+(?:\\[ ?\\]|null|~)`, 'mu'), '$1');
}

/** Expects the lines of one text among those of another, in their order. */
function expectLinesIn(old: string, text: string): void {
  const lines = text.split(/\r?\n/u);
  let at = 0;
  for (const line of old.split(/\r?\n/u)) {
    const found = lines.indexOf(line, at);
    expect(found, `"${line}" of\n${old}\nin\n${text}`).toBeGreaterThanOrEqual(at);
    at = found + 1;
  }
}

/** A list in [ ] that holds something: its last entry gets a comma, and it may close in another line. */
function isFlow(text: string, section: string): boolean {
  return new RegExp(`^"?${section}"?: \\[(?! ?\\])`, 'mu').test(text);
}

const drafts = [
  ['waivers', (text: string) => waiving(text)],
  ['waivers', (text: string) => waiving(text, { entry: WAIVER.entry })],
  ['approvals', (text: string) => approving(text)],
] as const;

test('the texts of these tests are policies of many layouts', () => {
  const texts = fc.sample(policyText, 200);
  for (const text of texts) {
    const loaded = loadPolicy(FILE, new MemoryFiles({ [FILE]: text }));
    expect(loaded.kind, text).toBe('policy');
  }
  expect(new Set(texts).size).toBeGreaterThan(150);
});

test('one entry is added, and all lines are there as they were', () => {
  fc.assert(
    fc.property(policyText, fc.constantFrom(...drafts), (before, [section, add]) => {
      const after = edited(add(before));
      expectOneMore(before, after, section);
      if (!isFlow(before, section)) expectLinesIn(withoutEmpty(before, section), after);
      expect(/\r?\n$/u.exec(after)?.[0]).toBe(/\r?\n$/u.exec(before)?.[0]);
    }),
    { numRuns: 400 },
  );
});

test('bytes are only put in, in one place and a comma before it, with the line ends of the file', () => {
  fc.assert(
    fc.property(policyText, fc.constantFrom(...drafts), (before, [section, add]) => {
      const after = edited(add(before));
      const old = withoutEmpty(before, section);
      const head = commonStart(old, after);
      const tail = commonEnd(old.slice(head), after.slice(head));
      // Between head and tail only what stands behind the comma: a comment, at most.
      const between = old.slice(head, old.length - tail);
      expect(between === '' || isFlow(before, section)).toBe(true);
      expect(between.split('\n').filter((line) => !/^\s*(?:#|$)/u.test(line))).toEqual([]);
      expect(after.slice(head, after.length - tail)).toContain(between);
      if (before.includes('\r\n')) expect(after.replaceAll('\r\n', '')).not.toContain('\n');
      else expect(after).not.toContain('\r');
    }),
    { numRuns: 400 },
  );
});

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

function commonEnd(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a.at(-1 - length) === b.at(-1 - length)) length += 1;
  return length;
}

test('entry after entry, each is added behind the one before', () => {
  fc.assert(
    fc.property(policyText, (before) => {
      let text = before;
      for (const name of ['first', 'second', 'third']) {
        const after = edited(approving(text, { ...APPROVAL, entry: { ...APPROVAL.entry, name } }));
        expectOneMore(text, after, 'approvals');
        text = edited(waiving(after));
        expectOneMore(after, text, 'waivers');
      }
    }),
    { numRuns: 60 },
  );
});
