import type { AddressSet } from '../model/address.ts';
import type { Condition } from '../model/condition.ts';
import type { ObjectUse, Tri } from '../model/rule.ts';
import type { ServiceSet } from '../model/service.ts';
import type { Span } from '../source.ts';
import type { PanNode } from './tree.ts';

/* What stands between reading texts and making devices of them: firewalls as they run, whoever wrote their parts. */

/** A place where named objects are defined: its node has the children `address`, `address-group`, `service`, … */
export interface Scope {
  /** `vsys1`, `shared`, `device group BRANCHES`. */
  readonly title: string;
  readonly node: PanNode;
}

/** The rules of one place of the order of evaluation. */
export interface Rulebase {
  /** `shared pre-rules`, `pre-rules of device group DC`, `rules of vsys1`. */
  readonly title: string;
  readonly where: 'pre' | 'local' | 'post';
  /** Has the children `security`, `nat`, `application-override`, `decryption`, …; each with `rules`. */
  readonly node: PanNode;
  /** Where names in its rules are looked up, nearest first. One array for all firewalls of a device group. */
  readonly scopes: readonly Scope[];
  /**
   * False for rules whose `target` names other firewalls only; `perhaps` where the text does not tell (targets by tags that
   * are not in it): such a rule is conditional. Absent: every rule of it is for this firewall.
   */
  readonly appliesTo?: (rule: PanNode) => boolean | 'perhaps';
}

/** Rules that must be there and are in none of the texts: they may permit and they may deny. */
export interface MissingRules {
  /** `rules pushed by Panorama`. */
  readonly title: string;
  readonly where: 'pre' | 'post';
  /** The line that says that there are some. */
  readonly span: Span;
}

/** Changed default rules (`intrazone-default`, `interzone-default`) of one place. */
export interface DefaultRules {
  readonly title: string;
  /** Its children are the entries. */
  readonly node: PanNode;
  readonly scopes: readonly Scope[];
}

/** A virtual system: a device of its own. */
export interface VirtualSystem {
  /** Name of the device: `fw1`, or `fw1/vsys2` where the firewall has several. */
  readonly name: string;
  /** `vsys1`. */
  readonly id: string;
  /** `display-name`, where it has one. */
  readonly title: string | undefined;
  /**
   * Its own statements: `zone`, `import`, and local objects and rulebases. Parts of it may be nodes of a template, whose
   * `parent` then leads into the template.
   */
  readonly node: PanNode;
  /** In the order of evaluation. */
  readonly rulebases: readonly (Rulebase | MissingRules)[];
  /** The one that counts first. */
  readonly defaultRules: readonly DefaultRules[];
  /** Where names in its own statements are looked up, nearest first. */
  readonly scopes: readonly Scope[];
}

/** A firewall as it runs: templates laid under its own statements, variables replaced, pushed rules at their place. */
export interface Firewall {
  readonly name: string;
  readonly version: string | undefined;
  readonly serial: string | undefined;
  /** Name of the text that the firewall is reported under. */
  readonly source: string;
  /** Has the children `deviceconfig`, `network`, `shared`, … but virtual systems are read from `systems`. */
  readonly root: PanNode;
  readonly systems: readonly VirtualSystem[];
  /** Entries of `network shared-gateway`. */
  readonly gateways: readonly PanNode[];
  /**
   * False where the texts hold policy only (a pushed policy, a device group without template): zones that rules name then
   * count as there.
   */
  readonly hasNetwork: boolean;
}

/** Applications that a rule lists. */
export interface ListedApplications {
  readonly names: 'any' | ReadonlySet<string>;
  /** Why others may be meant too. */
  readonly others: readonly Condition[];
  /**
   * Ports on which a session may begin that turns out to be one of them on a default port of its own (`application-default`):
   * every port for `any`, for others, and for applications with dynamic or unknown ports. `must`: surely one of those ports.
   */
  readonly defaultPorts: Tri<ServiceSet>;
  readonly objects: readonly ObjectUse[];
}

export type ListedServices =
  | { readonly kind: 'any' | 'application-default' }
  | { readonly kind: 'ports'; readonly ports: Tri<ServiceSet>; readonly objects: readonly ObjectUse[] };

export interface ListedAddresses {
  readonly set: Tri<AddressSet>;
  readonly objects: readonly ObjectUse[];
  /** Some of it is an `ip-wildcard` object: PAN-OS does not try such rules strictly from the top. */
  readonly hasWildcard: boolean;
}

/** Looks up the objects that rules name. What is not defined is undecided and diagnosed once. */
export interface Names {
  /** `members` are the values of `source` or `destination`; none at all means any. */
  readonly addresses: (members: readonly PanNode[], negate: boolean) => ListedAddresses;
  readonly services: (members: readonly PanNode[]) => ListedServices;
  readonly applications: (members: readonly PanNode[]) => ListedApplications;
  /** Default ports of an application, of whatever origin; undefined: not known or none. */
  readonly defaultPorts: (application: string) => ServiceSet | undefined;
  /** A schedule that a rule names. */
  readonly schedule: (name: PanNode) => Condition;
  /** The entry of a list of objects by its name, nearest scope first: `find('profile-group', 'strict')`. */
  readonly find: (kind: string, name: string) => PanNode | undefined;
}
