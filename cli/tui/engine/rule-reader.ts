import type { Day, Policy } from '../../../checks/policy/policy.ts';
import type { RuleDetails, RuleRow } from '../../../checks/rule-table/rule-table.ts';
import type { OpenedInput } from '../../run.ts';
import type { Answer, ListedRule, ListPlace, Question } from './questions.ts';
import { SERVICES } from '../../../checks/index.ts';
import { withOwnServices } from '../../../checks/policy/settings.ts';
import { createRuleTables, type OpenList, type RuleTables } from '../../../checks/rule-table/rule-tables.ts';

type RuleQuestion = Extract<Question, { kind: 'rule-lists' | 'rules' | 'rule-effects' }>;

/** Terms of a field that are handed over with a rule: a block list may have a hundred thousand. */
const MOST_TERMS = 60;
/** Characters of what the columns of one list shorten, so that filters look at all of it. */
const MOST_FULL = 8_000_000;

/** Answers questions about the rule lists of an input, and holds the tables of the device that was asked about last. */
export class RuleReader {
  readonly #today: Day;
  #held: { readonly opened: OpenedInput; readonly device: number; readonly tables: RuleTables } | undefined;

  constructor(today: Day) {
    this.#today = today;
  }

  answer(question: RuleQuestion, opened: OpenedInput, policy: Policy): Answer {
    if (question.kind === 'rule-lists') {
      const devices = opened.result.devices.map((device) => ({
        device: device.name,
        segments: device.segments.map(({ name }) => name),
        lists: createRuleTables({ device, catalogue: [], findings: [] }).lists,
      }));
      return { kind: 'rule-lists', source: question.source, devices };
    }
    const { source, device, list } = question;
    const of: ListPlace = { source, device, list };
    const table = this.#open(of, opened, policy);
    if (table === undefined) return { kind: 'failed', question, message: `${source} no longer has this rule list` };
    if (question.kind === 'rules') return { kind: 'rules', of, rows: listedRules(table) };
    const judged = question.rows
      .filter((index) => index < table.rows.length)
      .map((index) => ({ index, effect: table.effect(index), details: shortened(table.details(index)) }));
    return { kind: 'rule-effects', of, judged, ...(question.end ? { end: table.end() } : {}) };
  }

  #open({ device, list }: ListPlace, opened: OpenedInput, policy: Policy): OpenList | undefined {
    if (this.#held?.opened !== opened || this.#held.device !== device) {
      const model = opened.devices[device]?.evaluate().device;
      if (model === undefined) return undefined;
      const catalogue = withOwnServices(SERVICES, policy);
      // Findings are the fleet's and are counted there.
      const tables = createRuleTables({ device: model, catalogue, findings: [], today: this.#today });
      this.#held = { opened, device, tables };
    }
    const { tables } = this.#held;
    return list < tables.lists.length ? tables.open(list) : undefined;
  }
}

function listedRules(list: OpenList): ListedRule[] {
  let left = MOST_FULL;
  return list.rows.map((row) => {
    if (left <= 0 || !isShortened(row)) return row;
    const { source, destination, service } = list.details(row.index);
    const full = { source: source.join(' '), destination: destination.join(' '), service: service.join(' ') };
    left -= full.source.length + full.destination.length + full.service.length;
    return { ...row, full };
  });
}

/** `short` has at most two terms. */
function isShortened({ source, destination, service }: RuleRow): boolean {
  return [source, destination, service].some(({ terms }) => terms > 2);
}

function shortened(details: RuleDetails): RuleDetails {
  const { source, destination, service, applications } = details;
  return {
    ...details,
    source: firstOf(source),
    destination: firstOf(destination),
    service: firstOf(service),
    applications: firstOf(applications),
  };
}

function firstOf(terms: readonly string[]): readonly string[] {
  if (terms.length <= MOST_TERMS) return terms;
  return [...terms.slice(0, MOST_TERMS), `and ${terms.length - MOST_TERMS} more`];
}
