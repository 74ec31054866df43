import type { CollectPlatform, Endpoint, Hop } from '../sources/ssh/endpoint.ts';
import { drawTable } from '../terminal/table.ts';
import { visible } from '../terminal/visible.ts';
import { wrap } from '../terminal/width.ts';
import { count, type Layout } from './layout.ts';

/** The devices that would be collected, as a table. */
export function endpointList(endpoints: readonly Endpoint[], { width }: Layout): string {
  const rows = endpoints.map(({ name, platform, jumps, ...target }) => [
    visible(name),
    visible(address(target)),
    visible(target.user),
    platform,
    visible(jumps.length === 0 ? '-' : jumps.map(login).join(', ')),
  ]);
  const titles = ['device', 'host', 'user', 'platform', 'through'];
  const columns = titles.map((title) => (title === 'through' ? { title, flexible: { minWidth: 10 } } : { title }));
  return `${[...drawTable(columns, rows, width), '', count(endpoints.length, 'device')].join('\n')}\n`;
}

/** What would be done with each device, to the last command. */
export function planText(
  endpoints: readonly Endpoint[],
  commandsOf: (platform: CollectPlatform) => readonly string[],
  { width }: Layout,
): string {
  const lines = endpoints.flatMap((endpoint) => {
    const { name, platform, jumps, deadlineSeconds, legacy, contexts } = endpoint;
    const about = [
      `log in to ${address(endpoint)} as ${endpoint.user}`,
      ...(jumps.length === 0 ? [] : [`through ${jumps.map(login).join(', then ')}`]),
      `at most ${deadlineSeconds} s`,
      ...(legacy ? ['old algorithms allowed'] : []),
      ...(contexts === undefined ? [] : [`contexts ${contexts.join(', ')}`]),
    ];
    const commands =
      platform === 'auto'
        ? ['(commands depend on the platform, which is found out after the login by its prompt and `show version`)']
        : commandsOf(platform);
    return [
      `${visible(name)} (${platform})`,
      ...wrap(visible(about.join('; ')), width - 4).map((line) => `    ${line}`),
      ...commands.map((command) => `      ${command}`),
    ];
  });
  return `${[...lines, '', `${count(endpoints.length, 'device')}; nothing was connected to`].join('\n')}\n`;
}

function address({ host, port }: Hop): string {
  if (port === 22) return host;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

function login(hop: Hop): string {
  return `${hop.user}@${address(hop)}`;
}
