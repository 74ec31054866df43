import type { InspectionProfile } from '../model/rule.ts';
import type { Scope } from './firewall.ts';
import type { Notes } from './notes.ts';
import { effectOf, predefinedEffect } from './inspection-effects.ts';
import { child, entries, type PanNode } from './tree.ts';

type Kind = InspectionProfile['kind'];

/** Kinds of profile by the word that PAN-OS has for them. */
const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['vulnerability', 'vulnerability'],
  ['spyware', 'anti-spyware'],
  ['virus', 'antivirus'],
  ['url-filtering', 'url-filtering'],
  ['file-blocking', 'file-blocking'],
  ['wildfire-analysis', 'sandbox'],
  ['data-filtering', 'data-filtering'],
  ['gtp', 'other'],
  ['sctp', 'other'],
  ['ai-security', 'other'],
]);

/**
 * The profiles that look into the sessions of an allow rule: those it names, or those of the group it names. Profiles act
 * on what a rule allows only ("Security Profiles", PAN-OS Administrator's Guide 11.1). A group called `default` is filled
 * into new rules by the web interface; a rule that names none has none.
 */
export function readInspection(rule: PanNode, scopes: readonly Scope[], notes: Notes): readonly InspectionProfile[] {
  const setting = child(rule, 'profile-setting');
  const named = entries(setting, 'profiles').flatMap((kind) => profilesOf(kind, scopes, notes));
  const grouped = entries(setting, 'group').flatMap((name) => {
    const group = find(scopes, ['profile-group'], name.word);
    if (group !== undefined) {
      notes.mark(group, 'modelled');
      return group.children.flatMap((kind) => profilesOf(kind, scopes, notes));
    }
    undefinedProfile(name, 'security profile group', notes);
    return [{ kind: 'other', name: name.word, effect: 'unknown' } as const];
  });
  return [...named, ...grouped];
}

function profilesOf(kind: PanNode, scopes: readonly Scope[], notes: Notes): readonly InspectionProfile[] {
  // `disable-override` and the like stand beside the kinds in a group.
  const shown = KINDS.get(kind.word);
  if (shown === undefined) return [];
  return kind.children.map((name) => {
    const profile = find(scopes, ['profiles', kind.word], name.word);
    if (profile !== undefined) {
      notes.mark(profile, 'modelled');
      return { kind: shown, name: name.word, effect: effectOf(kind.word, profile), span: profile.span };
    }
    const effect = predefinedEffect(kind.word, name.word);
    if (effect === undefined) undefinedProfile(name, `${kind.word} profile`, notes);
    return { kind: shown, name: name.word, effect: effect ?? 'unknown' };
  });
}

function find(scopes: readonly Scope[], path: readonly string[], name: string): PanNode | undefined {
  for (const { node } of scopes) {
    const found = child(node, ...path, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function undefinedProfile(name: PanNode, what: string, notes: Notes): void {
  notes.diagnose(
    'panos/undefined-profile',
    'note',
    name.span,
    `${what} \`${name.word}\` is not defined in the text`,
    'what it does with the sessions of the rules that name it is not known',
  );
}
