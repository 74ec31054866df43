import { describe, expect, test } from 'vitest';
import type { BatchTable } from '../../cli/trace/batch.ts';
import { batchCsv } from '../../cli/reports/trace-csv.ts';
import { batchTotals } from '../../cli/reports/trace-json.ts';
import { answerBatch, readBatch } from '../../cli/trace/batch.ts';
import { open, smallDevice } from './support/small-device.ts';

const HEADER = 'device,from,to,rule_list,protocol,source,source_port,destination,destination_port,expect';
const devices = [open(smallDevice())];

function table(text: string): BatchTable {
  const read = readBatch(text);
  if (read.kind === 'problem') throw new Error(read.message);
  return read;
}

function answers(...rows: readonly string[]): string[] {
  const { header, rows: read } = table([HEADER, ...rows].join('\n'));
  const answered = answerBatch({ kind: 'table', header, rows: read }, devices);
  return batchCsv(header, answered).trimEnd().split('\n').slice(1);
}

describe('rows', () => {
  test.each([
    [
      ',outside,inside,,tcp,203.0.113.5,5000,192.0.2.7,1883,permit',
      ',permit,"access list IN, rule 20: permit",small.cfg,2',
    ],
    [
      'small,GigabitEthernet0/0,INSIDE,,tcp,203.0.113.5,,192.0.2.7,8883,deny',
      ',deny,implicit deny at the end of access list IN,small.cfg,',
    ],
    [',,,IN,6,203.0.113.5,,192.0.2.8,8883,unknown', ',unknown,"access list IN, rule 30: permit",small.cfg,3'],
    [',,,IN,tcp,2001:db8::1,,2001:db8:0::7,1883,', ',permit,"IPv6 access list IN, rule 60: permit",small.cfg,6'],
    [',outside,spare,,tcp,203.0.113.5,,192.0.2.7,1883,deny', ',deny,e2 is shut down,small.cfg,'],
    [',,,IN,tcp,203.0.113.5,50001,192.0.2.9,5672,', ',deny,implicit deny at the end of access list IN,small.cfg,'],
    [',,,IN,tcp,203.0.113.5,,192.0.2.9,5672,', ',unknown,"access list IN, rule 40: permit",small.cfg,4'],
  ])('%s', (row, answer) => {
    expect(answers(row)).toEqual([row + answer]);
  });

  test.each([
    [',outsid,inside,,tcp,203.0.113.5,,192.0.2.7,1883,', 'no segment "outsid"; did you mean "outside"?'],
    [',,,NI,tcp,203.0.113.5,,192.0.2.7,1883,', 'no rule list "NI"; did you mean "IN"?'],
    ['big,,,IN,tcp,203.0.113.5,,192.0.2.7,1883,', 'no device "big"; did you mean "small"?'],
    [',outside,,,tcp,203.0.113.5,,192.0.2.7,1883,', 'neither both segments (from, to) nor a rule list is named'],
    [
      ',outside,inside,IN,tcp,203.0.113.5,,192.0.2.7,1883,',
      'a rule list is evaluated alone: name either it or the segments',
    ],
    [',,,IN,tcp,host,,192.0.2.7,1883,', 'source "host" is not an IPv4 or IPv6 address'],
    [',,,IN,tcp,203.0.113.5,,192.0.2.7,1883,allow', 'expect is "allow", not permit, deny or unknown'],
  ])('%s names nothing', (row, message) => {
    const quoted = /[",]/.test(message) ? `"${message.replaceAll('"', '""')}"` : message;
    expect(answers(row)).toEqual([`${row},error,${quoted},,`]);
  });

  test('a verdict that is unknown is neither permit nor deny', () => {
    const row = ',,,IN,tcp,203.0.113.5,,192.0.2.8,8883';
    const { rows } = table(
      [HEADER, `${row},permit`, `${row},deny`, `${row},unknown`, ',,,NONE,tcp,1.1.1.1,,1.1.1.1,1,'].join('\n'),
    );
    const answered = answerBatch({ kind: 'table', header: [], rows }, devices);
    expect(batchTotals(answered)).toEqual({ rows: 4, wrong: 2, problems: 1 });
  });

  test('an empty device is the only one, and a problem among several', () => {
    const { rows } = table(
      `${HEADER}\n,,,IN,tcp,203.0.113.5,,192.0.2.7,1883,\nsmall,,,IN,tcp,203.0.113.5,,192.0.2.7,1883,`,
    );
    const two = [open(smallDevice()), open(smallDevice('other', 'other.cfg'))];
    const [empty, named] = answerBatch({ kind: 'table', header: [], rows }, two);
    expect(empty?.answer).toMatchObject({
      kind: 'problem',
      message: 'several devices were read; name one of small, other',
    });
    expect(named?.answer).toMatchObject({ kind: 'traced', report: { verdict: 'permit' } });
  });

  test('of a name that two devices have, the file decides', () => {
    const { rows } = table(
      `${HEADER}\nsmall,,,IN,tcp,203.0.113.5,,192.0.2.7,1883,\nb.cfg,,,IN,tcp,203.0.113.5,,192.0.2.7,1883,`,
    );
    const twins = [open(smallDevice('small', 'a.cfg')), open(smallDevice('small', 'b.cfg'))];
    const [name, file] = answerBatch({ kind: 'table', header: [], rows }, twins);
    expect(name?.answer).toMatchObject({ kind: 'problem', message: expect.stringContaining('a.cfg, b.cfg') });
    expect(file?.answer).toMatchObject({ kind: 'traced', report: { source: 'b.cfg' } });
  });
});

describe('the header', () => {
  test('names the columns in any order and any case; others are carried through', () => {
    const text =
      'Ticket,Destination_Port,destination,source,protocol,rule_list\n"T-1, urgent",1883,192.0.2.7,203.0.113.5,tcp,IN\n';
    const { header, rows } = table(text);
    const csv = batchCsv(header, answerBatch({ kind: 'table', header, rows }, devices));
    expect(csv).toBe(
      'Ticket,Destination_Port,destination,source,protocol,rule_list,verdict,decided_by,file,line\n' +
        '"T-1, urgent",1883,192.0.2.7,203.0.113.5,tcp,IN,permit,"access list IN, rule 20: permit",small.cfg,2\n',
    );
  });

  test.each([
    ['', 'has no header line'],
    ['protocol,source\n', 'has no column destination; its columns are protocol, source'],
    [`${HEADER}\n,,,IN,tcp,1.1.1.1,,1.1.1.1,1,deny,more\n`, 'line 2 has 11 fields, the header 10'],
  ])('%j is a problem', (text, message) => {
    expect(readBatch(text)).toEqual({ kind: 'problem', message });
  });
});

test('thousands of rows take seconds at most', () => {
  const row = (index: number): string =>
    `,outside,inside,,tcp,203.0.113.${index % 256},,192.0.2.7,${1800 + (index % 100)},`;
  const { rows } = table([HEADER, ...Array.from({ length: 5000 }, (_, index) => row(index))].join('\n'));
  const started = performance.now();
  expect(answerBatch({ kind: 'table', header: [], rows }, devices)).toHaveLength(5000);
  expect(performance.now() - started).toBeLessThan(5000);
});
