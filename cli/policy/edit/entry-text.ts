import type { z } from 'zod';
import { comment } from '../../reports/yaml-parts.ts';
import type { ApprovalForm, WaiverForm } from '../entry-forms.ts';
import { keysAt } from '../policy-form.ts';
import { wrapped, yamlValue } from './yaml-value.ts';

/** Sections that entries are added to. */
export type Section = 'approvals' | 'waivers';

/** Entries as they are written in a policy file. */
export type ApprovalEntry = Readonly<z.input<typeof ApprovalForm>>;
export type WaiverEntry = Readonly<z.input<typeof WaiverForm>>;

/** An entry and the comment above it, which says what it is about. */
export interface Draft<Entry> {
  readonly entry: Entry;
  /** One sentence; absent: no comment. */
  readonly about?: string;
}

/** What an entry consists of, in the order of the form; keys without a value are left out. */
type Fields = readonly (readonly [key: string, value: string | number | boolean | readonly string[]])[];

/** An entry that can be written in either style. */
export interface EntryText {
  /** What YAML reads it as. */
  readonly value: Readonly<Record<string, unknown>>;
  /**
   * As an item of a block list.
   *
   * @param dash blanks before the dash.
   * @param step columns from the dash to the keys, at least 2.
   */
  readonly block: (dash: number, step: number) => readonly string[];
  /** As an item of a flow list. @param margin blanks before each line. */
  readonly flow: (margin: number, blanksInside: boolean) => readonly string[];
  readonly hasComment: boolean;
}

export function entryText(section: Section, { entry, about }: Draft<ApprovalEntry | WaiverEntry>): EntryText {
  const given = new Map(Object.entries(entry));
  const fields: Fields = keysAt([section]).flatMap((key) => {
    const value = given.get(key);
    return value === undefined ? [] : [[key, value] as const];
  });
  const above = (margin: number): string[] => (about === undefined ? [] : comment(about, margin));
  return {
    value: Object.fromEntries(fields),
    hasComment: about !== undefined,
    block: (dash, step) => {
      const lines = fields.flatMap(([key, value]) => fieldLines(key, value, dash + step));
      const first = `${' '.repeat(dash)}-${' '.repeat(step - 1)}${lines[0]?.trimStart() ?? ''}`;
      return [...above(dash), first, ...lines.slice(1)];
    },
    flow: (margin, blanksInside) => {
      const blank = blanksInside ? ' ' : '';
      const items = fields.map(([key, value]) => `${key}: ${inFlow(value)}`);
      const pad = ' '.repeat(margin);
      return [...above(margin), ...wrapped(`${pad}{${blank}`, items, `${blank}}`, `${pad}  `)];
    },
  };
}

/** The entry for a person to paste. */
export function pasted({ block }: EntryText): string {
  return block(2, 2).join('\n');
}

function fieldLines(key: string, value: Fields[number][1], indent: number): string[] {
  const head = `${' '.repeat(indent)}${key}: `;
  if (!isList(value)) return [`${head}${scalar(value, 'block')}`];
  const items = value.map((item) => yamlValue(item, 'flow'));
  return wrapped(`${head}[`, items, ']', ' '.repeat(indent + 2));
}

function inFlow(value: Fields[number][1]): string {
  return isList(value) ? `[${value.map((item) => yamlValue(item, 'flow')).join(', ')}]` : scalar(value, 'flow');
}

function scalar(value: string | number | boolean, style: 'block' | 'flow'): string {
  return typeof value === 'string' ? yamlValue(value, style) : String(value);
}

function isList(value: Fields[number][1]): value is readonly string[] {
  return Array.isArray(value);
}
