import { describe, expect, test } from 'vitest';
import type { Screen } from '../../../cli/tui/store/screens.ts';
import type { UiEvent } from '../../../cli/tui/store/event.ts';
import { EXPOSED_ASA } from '../support/configs.ts';
import { run } from '../support/fake-io.ts';
import type { Driver } from './support/driver.ts';
import { exposedWorld, inWorld } from './support/worlds.ts';

/* What people do in the terminal UI, key by key. */

function views({ model }: Driver): Screen['view'][] {
  return model.screens.map(({ view }) => view);
}

function notice({ model }: Driver): string {
  return model.notice?.text ?? '';
}

async function exposed(): Promise<Driver> {
  return exposedWorld().driver.audit();
}

const PERMITTING = 'access-list OUTSIDE-IN extended permit tcp any host 10.20.30.10 eq 1883';
const LINE = EXPOSED_ASA.split('\n').indexOf(PERMITTING) + 1;

describe('ways through the views', () => {
  test('from the worst cell to the line that permits it in three keys', async () => {
    const driver = await exposed();
    await driver.press('enter', 'enter', 'enter');
    expect(views(driver)).toEqual(['overview', 'findings', 'finding', 'source']);
    expect(driver.screen.list.cursor + 1).toBe(LINE);
    expect(driver.text()).toContain(PERMITTING);
  });

  test('every cell that can be opened has findings behind it, or flows that are none', async () => {
    for (const columns of ['families', 'services']) {
      const driver = await inWorld('samples');
      if (columns === 'services') await driver.press('v');
      const rows = columns === 'families' ? 60 : 12;
      const opened: Partial<Record<Screen['view'], number>> = {};
      for (let row = 0; row < rows; row += 1) {
        for (let column = 0; column < 5; column += 1) {
          const there = await driver.fork().press('enter');
          if (there.screen.view === 'overview') expect(notice(there)).toMatch(/ is in order on this crossing/u);
          else opened[there.screen.view] = (opened[there.screen.view] ?? 0) + 1;
          expect(there.text(), driver.text()).not.toMatch(/no (?:findings|flows) fit/u);
          await driver.press('l');
        }
        await driver.press('h', 'h', 'h', 'h', 'h', 'j');
      }
      expect(opened.findings).toBeGreaterThan(40);
    }
  });

  test('esc leads back to the very same places', async () => {
    const driver = await inWorld('samples');
    await driver.press('j', 'j', 'l', 'enter');
    await driver.press('esc');
    const places = [driver.text()];
    await driver.press('2', 's', 'j', 'j', 'j', 'k', 'j');
    places.push(driver.text());
    await driver.press('enter', 'j', 'j');
    places.push(driver.text());
    await driver.press('9', '3', 't', 'esc', '7', '?');
    await driver.press('esc', 'esc', 'esc', 'esc', 'esc');
    expect(driver.text()).toBe(places[2]);
    await driver.press('esc');
    expect(driver.text()).toBe(places[1]);
  });

  test('esc never ends the program', async () => {
    for (const key of ['1', '2', '3', '4', '5', '6', '7', '8', '9', '?']) {
      const driver = await exposed();
      await driver.press(key, ...Array.from({ length: 10 }, () => 'esc'));
      expect(driver.recorded.filter(({ kind }) => kind === 'quit')).toEqual([]);
      expect(views(driver)).toEqual(['overview']);
      expect(notice(driver)).toContain('q quits');
    }
  });

  test.each(['q', 'ctrl+c'])('%s ends it', async (key) => {
    const driver = await exposed();
    await driver.press(key);
    expect(driver.recorded).toContainEqual({ kind: 'quit' });
  });

  test('keys typed ahead, in one piece, do what they do one by one', async () => {
    const [once, oneByOne] = [await inWorld('samples'), await inWorld('samples')];
    await once.type('2jj/service:mqtt !edge\rG\r');
    for (const key of ['2', 'j', 'j', '/', ...Array.from('service:mqtt !edge'), 'enter', 'G', 'enter'])
      await oneByOne.press(key);
    expect(once.screen.view).toBe('finding');
    expect(once.text()).toBe(oneByOne.text());
  });

  test('a pasted text goes into a field, and nowhere else', async () => {
    const driver = await exposed();
    await driver.paste('q2');
    expect(driver.recorded.filter(({ kind }) => kind === 'quit')).toEqual([]);
    expect([views(driver), notice(driver)]).toEqual([['overview'], 'there is no field here for the pasted text']);
    await driver.press('2', '/');
    await driver.paste('check:broker*\n');
    await driver.press('enter');
    expect(driver.screen).toMatchObject({ view: 'findings', filter: 'check:broker* ' });
  });
});

