import { traceKey, type Answer, type Question } from '../engine/questions.ts';
import type { Effect } from './effect.ts';
import type { Updated } from './update.ts';
import { viewOf } from '../views/shown-view.ts';
import { jumpsKey, keeping, topScreen, type Model, type Remote } from './model.ts';
import { askedRules, listKey, withEffects, withEffectState } from './asked-rules.ts';

/** The model with what was asked for in it. */
export function withAnswer(model: Model, answer: Answer): Model {
  switch (answer.kind) {
    case 'opened':
      return { ...model, opened: keeping(model.opened, answer.source, ready(answer.opened)) };
    case 'flows':
      return { ...model, flows: keeping(model.flows, answer.source, ready(answer.devices)) };
    case 'compared':
      return answer.against === model.against ? { ...model, comparison: ready(answer.comparison) } : model;
    case 'jumps':
      return { ...model, jumps: keeping(model.jumps, jumpsKey(answer.question), ready(answer.jumps)) };
    case 'traced':
      return { ...model, traced: keeping(model.traced, traceKey(answer.question), ready(answer.trace)) };
    case 'rule-lists':
      return { ...model, ruleLists: keeping(model.ruleLists, answer.source, ready(answer.devices)) };
    case 'rules':
      return { ...model, rules: keeping(model.rules, listKey(answer.of), ready(askedRules(answer.rows))) };
    case 'rule-effects':
      return { ...model, rules: withEffects(model.rules, answer) };
    case 'failed':
      return withState(model, answer.question, { kind: 'failed', message: answer.message });
  }
}

function ready<T>(value: T): Remote<T> {
  return { kind: 'ready', value };
}

function withState(model: Model, question: Question, state: Exclude<Remote<never>, { kind: 'ready' }>): Model {
  switch (question.kind) {
    case 'open':
      return { ...model, opened: keeping(model.opened, question.source, state) };
    case 'flows':
      return { ...model, flows: keeping(model.flows, question.source, state) };
    case 'compare':
      return question.against === model.against ? { ...model, comparison: state } : model;
    case 'jumps':
      return { ...model, jumps: keeping(model.jumps, jumpsKey(question), state) };
    case 'trace':
      return { ...model, traced: keeping(model.traced, traceKey(question), state) };
    case 'rule-lists':
      return { ...model, ruleLists: keeping(model.ruleLists, question.source, state) };
    case 'rules':
      return { ...model, rules: keeping(model.rules, listKey(question), state) };
    case 'rule-effects':
      return { ...model, rules: withEffectState(model.rules, question, state) };
  }
}

/** Asks for what the screen on top needs and nobody has asked for. */
export function withQuestions(model: Model, effects: readonly Effect[]): Updated {
  const open = viewOf(topScreen(model))
    .needs(model)
    .filter((question) => !isAsked(model, question));
  if (open.length === 0) return { model, effects };
  const loading = open.reduce((now, question) => withState(now, question, { kind: 'loading' }), model);
  return { model: loading, effects: [...effects, ...open.map((question) => ({ kind: 'ask', question }) as const)] };
}

function isAsked({ opened, flows, jumps, comparison, ruleLists, rules, traced }: Model, question: Question): boolean {
  switch (question.kind) {
    case 'open':
      return opened.has(question.source);
    case 'flows':
      return flows.has(question.source);
    case 'compare':
      return comparison !== undefined;
    case 'jumps':
      return jumps.has(jumpsKey(question));
    case 'trace':
      return traced.has(traceKey(question));
    case 'rule-lists':
      return ruleLists.has(question.source);
    case 'rules':
      return rules.has(listKey(question));
    case 'rule-effects':
      return false; // The view asks only for rows that nobody has asked for.
  }
}
