import { describe, expect, test } from 'vitest';
import type { Driver } from './support/driver.ts';
import { exposedWorld, inWorld, POLICY } from './support/worlds.ts';

/* Accepting findings and approving flows, from the key to the file and back to the screen. */

const FILE = 'brokerfence.yaml';

function notice({ model }: Driver): string {
  return model.notice?.text ?? '';
}

function problems({ model }: Driver): (string | undefined)[] {
  return model.dialog?.kind === 'form' ? model.dialog.fields.map(({ problem }) => problem) : [];
}

describe('waiving', () => {
  test('says what is missing, shows the change, writes it and shows the finding as accepted', async () => {
    const { driver, files } = exposedWorld(FILE);
    await driver.audit();
    await driver.press('2', 'w', 'up', 'ctrl+u');
    await driver.type('2026-02-30\r');
    expect(problems(driver)).toEqual([
      expect.stringContaining('a reason is missing'),
      expect.stringContaining('an owner is missing'),
      expect.stringContaining('there is no day 2026-02-30'),
    ]);
    expect(driver.text()).toContain('✗ a reason is missing');
    await driver.type('lab until it moves\rnetwork team\r');
    await driver.press('ctrl+u');
    await driver.type('2027-01-31\r');
    expect(driver.model.dialog?.kind).toBe('preview');
    expect(driver.text()).toContain(`This will be written to ${FILE}`);
    expect(
      driver
        .lines()
        .filter((line) => line.startsWith('+ '))
        .join('\n'),
    ).toContain('reason: lab until it moves');
    expect(files.written.size).toBe(0);

    const finding = driver.model.fleet.findings.find(({ finding: { severity } }) => severity === 'critical');
    await driver.press('enter');
    const text = files.written.get(FILE) ?? '';
    for (const line of POLICY.split('\n')) expect(text).toContain(line);
    const accepted = driver.model.fleet.findings.find(({ id }) => id === finding?.id);
    expect(accepted?.finding.waived).toMatchObject({ reason: 'lab until it moves', owner: 'network team' });
    expect(driver.screen.view).toBe('findings');
    expect(notice(driver)).toBe('all files were read again');
    await driver.press('G', 'w');
    expect(notice(driver)).toMatch(/^waive: network team has accepted it already \(brokerfence\.yaml:\d+\)$/u);
  });

  test('goes back by esc without a change: from the preview to the form, from there to the list', async () => {
    const { driver, files } = exposedWorld(FILE);
    await driver.audit();
    await driver.press('2', 'j');
    const before = driver.lines();
    await driver.press('w');
    await driver.type('why\rwho\r\r');
    expect(driver.model.dialog?.kind).toBe('preview');
    await driver.press('esc');
    expect(driver.model.dialog).toMatchObject({ kind: 'form', fields: [{ field: { text: 'why' } }, {}, {}] });
    await driver.press('esc');
    expect([driver.model.dialog, notice(driver), files.written.size]).toEqual([undefined, 'nothing was changed', 0]);
    expect(driver.lines().slice(0, -2)).toEqual(before.slice(0, -2));
  });

  test('scrolls a change that is longer than the screen by every key press', async () => {
    const { driver } = exposedWorld(FILE);
    await driver.audit();
    await driver.send({ kind: 'resize', size: { columns: 80, rows: 10 } });
    await driver.press('2', 'w');
    await driver.type('why\rwho\r\r');
    await driver.press('k', 'k', 'k', 'k', 'k', 'k', 'k', 'k', 'k');
    const first = driver.lines().slice(3, 7);
    expect(first[0]).toBe(`--- ${FILE}`);
    await driver.press('j');
    expect(driver.lines().slice(3, 6)).toEqual(first.slice(1));
  });

  test('makes the first policy file, and fills in the owner from then on', async () => {
    const { driver, files } = exposedWorld();
    await driver.audit();
    await driver.press('2', 'w');
    await driver.type('why\rnetwork team\r\r');
    expect(driver.text()).toContain('there is no policy file yet');
    await driver.press('enter');
    expect(files.written.get(FILE)).toContain('version: 1');
    expect(driver.model.policyFile).toBe(FILE);
    expect(driver.text()).toContain('accepted');
    await driver.press('w');
    expect(driver.text()).toMatch(/owner +network team/u);
  });

  test('leaves a file alone that somebody else has changed meanwhile', async () => {
    const { driver, files } = exposedWorld(FILE);
    await driver.audit();
    await driver.press('2', 'w');
    await driver.type('why\rwho\r\r');
    files.writeWhole(FILE, `${POLICY}# theirs\n`);
    await driver.press('enter');
    expect(files.written.get(FILE)).toBe(`${POLICY}# theirs\n`);
    expect(driver.text()).toContain('has changed since it was read');
    // What was typed is still there, and the next preview is of what the file says now.
    expect(driver.text()).toMatch(/reason +why/u);
    await driver.press('enter', 'enter');
    expect(files.written.get(FILE)).toContain('# theirs\n');
    expect(files.written.get(FILE)).toContain('reason: why');
  });

  test('reads letters that are commands elsewhere as letters', async () => {
    const { driver } = exposedWorld(FILE);
    await driver.audit();
    await driver.press('2', 'w');
    await driver.type('q:/?12');
    await driver.paste('two\nlines');
    expect(driver.model.dialog).toMatchObject({
      kind: 'form',
      fields: [{ field: { text: 'q:/?12two lines' } }, {}, {}],
    });
  });
});

