import type { RulesScreen } from '../store/screens.ts';
import type { View } from '../view.ts';

export const rulesView: View<RulesScreen> = {
  fields: [],
  title: () => 'Rules',
  extent: () => ({ length: 0, height: 1 }),
  draw: () => ({ head: [], rows: [] }),
  act: () => undefined,
  refuses: () => undefined,
  subject: () => ({}),
  needs: () => [],
  export: () => '',
};
