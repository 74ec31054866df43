import type { Capture } from '../platform.ts';
import type { Line } from '../syntax/lines.ts';
import type { TreeBuilder } from './build.ts';
import { child, entries, type PanNode } from './tree.ts';

/**
 * What a text is. `merged`: a firewall's own statements with what a manager pushed laid in (`show config merged`).
 * `pushed-policy`, `pushed-template`: only what the manager pushed. `fragment`: less than a device's configuration.
 */
export type Role = 'firewall' | 'panorama' | 'pushed-policy' | 'pushed-template' | 'merged' | 'fragment';

/** What the words at a tree's top and the command above it say that it is. */
export function roleOf({ root, isPushedTemplate }: TreeBuilder, typed: string): Role {
  const has = (word: string): boolean => root.get(word) !== undefined;
  const isDevice = has('deviceconfig') || has('network') || has('mgt-config');
  if (['device-group', 'template', 'template-stack', 'log-collector-group'].some(has)) return 'panorama';
  if (typed === 'pushed-template' || (isPushedTemplate && !has('mgt-config'))) return 'pushed-template';
  const hasOwn = isDevice || has('vsys');
  if (typed === 'pushed-shared-policy' && !isDevice) return 'pushed-policy';
  if (child(root, 'policy') !== undefined && !hasOwn) return 'pushed-policy';
  // A firewall keeps what was pushed to its virtual systems below `panorama vsys`.
  if (root.get('panorama')?.children.some(({ word }) => word !== 'vsys') === true && !has('vsys')) return 'panorama';
  const shared = root.get('shared');
  if (shared?.get('pre-rulebase') !== undefined || shared?.get('post-rulebase') !== undefined)
    return hasOwn ? 'panorama' : 'pushed-policy';
  if (typed === 'merged' || child(root, 'policy', 'panorama') !== undefined) return 'merged';
  if (root.get('vsys')?.children.some(hasLocations) === true) return 'merged';
  return isDevice ? 'firewall' : 'fragment';
}

/** A rule says which device group it is from: only merged views show that. */
function hasLocations(system: PanNode): boolean {
  return ['pre-rulebase', 'rulebase', 'post-rulebase'].some((each) =>
    entries(system, each, 'security', 'rules').some(({ location }) => location !== undefined),
  );
}

/** The command whose output a text is, where a terminal's capture shows it. */
export interface TypedCommand {
  /** `merged`, `pushed-shared-policy`, …; empty: not shown. */
  readonly what: string;
  /** The virtual system that was asked for. */
  readonly vsys: string | undefined;
}

/** The `show config …` that was typed above a configuration. */
export function typedCommand(lines: readonly Line[]): TypedCommand {
  for (const { text } of lines.slice(0, 60)) {
    const found = /^(?:[^<{]*[>#] *|[#!]? *)show config (?<what>[a-z-]+)(?: vsys (?<vsys>[\w-]+))?/.exec(text)?.groups;
    if (found !== undefined) return { what: found['what'] ?? '', vsys: found['vsys'] };
  }
  return { what: '', vsys: undefined };
}

/** What part of a device a text is, from its beginning alone. */
export function capture(beginning: string): Capture | undefined {
  const text = beginning.replace(/^\uFEFF/, '');
  const typed = /\bshow config (?<what>pushed-shared-policy|pushed-template|merged|running)/.exec(text)?.groups?.[
    'what'
  ];
  const first = /<(?!\?|!|response\b|result\b|root\b)(?<name>[A-Za-z][\w-]*)/.exec(text)?.groups?.['name'];
  const isXml = /^[^<{]*</.test(text);
  const isPolicy = isXml ? first === 'policy' : /^\s*policy \{\s*panorama \{/m.test(text);
  const isCounted = isXml ? first === 'rule-hit-count' : /^(?:\S+[>#]\s*)?show rule-hit-count\s/.test(text);
  if (isCounted) return { role: 'part', what: 'hit counts of rules' };
  if (typed === 'pushed-shared-policy' || (isPolicy && !/<config\b|^\s*config \{/m.test(text)))
    return { role: 'part', what: 'policy pushed by Panorama' };
  const isTemplate = isXml
    ? first === 'template' && !/<template\b[^>]*>\s*<entry\b/.test(text)
    : /^\s*template \{\s*config \{/m.test(text);
  if (typed === 'pushed-template' || isTemplate) return { role: 'part', what: 'template pushed by Panorama' };
  if (typed === 'merged') return { role: 'whole', what: 'merged configuration' };
  return undefined;
}
