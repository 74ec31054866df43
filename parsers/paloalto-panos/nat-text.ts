import { child, entries, isYes, value, type PanNode } from './tree.ts';

/** A NAT rule as one canonical line, the same for all forms of a text; only fields that are there, in a fixed order. */
export function natRuleText(node: PanNode): string {
  const parts = [`${node.word}:`];
  for (const word of ['from', 'to', 'to-interface', 'source', 'destination', 'service', 'nat-type']) {
    const values = entries(node, word).map((each) => each.word);
    if (values.length > 0 && !(word === 'nat-type' && values[0] === 'ipv4')) parts.push(word, listed(values));
  }
  const source = child(node, 'source-translation');
  if (source !== undefined && source.children.length > 0) parts.push('source-translation', sourceWords(source));
  const moved = child(node, 'destination-translation') ?? child(node, 'dynamic-destination-translation');
  if (moved !== undefined) parts.push(moved.word, destinationWords(moved));
  return parts.join(' ');
}

function sourceWords(node: PanNode): string {
  return node.children
    .map((kind) => {
      const words = [kind.word];
      const addresses = entries(kind, 'translated-address').map((each) => each.word);
      if (addresses.length > 0) words.push(listed(addresses));
      const port = value(kind, 'interface-address', 'interface');
      if (port !== undefined) words.push('interface', port);
      const address = value(kind, 'interface-address', 'ip') ?? value(kind, 'interface-address', 'floating-ip');
      if (address !== undefined) words.push(address);
      if (isYes(kind, 'bi-directional')) words.push('bi-directional');
      if (child(kind, 'fallback') !== undefined) words.push('with fallback');
      return words.join(' ');
    })
    .join(' ');
}

function destinationWords(node: PanNode): string {
  const words = entries(node, 'translated-address').map((each) => each.word);
  const port = value(node, 'translated-port');
  if (port !== undefined) words.push('port', port);
  const distribution = value(node, 'distribution');
  if (distribution !== undefined) words.push(distribution);
  return words.join(' ');
}

function listed(values: readonly string[]): string {
  return values.length === 1 ? values.join('') : `[ ${values.join(' ')} ]`;
}
