import { ANY_ADDRESS } from '../model/address.ts';
import type { Stage } from '../model/device.ts';
import { exactly, type RuleList } from '../model/rule.ts';
import { ANY_SERVICE } from '../model/service.ts';
import type { Span } from '../source.ts';
import type { Notes } from './notes.ts';
import { child, value, type PanNode } from './tree.ts';

/**
 * Where `ipv6-firewalling` is switched off; it is on unless the text says so (Palo Alto Networks knowledge base, "How to Enable
 * and Disable IPv6 Firewalling").
 */
export function readIp6Firewalling(root: PanNode, notes: Notes): Span | undefined {
  const node = child(root, 'deviceconfig', 'setting', 'session', 'ipv6-firewalling');
  if (node === undefined || value(node) === undefined) return undefined;
  notes.mark(node, 'modelled');
  if (value(node) !== 'no') return undefined;
  notes.mark(node, 'conditional');
  notes.diagnose(
    'panos/ipv6-firewalling',
    'warning',
    node.span,
    'IPv6 firewalling is switched off',
    'IPv6 crosses virtual wires unfiltered; what else becomes of it is not documented, so that it may pass everywhere',
  );
  return node.span;
}

/**
 * The security policy of a firewall that does not filter IPv6. Over a virtual wire, "IPv6 traffic is forwarded transparently"
 * then (PAN-OS networking administrator's guide, "Layer 2 and Layer 3 Packets over a Virtual Wire"). For other interfaces the web
 * interface help only has it that settings for IPv6 are ignored: it may pass, and it may not.
 */
export function withoutIp6(stage: Stage, isWire: boolean, span: Span): Stage {
  if (isWire) return { ...stage, family: 4 };
  const name = 'ipv6-firewalling no';
  const list: RuleList = {
    name,
    kind: 'session setting',
    family: 6,
    span,
    rules: [
      {
        id: '#1',
        text: name,
        span,
        action: { kind: 'unknown', word: 'ipv6-firewalling no' },
        match: { source: exactly(ANY_ADDRESS), destination: exactly(ANY_ADDRESS), service: exactly(ANY_SERVICE) },
        conditions: [{ kind: 'vendor-unverified', name, span }],
        enabled: true,
        logging: { logs: 'no', detail: '' },
        objects: [],
      },
    ],
  };
  const binding = {
    list: name,
    direction: 'in',
    attachedTo: 'global',
    family: 6,
    defined: true,
    plane: 'transit',
    span,
  } as const;
  return { ...stage, lists: [{ list, binding }, ...stage.lists] };
}
