import { describe, expect, test } from 'vitest';
import { ASA } from '../../checks/plain-firewalls.ts';
import { MemoryFiles } from '../support/memory-files.ts';
import { Driver } from './support/driver.ts';

describe('addresses for completion', () => {
  test('are those of interfaces and of hosts in rules, with the name of the object', async () => {
    const lines = [
      'object network BROKER',
      ' host 10.0.0.9',
      'object-group network ALL',
      ' network-object host 10.0.0.9',
      ' network-object host 10.0.0.10',
      'access-list OUT extended permit tcp any object BROKER eq 1883',
      'access-list OUT extended permit tcp any object-group ALL eq 8883',
      'access-list OUT extended permit tcp any host 10.0.0.2 eq 22',
    ];
    const files = new MemoryFiles({ 'fw.cfg': [...ASA, ...lines].join('\n') });
    const driver = await new Driver(['fw.cfg'], { files }).audit();
    await driver.press('9');
    const opened = driver.model.opened.get('fw.cfg');
    expect(opened?.kind === 'ready' ? opened.value.devices[0]?.addresses : []).toEqual([
      expect.stringMatching(/^10\.0\.0\.1 \(/u),
      '10.0.0.2',
      '10.0.0.9 (BROKER)',
      '10.0.0.10 (ALL)',
      expect.stringMatching(/^10\.9\.0\.1 \(/u),
      expect.stringMatching(/^203\.0\.113\.2 \(/u),
    ]);
  });
});
