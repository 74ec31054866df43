import type { PanNode } from './tree.ts';
import { entries, value } from './tree.ts';

/** What applications are sorted by, and filters ask for. */
const SORTED_BY = new Set(['category', 'subcategory', 'technology', 'risk']);

/** Statements of a filter that do not narrow it. */
const INERT = new Set(['disable-override', 'description']);

/**
 * Whether an application filter surely takes in an application of the text. Only what both say is compared; a filter that
 * asks for anything else (characteristics, tags) surely takes in none. Inside one statement one word has to fit, and every
 * statement has to (PAN-OS Web Interface Help "Objects > Application Filters").
 */
export function surelyFilters(filter: PanNode, application: PanNode): boolean {
  let asked = 0;
  for (const statement of entries(filter)) {
    if (INERT.has(statement.word)) continue;
    if (statement.word === 'exclude') {
      if (statement.children.some(({ word }) => word === application.word)) return false;
      continue;
    }
    const own = value(application, statement.word);
    const fits = SORTED_BY.has(statement.word) && statement.children.some(({ word }) => word === own);
    if (!fits) return false;
    asked += 1;
  }
  return asked > 0;
}