describe('approving', () => {
  test('a flow: named, shown, written, and no finding any longer', async () => {
    const { driver, files } = exposedWorld(FILE);
    await driver.audit();
    await driver.press('3');
    expect(driver.text()).toMatch(/mqtt +tcp\/1883 +exposure +outside → dmz +no /u);
    await driver.press('a');
    expect(driver.text()).toContain('mqtt-outside-dmz');
    await driver.type('\rsensors of the plant\rplant team\r\r');
    expect(
      driver
        .lines()
        .filter((line) => line.startsWith('+ '))
        .join('\n'),
    ).toContain('- name: mqtt-outside-dmz');
    await driver.press('enter');
    expect(files.written.get(FILE)).toContain('mqtt-outside-dmz');
    for (const line of POLICY.split('\n')) expect(files.written.get(FILE)).toContain(line);
    expect(driver.screen.view).toBe('flows');
    expect(driver.text()).toMatch(/mqtt +tcp\/1883 +exposure +outside → dmz +yes /u);
    await driver.press('a');
    expect(notice(driver)).toBe('approve: all of it is approved already');
    await driver.press('1');
    expect(driver.text()).toMatch(/edge-1 in outside → dmz +▸?approved/u);
  });

  test('says that a name is taken', async () => {
    const driver = await inWorld('samples');
    await driver.press('2', 'a', 'ctrl+u');
    await driver.type('supplier-arrivals\rwhy\rwho\r\r');
    expect(problems(driver)[0]).toContain('supplier-arrivals');
  });

  test.each([
    [80, 24],
    [60, 12],
    [40, 10],
    [20, 5],
    [20, 4],
  ])('shows what is typed into on %i by %i, however much is approved', async (columns, rows) => {
    const driver = await inWorld('samples');
    await driver.send({ kind: 'resize', size: { columns, rows } });
    await driver.press('2');
    for (let finding = 0; finding < 20; finding += 1) {
      await driver.press('a');
      // The screen has no such option.
      expect(driver.text()).not.toContain('--verbose');
      for (const field of ['name', 'reason', 'owner', 'expires']) {
        if (driver.model.dialog !== undefined) expect(driver.text()).toContain(`▸${field}`);
        await driver.press('tab');
      }
      await driver.press('esc', 'j');
    }
  });

  test('what cannot be done says why', async () => {
    const driver = await inWorld('samples');
    await driver.type(':filter-not-applied\r');
    await driver.press('a');
    expect(notice(driver)).toBe('approve: this finding is not about flows; w waives it');
    await driver.press('y');
    expect(notice(driver)).toBe('copy: this finding has no example packet');
    await driver.press('esc', 'esc', '1');
    await driver.press('G', 'enter');
    expect(notice(driver)).toMatch(/^open: mqtt is in order on this crossing/u);
    await driver.type('2/nothing-is-called-so\r');
    for (const [key, hint] of [
      ['enter', 'open'],
      ['w', 'waive'],
      ['a', 'approve'],
      ['y', 'copy'],
      ['e', 'edit'],
    ] as const) {
      await driver.press(key);
      expect(notice(driver)).toBe(`${hint}: there is no finding here`);
    }
  });
});
