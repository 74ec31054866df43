import { edited, typed, type TextField } from '../text-field.ts';
import type { UiInput } from './event.ts';

/** The field after what was typed; undefined where the key is none that a field knows. */
export function fieldInput(field: TextField, input: UiInput): TextField | undefined {
  if (input.kind === 'text') return typed(field, input.text);
  const after = edited(field, input.key);
  if (after !== undefined) return after;
  const isCharacter = /^.\p{M}*$/su.test(input.key);
  return isCharacter ? typed(field, input.key) : undefined;
}
