import { Box, Text, useInput, usePaste, useWindowSize } from 'ink';
import { useEffect, useSyncExternalStore } from 'react';
import { keyName } from './key-name.ts';
import { frameLines } from './frame.ts';
import type { Store } from './store/store.ts';
import type { Theme } from './theme.ts';

interface Props {
  readonly store: Store;
  readonly theme: Theme;
}

/** The whole screen: as many lines as the terminal has, each a text of its own. */
export function App({ store, theme }: Props) {
  const model = useSyncExternalStore(store.subscribe, store.model);
  const { columns, rows } = useWindowSize();
  useEffect(() => store.dispatch({ kind: 'resize', size: { columns, rows } }), [store, columns, rows]);
  useInput((input, key) => {
    const name = keyName(input, key);
    // Escape and a key that follow each other closely arrive as one with Alt, which nothing here is bound to.
    if (key.meta && !key.escape) store.dispatch({ kind: 'key', key: 'esc' });
    // What has no name of its own and is longer than a character came in one piece.
    const isText = name === input && !/^.\p{M}*$/su.test(name);
    store.dispatch(isText ? { kind: 'keys', text: input } : { kind: 'key', key: name });
  });
  usePaste((text) => store.dispatch({ kind: 'text', text }));
  return (
    <Box flexDirection="column" width={model.size.columns} height={model.size.rows}>
      {frameLines(model, theme).map((line, row) => (
        // Rows are places of the screen: there is nothing else that tells them apart.
        // oxlint-disable-next-line react/no-array-index-key -- see above
        <Text key={row} wrap="truncate">
          {line === '' ? ' ' : line}
        </Text>
      ))}
    </Box>
  );
}
