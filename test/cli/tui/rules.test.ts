/** The rules view, driven by keys over configurations in memory and the samples. */
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { Question } from '../../../cli/tui/engine/questions.ts';
import { frameLines } from '../../../cli/tui/frame.ts';
import { Reader } from '../../../cli/tui/engine/reader.ts';
import { plainTheme } from '../../../cli/tui/theme.ts';
import { viewOf } from '../../../cli/tui/views/shown-view.ts';
import { update } from '../../../cli/tui/store/update.ts';
import { ASA } from '../../checks/plain-firewalls.ts';
import { MemoryFiles, type Node } from '../support/memory-files.ts';
import { Driver, type DriverOptions } from './support/driver.ts';

const RULES = [
  'access-list OUT extended permit tcp any host 10.0.0.5 range 8000 8010',
  'access-list OUT extended deny tcp any host 10.0.0.5 eq 8005',
  'access-list OUT extended permit tcp any host 10.0.0.5 range 8010 8011',
  'access-list OUT extended permit udp any host 10.0.0.6 eq 53',
  'access-list OUT extended permit udp any 10.0.0.0 255.255.255.0 eq 53',
  'access-list OUT extended permit udp any host 10.0.0.7 eq 53 inactive',
  'access-list OUT extended permit tcp any host 10.0.0.8 eq 1883 log',
  'access-list OUT extended deny ip any any',
];
const FIRST_LINE = ASA.length + 1;
const LARGE = { columns: 160, rows: 60 };

async function driven(
  files: Readonly<Record<string, Node>>,
  options: Omit<DriverOptions, 'files'> = {},
): Promise<Driver> {
  return new Driver(Object.keys(files), { ...options, files: new MemoryFiles(files) }).audit();
}

function asa(rules: readonly string[]): string {
  return [...ASA, ...rules].join('\n');
}

/** The list OUT of one firewall. */
async function openedList(rules: readonly string[] = RULES, options: Omit<DriverOptions, 'files'> = {}) {
  const driver = await driven({ 'fw.cfg': asa(rules) }, options);
  await driver.press('4');
  while (!lines(driver).at(cursorLine(driver))?.startsWith('OUT ')) await driver.press('j');
  return driver.press('enter');
}

/** Lines of the screen as text. */
function lines({ model }: Driver): string[] {
  return frameLines(model, plainTheme).map((line) => stripVTControlCharacters(line).trimEnd());
}

/** Index of the line under the cursor: the frame draws it reversed. */
function cursorLine({ model }: Driver): number {
  return frameLines(model, plainTheme).findIndex((line, at) => at > 0 && line.startsWith('\u001b[7m'));
}

function text(driver: Driver): string {
  return lines(driver).join('\n');
}

/** `#1 effective`, as the rows show it. */
function marks(driver: Driver): string[] {
  return lines(driver).flatMap((line) => {
    const [, id, mark] = /^(#\d+) +(\S+) +(?:permit|deny) /u.exec(line) ?? [];
    return id === undefined ? [] : [`${id} ${mark}`];
  });
}

function questions({ recorded }: Driver, kind: Question['kind']): Question[] {
  return recorded.flatMap((effect) =>
    effect.kind === 'ask' && effect.question.kind === kind ? [effect.question] : [],
  );
}

/** Rows whose effects were asked for, question by question. */
function askedRows(driver: Driver): (readonly number[])[] {
  return questions(driver, 'rule-effects').flatMap((each) => (each.kind === 'rule-effects' ? [each.rows] : []));
}

function many(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `access-list OUT extended permit tcp any any eq ${1000 + index}`);
}

