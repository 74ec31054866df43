import { schemaText } from '../reports/schemas.ts';
import { PolicyForm } from './policy-form.ts';

/** JSON Schema (draft 2020-12) of `brokerfence.yaml`, for editors. */
export function policySchema(): string {
  return schemaText(PolicyForm, 'input');
}
