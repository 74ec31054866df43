import { visible } from '../../terminal/visible.ts';
import type { Drawn, Line } from '../line.ts';
import { shown } from '../list.ts';
import type { PreviewDialog, Proposal } from '../store/dialog.ts';
import { previewExtent } from '../store/form-input.ts';
import type { Model } from '../store/model.ts';
import type { Style } from '../theme.ts';

/** The texts begin with the signs of a unified diff. */
const STYLES: Readonly<Record<Proposal['lines'][number]['kind'], Style>> = {
  added: 'good',
  removed: 'danger',
  context: 'plain',
  hunk: 'accent',
};

/** The change of the policy file as a unified diff, before it is written. */
export function previewDrawn(dialog: PreviewDialog, model: Model): Drawn {
  const { path, lines, message } = dialog.proposal;
  const { first, end } = shown(dialog.list, previewExtent(dialog, model));
  return {
    head: [
      [['strong', `This will be written to ${visible(path)}`]],
      [['faint', visible(message ?? 'all other lines stay as they are')]],
    ],
    rows: lines.slice(first, end).map(({ kind, text }): Line => {
      return [[STYLES[kind], visible(text)]];
    }),
  };
}