describe('the lists of an input', () => {
  test('say where they stand, and what stands nowhere', async () => {
    const driver = await driven({ 'fw.cfg': asa([...RULES, 'access-list SPARE extended permit ip any any']) });
    await driver.press('4');
    expect(text(driver)).toMatch(/^OUT +8 in on outside/mu);
    expect(text(driver)).toMatch(/^SPARE +1 bound nowhere/mu);
    await driver.press('/');
    await driver.type('bound:no');
    await driver.press('enter');
    expect(lines(driver).filter((line) => /^(?:OUT|IN|DMZ|SPARE) /u.test(line))).toHaveLength(1);
    expect(viewOf(driver.screen).refuses('bound', driver.model)).toContain('nothing binds or uses this list');
  });

  test('of all systems of a file are told apart by their device', async () => {
    const driver = new Driver(['device-samples/paloalto-panos/panorama/running-config.xml'], { size: LARGE });
    await driver.audit();
    await driver.press('4');
    const shared = lines(driver).filter((line) => line.startsWith('shared pre-rules'));
    expect(shared.map((line) => /brew-\w+-fw/u.exec(line)?.[0])).toEqual(['brew-north-fw', 'brew-south-fw']);
    await driver.press('/');
    await driver.type('device:south name:shared');
    await driver.press('enter', 'enter');
    expect(lines(driver)[0]).toContain('shared pre-rules of brew-south-fw');
    // What goes on behind the last rule is of the same device.
    await driver.press('G', 'enter');
    expect(lines(driver)[0]).toContain('pre-rules of device group breweries of brew-south-fw');
  });

  test('go on with those of the next input, and the rules of one with those of the next list', async () => {
    const driver = await driven({ 'a.cfg': asa(RULES), 'b.cfg': asa(RULES) });
    await driver.press('4', 'l');
    expect(lines(driver)[0]).toContain('Rule lists of b.cfg');
    await driver.press('enter');
    const first = lines(driver)[0];
    await driver.press('l');
    expect(lines(driver)[0]).not.toBe(first);
    await driver.press('h');
    expect(lines(driver)[0]).toBe(first);
  });

  test('begin at the one that stands around the line one comes from', async () => {
    const driver = await driven({ 'fw.cfg': asa(RULES) });
    await driver.press('9', 'G', '4');
    expect(lines(driver)[cursorLine(driver)]).toMatch(/^OUT /u);
    await driver.press('esc', 'k', 'k', 'k', 'k', 'k', 'k', 'k', 'k', '4');
    // A finding is about this line, and it names the list.
    expect(driver.screen).toMatchObject({ view: 'rules', ruleList: 'DMZ' });
    expect(lines(driver)[cursorLine(driver)]).toMatch(/^#1 /u);
  });

  test('are said to be none where there are none', async () => {
    const plain = ['hostname r1', 'interface GigabitEthernet0/0', ' ip address 192.0.2.1 255.255.255.0', 'end'];
    const driver = await driven({ 'r.cfg': ['version 15.2', ...plain].join('\n') });
    await driver.press('4');
    expect(text(driver)).toContain('this configuration has no rule list');
    expect(viewOf(driver.screen).refuses('open', driver.model)).toBe('there is no rule list here');
  });

  test('are not shown when the file can no longer be read', async () => {
    const files: Record<string, Node> = { 'a.cfg': asa(RULES), 'b.cfg': asa(RULES) };
    const driver = await driven(files);
    const gone = await new Reader(driver.settings, {
      files: new MemoryFiles({ 'b.cfg': asa(RULES) }),
      heapLimitBytes: 2 ** 32,
      readStdin: () => Promise.resolve('too-large'),
    }).answer({ kind: 'rule-lists', source: 'a.cfg' });
    expect(gone.kind).toBe('failed');
    const { model } = update(driver.model, { kind: 'key', key: '4' });
    driver.model = model;
    expect(text(driver)).toContain('reading the rule lists …');
    await driver.send({ kind: 'answer', answer: gone });
    expect(text(driver)).toContain('a.cfg: ');
    expect(viewOf(driver.screen).refuses('open', driver.model)).toContain('cannot be seen yet');
    expect(driver.recorded.filter(({ kind }) => kind === 'ask')).toHaveLength(0);
  });
});

describe('the rules of a list', () => {
  test('are marked by what they do among each other', async () => {
    const driver = await openedList();
    expect(marks(driver)).toEqual([
      '#1 effective',
      '#2 shadowed',
      '#3 partly',
      '#4 redundant',
      '#5 partly',
      '#6 inactive',
      '#7 effective',
      '#8 partly',
    ]);
    expect(text(driver)).toMatch(/^default deny, never reached: implicit deny/mu);
    await driver.press('j');
    expect(text(driver)).toMatch(new RegExp(String.raw`^effect +shadowed: .* by #1 \(line ${FIRST_LINE}\)$`, 'mu'));
    expect(text(driver)).toContain('access-list OUT extended deny tcp any host 10.0.0.5 eq 8005');
  });

  test('are faint where a final deny of everything is shadowed in part, which is no news', async () => {
    const driver = await openedList();
    const faint = frameLines(driver.model, plainTheme).filter((line) => line.startsWith('\u001b[2m#8'));
    expect(faint).toHaveLength(1);
    expect(frameLines(driver.model, plainTheme).some((line) => line.startsWith('\u001b[2m#5'))).toBe(false);
  });

  test('are judged only where they are shown, and as one scrolls', async () => {
    const driver = await openedList(many(300));
    const [first = [], ...others] = askedRows(driver);
    expect(first.length).toBeGreaterThan(5);
    expect(first.length).toBeLessThan(24);
    expect(others).toEqual([]);
    await driver.press('G');
    expect(askedRows(driver)).toHaveLength(2);
    expect(askedRows(driver)[1]).toContain(299);
    await driver.press('g', 'j', 'j');
    expect(askedRows(driver)).toHaveLength(2);
    await driver.press('ctrl+d', 'ctrl+d');
    const all = askedRows(driver).flat();
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBeGreaterThan(first.length * 2);
    // The end is asked for once, when it comes into sight.
    const ends = questions(driver, 'rule-effects').filter((each) => each.kind === 'rule-effects' && each.end);
    expect(ends).toHaveLength(1);
  });

  test('show that their effect is asked for, and that it could not be told', async () => {
    const driver = await driven({ 'fw.cfg': asa(RULES) });
    const { files } = { files: new MemoryFiles({ 'fw.cfg': asa(RULES) }) };
    const reader = new Reader(driver.settings, {
      files,
      heapLimitBytes: 2 ** 32,
      readStdin: () => Promise.resolve('too-large'),
    });
    const source = 'fw.cfg';
    const lists = await reader.answer({ kind: 'rule-lists', source });
    const index = lists.kind === 'rule-lists' ? lists.devices[0]?.lists.findIndex(({ name }) => name === 'OUT') : 0;
    const of = { source, device: 0, list: index ?? 0 };
    const open = {
      view: 'rules',
      list: { cursor: 0, top: 0 },
      filter: '',
      source,
      device: 'fw',
      ruleList: 'OUT',
    } as const;
    driver.model = { ...driver.model, screens: [open] };
    const step = (event: Parameters<typeof update>[1]) => {
      const next = update(driver.model, event);
      driver.model = next.model;
      return next.effects;
    };
    step({ kind: 'answer', answer: lists });
    expect(text(driver)).toContain('reading the rules of OUT …');
    const [ask] = step({ kind: 'answer', answer: await reader.answer({ kind: 'rules', ...of }) });
    expect(marks(driver)).toContain('#1 …');
    if (ask?.kind !== 'ask') throw new Error('nothing was asked');
    const effects = step({
      kind: 'answer',
      answer: { kind: 'failed', question: ask.question, message: 'the reader was ended' },
    });
    expect(effects).toEqual([]);
    expect(marks(driver)).toContain('#1 unknown');
    expect(text(driver)).toMatch(/^note +the reader was ended$/mu);
  });

  test('fit a filter by their fields', async () => {
    const driver = await openedList();
    const kept = async (filter: string): Promise<string[]> => {
      await driver.press('/', 'ctrl+u');
      await driver.type(filter);
      await driver.press('enter');
      return marks(driver).map((mark) => mark.replace(/ .*/u, ''));
    };
    expect(await kept('action:deny')).toEqual(['#2', '#8']);
    expect(await kept('effect:shadowed')).toEqual(['#2']);
    expect(await kept('!effect:effective action:permit')).toEqual(['#3', '#4', '#5', '#6']);
    expect(await kept('destination:10.0.0.8')).toEqual(['#7']);
    expect(await kept('service:udp')).toEqual(['#4', '#5', '#6']);
    expect(await kept('finding:yes')).toEqual(['#7']);
    expect(await kept('log:log')).toEqual(['#7']);
    expect(await kept('nothing-like-it')).toEqual([]);
    expect(text(driver)).toContain('no rules fit the filter');
    expect(await kept('efect:shadowed')).toHaveLength(8);
    expect(text(driver)).toContain('did you mean "effect"');
  });

  test('are judged further while a filter waits for their effects', async () => {
    const rules = many(250);
    rules.splice(230, 0, 'access-list OUT extended deny tcp any any eq 1005');
    const driver = await openedList(rules);
    await driver.press('/');
    await driver.type('effect:shadowed');
    await driver.press('enter');
    expect(marks(driver)).toEqual(['#231 shadowed']);
  });

  test('fit a filter by what their columns shorten', async () => {
    const group = [
      'object-group network BROKERS',
      ...[1, 4, 9, 16].map((host) => ` network-object host 10.0.0.${host}`),
    ];
    const rule = 'access-list OUT extended permit tcp any object-group BROKERS eq 1883';
    const driver = await openedList([...group, rule, ...many(2)]);
    await driver.press('/');
    await driver.type('destination:10.0.0.16');
    await driver.press('enter');
    expect(marks(driver)).toEqual(['#1 effective']);
    expect(text(driver)).toMatch(/^destination +10\.0\.0\.1, 10\.0\.0\.4, 10\.0\.0\.9, 10\.0\.0\.16$/mu);
  });

  test('show counters, and tell zero from ten and from none', async () => {
    const shown = [
      'fw# show access-list',
      'access-list OUT; 3 elements; name hash: 0x1',
      'access-list OUT line 1 extended permit tcp any host 10.0.0.5 eq 1883 (hitcnt=0) 0x1',
      'access-list OUT line 2 extended permit tcp any host 10.0.0.6 eq 1883 (hitcnt=10) 0x2',
    ];
    const configured = [5, 6, 7].map((host) => `access-list OUT extended permit tcp any host 10.0.0.${host} eq 1883`);
    const driver = await openedList([...configured, ...shown]);
    expect(text(driver)).toMatch(/^#1 .* 0$/mu);
    expect(text(driver)).toMatch(/^#3 .* -$/mu);
    await driver.press('/');
    await driver.type('hits:0');
    await driver.press('enter');
    expect(marks(driver)).toHaveLength(1);
    expect(text(driver)).toMatch(/^hits +0 hits;/mu);
  });

  test('lead to their line, to what binds them, and to the editor', async () => {
    const driver = await openedList([...RULES, 'access-list SPARE extended permit tcp any any eq 22']);
    await driver.press('j', 'j', 'enter');
    expect(driver.screen).toMatchObject({ view: 'source', text: 'fw.cfg', list: { cursor: FIRST_LINE + 1 } });
    await driver.press('esc', 'b');
    expect(driver.screen).toMatchObject({
      view: 'source',
      list: { cursor: ASA.indexOf('access-group OUT in interface outside') },
    });
    await driver.press('esc', 'e');
    expect(driver.recorded.at(-1)).toEqual({ kind: 'edit', file: 'fw.cfg', line: FIRST_LINE + 2 });
    // The default of a bound list is that of its binding, and of another one no line's.
    await driver.press('G', 'enter');
    expect(driver.screen).toMatchObject({ view: 'source' });
    await driver.press('esc', 'esc', '/');
    await driver.type('spare');
    await driver.press('enter', 'enter', 'G', 'enter');
    expect(driver.model.notice?.text).toBe('open: no line says this: it is the default');
    await driver.press('b');
    expect(driver.model.notice?.text).toContain('nothing binds or uses this list');
  });

  test('give the trace form a packet', async () => {
    const driver = await openedList();
    await driver.press('j', 'j', 'j', 'j', 'j', 'j', '5');
    expect(driver.screen).toMatchObject({
      view: 'trace',
      values: { device: 'fw', from: 'outside', protocol: 'tcp', destination: '10.0.0.8', destinationPort: '1883' },
    });
  });

  test('are opened from a finding, at its rule', async () => {
    const driver = await driven({ 'fw.cfg': asa(RULES) });
    await driver.press('2', '/');
    await driver.type('rule:"OUT: #7"');
    await driver.press('enter', '4');
    expect(lines(driver)[0]).toContain('OUT of fw, 8 rules');
    expect(lines(driver)[cursorLine(driver)]).toMatch(/^#7 /u);
    expect(lines(driver)[cursorLine(driver)]).toMatch(/ [CHMLI] \d+ /u);
  });

  test('stand in the place of a list that is not there as the lists that are', async () => {
    const driver = await driven({ 'fw.cfg': asa(RULES) });
    const subject = { view: 'rules', list: { cursor: 0, top: 0 }, filter: '', source: 'fw.cfg', device: 'fw' } as const;
    driver.model = { ...driver.model, screens: [{ ...subject, ruleList: 'GONE', goTo: { text: 'fw.cfg', line: 3 } }] };
    await driver.send({ kind: 'resize', size: driver.model.size });
    expect(text(driver)).toContain('there is no rule list GONE here');
    expect(text(driver)).toMatch(/^OUT +8 in on outside/mu);
    expect(driver.screen).not.toHaveProperty('goTo');
  });

  test('of two lists of one name are those around the line, and stay so', async () => {
    const driver = await driven({ 'r.cfg': asa(RULES) });
    const span = (line: number) => ({ source: 'r.cfg', line, column: 1, endColumn: 2 });
    const head = (index: number, family: 4 | 6, line: number) => ({
      index,
      name: 'EDGE',
      kind: 'access list',
      family,
      span: span(line),
      rules: 1,
      bindings: [],
      usedBy: [],
    });
    const devices = [{ device: 'r', segments: [], lists: [head(0, 4, 1), head(1, 6, 10)] }];
    const screen = { view: 'rules', list: { cursor: 0, top: 0 }, filter: '', source: 'r.cfg', device: 'r' } as const;
    const goTo = { text: 'r.cfg', line: 12 };
    const begun = { ...driver.model, screens: [{ ...screen, ruleList: 'EDGE', goTo }] } as const;
    const asked = update(begun, { kind: 'answer', answer: { kind: 'rule-lists', source: 'r.cfg', devices } });
    const question = { kind: 'rules', source: 'r.cfg', device: 0, list: 1 } as const;
    expect(asked.effects).toEqual([{ kind: 'ask', question }]);
    const { source, device, list } = question;
    const rows = update(asked.model, {
      kind: 'answer',
      answer: { kind: 'rules', of: { source, device, list }, rows: [] },
    });
    driver.model = rows.model;
    expect(text(driver)).toContain('IPv6, bound nowhere');
    expect(driver.screen).toMatchObject({ index: 1 });
    expect(driver.screen).not.toHaveProperty('goTo');
  });

  test('are written to a file as they are shown, every column whole', async () => {
    const driver = await openedList();
    await driver.press('x');
    const written = driver.recorded.at(-1);
    if (written?.kind !== 'export') throw new Error('nothing was written');
    const table = written.text.split('\n').map((line) => line.split('\t'));
    expect(table[2]?.slice(0, 4)).toEqual(['#2', String(FIRST_LINE + 1), expect.stringContaining('by #1'), 'deny']);
    expect(table.at(-2)?.[0]).toBe('default');
  });

  test.each([80, 100, 120, 160, 200])('fit into %i columns', async (columns) => {
    const driver = await openedList(RULES, { size: { columns, rows: 24 } });
    const shown = lines(driver);
    expect(shown).toHaveLength(24);
    expect(Math.max(...shown.map((line) => line.length))).toBeLessThanOrEqual(columns);
    for (const title of ['EFFECT', 'SOURCE', 'DESTINATION', 'SERVICE', 'HITS'])
      expect(shown.join('\n')).toContain(title);
    expect(shown.join('\n').includes('MESSAGING')).toBe(columns >= 140);
  });

  test('of the last few lists only are held', async () => {
    const driver = await driven({ 'fw.cfg': asa(RULES) });
    await driver.press('4', 'enter');
    for (let turn = 0; turn < 6; turn += 1) await driver.press('l');
    expect(driver.model.rules.size).toBeLessThanOrEqual(3);
    await driver.press('r');
    expect(questions(driver, 'rules').length).toBeGreaterThan(3);
  });
});
