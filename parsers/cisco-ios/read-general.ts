import { FormTable, modelled, unsupported, type Form, type Mode } from '../syntax/statements.ts';
import { inert } from './inert.ts';
import { usesList } from './list-uses.ts';
import { argumentsOf, type IosText } from './text.ts';

const LINE_MODE: Mode<IosText> = {
  name: 'line',
  forms: new FormTable<IosText>([
    usesList('access-class NAME', 'line access', 0, 'who may log in to the device'),
    usesList('ipv6 access-class NAME', 'line access', 0, 'who may log in to the device'),
  ]),
  readOther: (statement) =>
    LINE_WORDS.has(statement.words[0] ?? '') ? 'no-effect' : statement.line.indent > 0 ? 'no-effect' : 'unrecognised',
};

const LINE_WORDS = new Set(
  `exec exec-timeout login password transport privilege logging session-timeout session-limit history length width stopbits speed txspeed rxspeed
   flowcontrol modem autocommand authorization accounting rotary location escape-character domain-lookup international exec-character-bits databits
   parity notify padding monitor absolute-timeout logout-warning script no_exec vacant-message refuse-message stopbits ip motd-banner exec-banner
   terminal-type usb-inactivity-timeout media-type full-help activation-character access-list lockable authentication timeout telnet ssh`.split(
    /\s+/,
  ),
);

/** Names, log-in lines, and services of the device that refer to lists. */
export const GENERAL_STATEMENTS: readonly Form<IosText>[] = [
  modelled(
    'hostname NAME',
    (statement, text) => void (text.hostname = argumentsOf(statement)[0]?.replaceAll('"', '')),
    {
      readNo: (_, text) => void (text.hostname = undefined),
    },
  ),
  modelled('version NUMBER', (statement, text) => {
    text.version = argumentsOf(statement)[0];
    text.beginSeen = true;
  }),
  { form: 'line', state: 'no-effect', note: 'log-in lines of the device', opens: () => LINE_MODE },
  usesList('snmp-server community', 'SNMP', -1, 'who may read the device'),
  usesList('ntp access-group', 'NTP', -1, 'who may ask the device for the time'),
  usesList('ip http access-class', 'HTTP server', 0, 'who may log in to the device'),
  usesList('ip ssh access-class', 'line access', 0, 'who may log in to the device'),
  usesList('tftp-server', 'TFTP server', 1, 'files of the device'),
  unsupported('cts role-based enforcement', 'security group rules may deny more than the lists say'),
  unsupported('cts role-based permissions', 'security group rules may deny more than the lists say'),
  inert('ip access-list role-based', 'counts where `cts role-based enforcement` uses it', ['permit', 'deny', 'remark']),
  inert('ipv6 access-list role-based', 'counts where `cts role-based enforcement` uses it', [
    'permit',
    'deny',
    'remark',
  ]),
];

export const GENERAL_GROUPS = [{ mode: LINE_MODE.name, forms: LINE_MODE.forms.forms }];
