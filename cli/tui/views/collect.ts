import type { CollectScreen } from '../store/screens.ts';
import type { View } from '../view.ts';

export const collectView: View<CollectScreen> = {
  fields: [],
  title: () => 'Collect',
  extent: () => ({ length: 0, height: 1 }),
  draw: () => ({ head: [], rows: [] }),
  act: () => undefined,
  refuses: () => undefined,
  subject: () => ({}),
  needs: () => [],
  export: () => '',
};
