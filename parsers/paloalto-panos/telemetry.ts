import type { Telemetry } from '../model/device.ts';
import type { RuleList } from '../model/rule.ts';
import type { Scope } from './firewall.ts';
import type { NetworkFacts } from './network.ts';
import { child, entries, value, type PanNode } from './tree.ts';

interface TelemetryFacts {
  readonly root: PanNode;
  /** Where server profiles are defined, nearest first. */
  readonly scopes: readonly Scope[];
  readonly network: NetworkFacts;
  readonly lists: readonly RuleList[];
  /** The segment that an interface is in. */
  readonly segmentOf: (name: string) => string | undefined;
}

/**
 * Where records of sessions go: syslog servers and Panorama, by what rules forward to them; NetFlow collectors, by the interfaces
 * that export to them; mirrors of decrypted traffic. Zone protection is not among them: it counts rates and looks at headers
 * (PAN-OS administrator's guide, "Zone Protection Profiles"), so that it sees no attack in a session. Profiles that look into
 * sessions belong to rules (`Rule.inspection`).
 */
export function readTelemetry(facts: TelemetryFacts): Telemetry[] {
  return [...syslogServers(facts), ...panoramas(facts), ...netflow(facts), ...mirrors(facts)];
}

function isForwarded(lists: readonly RuleList[], receiver: string): boolean {
  return lists.some(({ rules }) =>
    rules.some(({ enabled, logging }) => enabled && logging.sentTo?.includes(receiver) === true),
  );
}

/** Entries of a list in all scopes; of two with one name the nearer one. */
function nearest(scopes: readonly Scope[], ...path: readonly string[]): PanNode[] {
  const found = new Map<string, PanNode>();
  for (const { node } of scopes) {
    for (const entry of entries(node, ...path)) if (!found.has(entry.word)) found.set(entry.word, entry);
  }
  return [...found.values()];
}

function syslogServers({ scopes, lists }: TelemetryFacts): Telemetry[] {
  const profiles = [...nearest(scopes, 'log-settings', 'syslog'), ...nearest(scopes, 'server-profile', 'syslog')];
  return profiles.flatMap((profile) => {
    const effective = isForwarded(lists, `syslog ${profile.word}`);
    return entries(profile, 'server').map((server): Telemetry => {
      const address = child(server, 'server')?.children[0];
      const target = address?.word ?? server.word;
      return { kind: 'syslog', target, covers: [], effective, span: (address ?? server).span };
    });
  });
}

/** Panorama is where the firewall says that it is managed from. */
function panoramas({ root, lists }: TelemetryFacts): Telemetry[] {
  const system = child(root, 'deviceconfig', 'system');
  const servers = ['panorama-server', 'panorama-server-2'].flatMap(
    (word) => child(system, 'panorama', 'local-panorama', word) ?? child(system, word) ?? [],
  );
  const effective = isForwarded(lists, 'Panorama');
  return servers.flatMap(({ children }) =>
    children.map(({ word, span }): Telemetry => ({
      kind: 'syslog',
      target: `Panorama ${word}`,
      covers: [],
      effective,
      span,
    })),
  );
}

function netflow({ scopes, network, segmentOf }: TelemetryFacts): Telemetry[] {
  return nearest(scopes, 'server-profile', 'netflow').flatMap((profile) => {
    const exporting = network.interfaces.filter(({ netflow: used }) => used?.word === profile.word);
    const covers = [...new Set(exporting.flatMap(({ name }) => segmentOf(name) ?? []))];
    return entries(profile, 'server').map((server): Telemetry => {
      const target = value(server, 'host') ?? value(server, 'server') ?? server.word;
      return { kind: 'flow-export', target, covers, effective: covers.length > 0, span: server.span };
    });
  });
}

function mirrors({ network }: TelemetryFacts): Telemetry[] {
  return network.interfaces.flatMap(({ name, node, network: { enabled } }): Telemetry[] => {
    const mirror = child(node, 'decrypt-mirror');
    if (mirror === undefined) return [];
    const target = `decryption mirror ${name}`;
    return [{ kind: 'packet-capture', target, covers: [], effective: enabled, span: mirror.span }];
  });
}
