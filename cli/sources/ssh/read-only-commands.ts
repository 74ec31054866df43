/**
 * Everything that may be typed at a device. A command that is not here is not sent, whatever a platform file says. None
 * changes a configuration: they show something, set up this session's own terminal, or move between command lines.
 */
const COMMANDS: ReadonlySet<string> = new Set([
  // Cisco
  'show version',
  'show running-config',
  'show access-lists',
  'show access-lists ipv4',
  'show access-list',
  'show privilege',
  'show mode',
  'show context',
  'terminal length 0',
  'terminal width 0',
  'terminal width 511',
  'terminal exec prompt no-timestamp',
  'terminal pager 0',
  'enable',
  'changeto system',
  // Juniper
  'cli',
  'set cli screen-length 0',
  'set cli screen-width 0',
  'show version | no-more',
  'show configuration | display omit | no-more',
  'show security policies hit-count | no-more',
  // Palo Alto
  'set cli scripting-mode on',
  'set cli terminal width 500',
  'set cli pager off',
  'set cli config-output-format xml',
  'show system info',
  'show config running',
  'show config pushed-shared-policy',
  'show config pushed-template',
]);

/** Commands with a name in them, which comes from the device or the inventory. */
const COMMANDS_WITH_NAME: readonly RegExp[] = [
  /^changeto context [A-Za-z0-9_-]{1,32}$/,
  /^show config pushed-shared-policy vsys vsys[0-9]{1,3}$/,
  /^show rule-hit-count vsys vsys-name vsys[0-9]{1,3} rule-base security rules all$/,
];

/** Whether a line may be typed as a command. It is compared as a whole and as it stands. */
export function isReadOnlyCommand(line: string): boolean {
  return COMMANDS.has(line) || COMMANDS_WITH_NAME.some((form) => form.test(line) && !/[\r\n]/.test(line));
}