describe('filters', () => {
  test('show what they do while they are typed, and esc in the line takes that back', async () => {
    const driver = await inWorld('samples');
    await driver.press('2', 'j', 'j', 'j');
    const before = driver.text();
    await driver.type('/severity:critical');
    expect(driver.lines().filter((line) => line.startsWith('high '))).toEqual([]);
    await driver.press('esc');
    expect(driver.text()).toBe(before);
  });

  test('esc takes a filter away before it leaves the view', async () => {
    const driver = await inWorld('samples');
    await driver.type('2/mqtt\r');
    await driver.press('esc');
    expect(driver.screen).toMatchObject({ view: 'findings', filter: '' });
    await driver.press('esc');
    expect(driver.screen.view).toBe('overview');
  });

  test('a wrong one is named, and hides no row', async () => {
    const driver = await inWorld('samples');
    await driver.press('2');
    const before = driver.lines().slice(2, 21);
    await driver.type('/sevrity:high\r');
    expect(driver.text()).toContain('filter not applied: no field "sevrity"; did you mean "severity"?');
    expect(driver.lines().slice(2, 21)).toEqual(before);
  });

  test('sorting goes round all columns', async () => {
    const driver = await inWorld('samples');
    await driver.press('2', 'j');
    const said: string[] = [];
    for (let time = 0; time < 4; time += 1) {
      await driver.press('s');
      said.push(notice(driver));
      expect(driver.screen.list.cursor).toBe(0);
    }
    expect(said).toEqual(['device', 'check', 'service', 'severity'].map((column) => `sorted by ${column}`));
  });
});

describe('going to', () => {
  test.each([
    ['7', 'a row', { view: 'overview', list: { cursor: 6, top: 0 } }],
    ['0', 'the first row', { view: 'overview', list: { cursor: 0, top: 0 } }],
    ['flow', 'a view', { view: 'flows' }],
    ['asa-office', 'a device', { view: 'findings', filter: 'device:"asa-office"' }],
    ['asa-o', 'a device by its beginning', { view: 'findings', filter: 'device:"asa-office"' }],
    ['filter-not-applied', 'a check', { view: 'findings', filter: 'check:"filter-not-applied"' }],
    ['051CA5F54BA38561', 'a fingerprint', { view: 'finding' }],
  ])('%s is %s', async (place, _, screen) => {
    const driver = await inWorld('samples');
    await driver.type(`:${place}\r`);
    expect(driver.screen).toMatchObject(screen);
    expect(notice(driver)).toBe('');
  });

  test('a line of the configuration', async () => {
    const driver = await exposed();
    await driver.type(`9:${LINE}\r`);
    expect([driver.screen.view, driver.screen.list.cursor + 1]).toEqual(['source', LINE]);
  });

  test('nowhere names the nearest places, and stays', async () => {
    const driver = await inWorld('samples');
    await driver.type(':asa-ofice\r');
    expect([views(driver), notice(driver)]).toEqual([['overview'], 'no place "asa-ofice"; did you mean "asa-office"?']);
  });
});

/** The answer that a trace view shows. */
function answer({ model, screen }: Driver): string {
  if (screen.view !== 'trace' || screen.asked === undefined) return 'nothing asked';
  const [last] = [...model.traced.values()].slice(-1);
  if (last?.kind !== 'ready') return last?.kind ?? 'nothing';
  return 'kind' in last.value ? last.value.message : last.value.verdict;
}

describe('traces', () => {
  test('begin with the example of a finding, and say what the command says', async () => {
    const { driver, files } = exposedWorld('brokerfence.yaml');
    await driver.audit();
    await driver.press('2', 'y', 't', 'enter');
    expect(answer(driver)).toBe('permit');
    expect(driver.text()).toContain(PERMITTING.slice(0, 40));
    const [copied] = driver.recorded.flatMap((effect) => (effect.kind === 'copy' ? [effect.text] : []));
    const [program, ...argv] = (copied ?? '').split(' ');
    const policy = files.read('brokerfence.yaml', 10_000);
    const { stdout } = await run(argv, {
      files: {
        'configs/edge-1.cfg': EXPOSED_ASA,
        'brokerfence.yaml': policy === 'too-large' ? '' : policy,
      },
    });
    expect(program).toBe('brokerfence');
    expect(stdout).toMatch(/permit/iu);
    expect(stdout).toContain(`configs/edge-1.cfg:${LINE}`);
  });

  test('complete names by tab', async () => {
    const driver = await exposed();
    await driver.press('t', 'ctrl+u');
    await driver.type('ou\t\t');
    await driver.press('ctrl+u');
    await driver.type('DM\t');
    expect(driver.screen).toMatchObject({ values: { from: 'outside', to: 'dmz' } });
  });

  test('of a wrong address say so, and can be put right', async () => {
    const driver = await exposed();
    await driver.press('2', 't', 'tab', 'tab', 'tab', 'ctrl+u');
    await driver.type('10.1.2.345\r');
    expect(answer(driver)).toContain('"10.1.2.345" is not an IPv4 or IPv6 address');
    await driver.press('n', 'tab', 'tab', 'tab', 'tab');
    expect(driver.screen).toMatchObject({ focus: 'source' });
    await driver.press('ctrl+u');
    await driver.type('198.51.100.9\r');
    expect(answer(driver)).toBe('permit');
  });

  test('stay with their own answer when another one is asked on top', async () => {
    const driver = await exposed();
    await driver.press('2', 't', 'enter');
    const first = driver.text();
    await driver.press('9', 't');
    expect([driver.screen.view, answer(driver)]).toEqual(['trace', 'nothing asked']);
    await driver.type('outside\tdmz\t\t198.51.100.9\t\t10.20.30.99\t8883\r');
    expect(answer(driver)).toBe('deny');
    await driver.press('esc', 'esc');
    expect(driver.text()).toBe(first);
  });
});

