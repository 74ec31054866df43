import { schemaText } from '../../reports/schemas.ts';
import { InventoryForm } from './inventory-form.ts';

/** JSON Schema (draft 2020-12) of `devices.yaml`, for editors. */
export function inventorySchema(): string {
  return schemaText(InventoryForm, 'input');
}
