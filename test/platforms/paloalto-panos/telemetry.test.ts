import { expect, test } from 'vitest';
import { allow, readPanos } from './read-panos.ts';

const FIREWALL = `
  network interface ethernet ethernet1/1 layer3 ip 10.0.1.1/24
  network interface ethernet ethernet1/2 layer3 ip 10.0.2.1/24
  zone trust network layer3 ethernet1/1
  zone dmz network layer3 ethernet1/2
  ${allow('R', 'trust', 'dmz')}`;

function telemetry(text: string): readonly string[] {
  return readPanos(`${FIREWALL}\n${text}`)
    .device()
    .telemetry.map(({ kind, target, covers, effective }) =>
      [kind, target, ...covers, effective ? 'on' : 'off'].join(' '),
    );
}

const SYSLOG = 'shared log-settings syslog siem server s1 server 10.0.9.1';
const FORWARD = `
  shared log-settings profiles fwd match-list traffic log-type traffic
  shared log-settings profiles fwd match-list traffic send-syslog siem`;

test('a syslog server gets records where a rule forwards to it', () => {
  expect(telemetry(SYSLOG)).toEqual(['syslog 10.0.9.1 off']);
  expect(telemetry(`${SYSLOG}${FORWARD}`)).toEqual(['syslog 10.0.9.1 off']);
  const used = 'rulebase security rules R log-setting fwd';
  expect(telemetry(`${SYSLOG}${FORWARD}\n${used}`)).toEqual(['syslog 10.0.9.1 on']);
  expect(telemetry(`${SYSLOG}${FORWARD}\n${used}\nrulebase security rules R disabled yes`)).toEqual([
    'syslog 10.0.9.1 off',
  ]);
});

test('a profile of the virtual system stands before a shared one of its name', () => {
  expect(telemetry(`${SYSLOG}\nvsys vsys1 log-settings syslog siem server s1 server 10.0.9.2`)).toEqual([
    'syslog 10.0.9.2 off',
  ]);
});

test('Panorama gets records where a rule forwards to it', () => {
  const panorama = 'deviceconfig system panorama local-panorama panorama-server 10.0.9.5';
  const forward = 'shared log-settings profiles fwd match-list traffic send-to-panorama yes';
  expect(telemetry(panorama)).toEqual(['syslog Panorama 10.0.9.5 off']);
  expect(telemetry(`${panorama}\n${forward}\nrulebase security rules R log-setting fwd`)).toEqual([
    'syslog Panorama 10.0.9.5 on',
  ]);
  expect(telemetry('deviceconfig system panorama-server 10.0.9.6')).toEqual(['syslog Panorama 10.0.9.6 off']);
});

test('NetFlow covers the zones whose interfaces export', () => {
  const collector = 'shared server-profile netflow flows server c1 host 10.0.9.8';
  expect(telemetry(collector)).toEqual(['flow-export 10.0.9.8 off']);
  expect(telemetry(`${collector}\nnetwork interface ethernet ethernet1/2 layer3 netflow-profile flows`)).toEqual([
    'flow-export 10.0.9.8 dmz on',
  ]);
});

test('a mirror of decrypted traffic', () => {
  expect(telemetry('network interface ethernet ethernet1/8 decrypt-mirror')).toEqual([
    'packet-capture decryption mirror ethernet1/8 on',
  ]);
});
