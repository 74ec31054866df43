/** Where a list stands: the row under the cursor, and the first row that is shown. */
export interface ListState {
  readonly cursor: number;
  readonly top: number;
}

export const LIST_START: ListState = { cursor: 0, top: 0 };

/** How many rows a list has, and how many of them are shown at once. */
export interface Extent {
  readonly length: number;
  readonly height: number;
}

/** The list with its cursor on a row, scrolled no further than needed to show it. */
export function movedTo(list: ListState, row: number, { length, height }: Extent): ListState {
  const cursor = Math.max(0, Math.min(row, length - 1));
  const least = Math.max(0, cursor - Math.max(1, height) + 1);
  const top = Math.min(Math.max(list.top, least), cursor, Math.max(0, length - Math.max(1, height)));
  return cursor === list.cursor && top === list.top ? list : { cursor, top };
}

/** The list with its cursor on a row that stands in the middle, so that what is around it is seen. */
export function centredOn(row: number, { length, height }: Extent): ListState {
  const cursor = Math.max(0, Math.min(row, length - 1));
  const top = Math.max(0, Math.min(cursor - Math.floor(height / 2), length - height));
  return { cursor, top };
}

/** The rows that are shown, as they are after the list has become shorter or the terminal smaller. */
export function shown(
  list: ListState,
  extent: Extent,
): { readonly first: number; readonly end: number; readonly cursor: number } {
  const { cursor, top } = movedTo(list, list.cursor, extent);
  return { first: top, end: Math.min(extent.length, top + extent.height), cursor };
}
