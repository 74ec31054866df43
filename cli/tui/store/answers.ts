import { traceKey, type Answer, type Question } from '../engine/questions.ts';
import type { Effect } from './effect.ts';
import type { Updated } from './update.ts';
import { viewOf } from '../views/shown-view.ts';
import { keeping, topScreen, type Model, type Remote } from './model.ts';

/** The model with what was asked for in it. */
export function withAnswer(model: Model, answer: Answer): Model {
  switch (answer.kind) {
    case 'opened':
      return { ...model, opened: keeping(model.opened, answer.source, ready(answer.opened)) };
    case 'flows':
      return { ...model, flows: keeping(model.flows, answer.source, ready(answer.devices)) };
    case 'traced':
      return { ...model, traced: keeping(model.traced, traceKey(answer.question), ready(answer.trace)) };
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
    case 'trace':
      return { ...model, traced: keeping(model.traced, traceKey(question), state) };
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

function isAsked({ opened, flows, traced }: Model, question: Question): boolean {
  switch (question.kind) {
    case 'open':
      return opened.has(question.source);
    case 'flows':
      return flows.has(question.source);
    case 'trace':
      return traced.has(traceKey(question));
  }
}
