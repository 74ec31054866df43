import type { ChangesScreen } from '../store/screens.ts';
import type { View } from '../view.ts';

export const changesView: View<ChangesScreen> = {
  fields: [],
  title: () => 'Changes',
  extent: () => ({ length: 0, height: 1 }),
  draw: () => ({ head: [], rows: [] }),
  act: () => undefined,
  refuses: () => undefined,
  subject: () => ({}),
  needs: () => [],
  export: () => '',
};