describe('reading', () => {
  test('shows how far it is, and what is there already', async () => {
    const driver = await exposed();
    const events = (await driver.auditEvents()).filter(({ kind }) => kind === 'audit');
    const { driver: fresh } = exposedWorld();
    expect(fresh.text()).toContain('looking for configurations …');
    await fresh.send(events[0] ?? nothing());
    await fresh.send(events[1] ?? nothing());
    expect(fresh.text()).toContain('reading 0 of 1 input: configs/edge-1.cfg …');
    for (const event of events.slice(2, -1)) await fresh.send(event);
    expect(fresh.text()).toContain('edge-1 in outside → dmz');
    await fresh.send(events.at(-1) ?? nothing());
    expect(fresh.text()).not.toContain('reading');
  });

  test('inputs that cannot be read are counted first, and explained', async () => {
    const driver = await inWorld('broken');
    expect(driver.text()).toContain('3 inputs not audited and 1 reason not to trust the answer (7 shows them)');
    await driver.press('7');
    const text = driver.text();
    expect(text).toMatch(/configs\/forti\.cfg +not read/u);
    expect(text).toMatch(/configs\/locked\.cfg +not read/u);
    expect(text).toContain('this is no configuration of a known platform');
    await driver.press('enter');
    expect([driver.screen.view, notice(driver)]).toEqual([
      'coverage',
      'open: this file was not read as a configuration',
    ]);
  });

  test('again keeps the place, and shows what was there meanwhile', async () => {
    const { driver } = exposedWorld();
    await driver.audit();
    await driver.press('2', 'j', 'j', 'enter', 'j');
    driver.reloads = false;
    const before = driver.lines();
    await driver.press('r');
    const events = await driver.auditEvents();
    for (const event of events.slice(0, 2)) await driver.send(event);
    expect(driver.text()).toContain('again: reading 0 of 1 input: configs/edge-1.cfg …');
    expect(driver.lines().slice(0, -2)).toEqual(before.slice(0, -2));
    for (const event of events.slice(2)) await driver.send(event);
    expect(notice(driver)).toBe('all files were read again');
    expect(driver.lines().slice(0, -2)).toEqual(before.slice(0, -2));
  });

  test('again asks anew for what is shown', async () => {
    const driver = await exposed();
    await driver.press('2', 't', 'enter', 'r');
    expect(answer(driver)).toBe('permit');
    await driver.press('esc', '3', 'r');
    expect(driver.text()).toContain('1 permitted flow in configs/edge-1.cfg');
  });

  test('what is not there is nothing to compare with: not everything is new then', async () => {
    const { driver } = exposedWorld();
    await driver.audit();
    for (const [named, shown] of [
      ['befor', 'befor does not exist'],
      ['before', '1 opened, 4 new'],
    ] as const) {
      await driver.press('6', 'v', 'ctrl+u');
      await driver.type(`${named}\r`);
      expect(driver.text()).toContain(shown);
    }
  });

  test('a policy that has become wrong is named, and what is shown stays', async () => {
    const { driver, files } = exposedWorld('brokerfence.yaml');
    await driver.audit();
    const before = driver.lines();
    files.writeWhole('brokerfence.yaml', 'version: 1\nwaiver: []\n');
    await driver.send({ kind: 'files-changed' });
    expect(notice(driver)).toBe('the policy cannot be used (brokerfence.yaml:2): what is shown is from before');
    expect(driver.lines().slice(0, -2)).toEqual(before.slice(0, -2));
    // It stays so until the policy is mended, whatever is done meanwhile.
    await driver.press('2', 'j', '1');
    expect(driver.text()).toContain('✗ the policy cannot be used (brokerfence.yaml:2): what is shown is from before');
    await driver.press('2', 'w');
    await driver.type('why\rwho\r\r');
    expect(driver.text()).toContain('brokerfence.yaml:2: ');
    await driver.press('esc');
    files.writeWhole('brokerfence.yaml', 'version: 1\n');
    await driver.send({ kind: 'files-changed' });
    await driver.press('j');
    expect(driver.text()).not.toContain('from before');
  });
});

function nothing(): UiEvent {
  throw new Error('the audit said too little');
}
