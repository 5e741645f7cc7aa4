import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { replayCalls } from '#main/replay/replay.ts';
import type { ReplayReport } from '#main/replay/replay.ts';
import { CsvError } from '#main/replay/reasons.ts';
import { tempDir } from '../harness/site.ts';

const PROJECT = path.join(import.meta.dirname, '../..');
const ZONE = 'America/Los_Angeles';
/** Not the order of the published file, and with a column nobody asked for. */
const COLUMNS = [
  'Unit ID',
  'Call Number',
  'Priority',
  'Call Type',
  'Location',
  'Address',
  'Unit Type',
  'Box',
  'Call Final Disposition',
  'Received DtTm',
  'Entry DtTm',
  'Dispatch DtTm',
  'Response DtTm',
  'On Scene DtTm',
  'Transport DtTm',
  'Hospital DtTm',
  'Available DtTm',
];
type Fields = Readonly<Record<string, string>>;

const time = (clock: string): string => `03/11/2018 ${clock}`;
const CALL: Fields = {
  'Call Number': '1001',
  'Unit ID': 'E1',
  Priority: '3',
  'Call Type': 'Medical Incident',
  Location: '(37.77, -122.42)',
  Address: '100 Block of MARKET ST',
  'Unit Type': 'ENGINE',
  'Call Final Disposition': 'Code 2 Transport',
  'Received DtTm': time('09:00:00 AM'),
  'Entry DtTm': time('09:01:00 AM'),
  'Dispatch DtTm': time('09:01:30 AM'),
  'Response DtTm': time('09:02:00 AM'),
  'On Scene DtTm': time('09:08:00 AM'),
  'Available DtTm': time('09:40:00 AM'),
};
const row = (changed: Fields): Fields => ({ ...CALL, ...changed });
const quoted = (value: string): string => `"${value}"`;
const csvOf = (rows: readonly Fields[], columns = COLUMNS): string =>
  [columns, ...rows.map((one) => columns.map((column) => one[column] ?? ''))]
    .map((line) => line.map(quoted).join(','))
    .join('\r\n');

const play = async (content: string): Promise<ReplayReport> => {
  const { dir, remove } = tempDir('replay');
  try {
    const file = path.join(dir, 'calls.csv');
    writeFileSync(file, content);
    const place_dir = path.join(PROJECT, 'data/zhoushan');
    return await replayCalls({ file, data_dir: path.join(dir, 'data'), place_dir, speed: null, zone: ZONE });
  } finally {
    remove();
  }
};
const codes = (report: ReplayReport): readonly (readonly [number, string])[] =>
  report.rows.refused.map((one) => [one.row, one.reason.code] as const);
const refusedFile = async (content: string): Promise<string> => {
  let code = '';
  await assert.rejects(play(content), (error) => {
    assert.ok(error instanceof CsvError);
    code = error.reason.code;
    return true;
  });
  return code;
};

describe('replay of calls', () => {
  test('two units on one call, columns in another order: entered whole, closed, and measured', async () => {
    const ambulance = row({
      'Unit ID': '70',
      'Unit Type': 'MEDIC',
      'Transport DtTm': time('09:20:00 AM'),
      'Hospital DtTm': time('09:30:00 AM'),
      'Available DtTm': time('09:50:00 AM'),
    });
    const report = await play(csvOf([ambulance, CALL]));
    assert.deepEqual(codes(report), []);
    assert.deepEqual(report.calls, { total: 1, closed: 1, not_raised: 0, open: [] });
    assert.deepEqual(report.comparison.differences, []);
    assert.equal(
      report.comparison.intervals.reduce((sum, one) => sum + one.equal, 0),
      5 + 7,
    );
    assert.equal(report.response.to_dispatch_s.p50, 90);
    assert.equal(report.response.to_on_scene_s.p50, 480);
    assert.equal(report.span_s, 50 * 60);
    assert.equal(report.verified.ok, true);
  });

  test('clocks run out at their own time between the calls', async () => {
    const late = row({
      'Dispatch DtTm': time('09:10:00 AM'),
      'Response DtTm': time('09:14:00 AM'),
      'On Scene DtTm': time('09:59:00 AM'),
      'Available DtTm': time('03:00:00 PM'),
    });
    const report = await play(csvOf([late]));
    // Dispatched after 5 minutes, there after 20, done after 4 hours.
    assert.deepEqual(report.clocks_fired, { dispatch: 1, arrive: 1, handle: 1 });
    assert.deepEqual(report.comparison.differences, []);
    assert.equal(report.rows.accepted, 1);
  });

  test('rows out of order are listed, say which times, and stop nothing else', async () => {
    const swapped = row({
      'Unit ID': '71',
      'Transport DtTm': time('09:20:00 AM'),
      'Hospital DtTm': time('09:19:00 AM'),
    });
    const early = row({ 'Unit ID': '72', 'Entry DtTm': time('09:01:00 AM'), 'Response DtTm': time('09:09:00 AM') });
    const report = await play(csvOf([CALL, swapped, early]));
    assert.deepEqual(codes(report), [
      [3, 'timestamps-out-of-order'],
      [4, 'timestamps-out-of-order'],
    ]);
    assert.deepEqual(
      report.rows.out_of_order.map((one) => one.order),
      ['Hospital DtTm < Transport DtTm (60 s)', 'On Scene DtTm < Response DtTm (60 s)'],
    );
    assert.equal(report.calls.closed, 1);
    assert.deepEqual(report.comparison.differences, []);
  });

  test('a unit that is never free keeps its call open; one that never answered does not', async () => {
    const never = row({ 'Call Number': '1002', 'Unit ID': 'E2', 'Available DtTm': '' });
    const silent = row({ 'Call Number': '1003', 'Unit ID': 'E3', 'Response DtTm': '', 'On Scene DtTm': '' });
    const report = await play(csvOf([never, silent]));
    assert.deepEqual(codes(report), []);
    assert.deepEqual(report.calls.open, [{ call: '1002', why: 'Available DtTm: E2' }]);
    assert.equal(report.calls.closed, 1);
  });

  test('bad rows are refused one by one, by number and with a code, and the others are played', async () => {
    const bad: readonly (readonly [string, Fields])[] = [
      ['time-invalid', row({ 'Unit ID': 'B1', 'Response DtTm': '13/45/2018 09:00:00 AM' })],
      ['time-invalid', row({ 'Unit ID': 'B2', 'Response DtTm': time('02:30:00 AM') })],
      ['time-invalid', row({ 'Unit ID': 'B3', 'Response DtTm': 'soon' })],
      ['position-invalid', row({ 'Call Number': '1004', 'Unit ID': 'B4', Location: '(-122.42, 37.77)' })],
      ['position-invalid', row({ 'Call Number': '1005', 'Unit ID': 'B5', Location: 'Market Street' })],
      ['row-duplicate', CALL],
      ['call-contradiction', row({ 'Unit ID': 'B6', 'Received DtTm': time('08:59:00 AM') })],
      ['value-missing', row({ 'Unit ID': '' })],
      ['value-missing', row({ 'Unit ID': 'B7', 'Dispatch DtTm': '' })],
      ['unit-invalid', row({ 'Unit ID': '***' })],
    ];
    const report = await play(csvOf([CALL, ...bad.map(([, fields]) => fields)]));
    assert.deepEqual(
      codes(report),
      bad.map(([code], index) => [index + 3, code]),
    );
    assert.equal(report.rows.accepted, 1);
    assert.equal(report.rows.total, 11);
    for (const { row: number, reason } of report.rows.refused) {
      assert.ok(reason.words.zh.includes(String(number)) && reason.words.en.includes(String(number)), reason.words.en);
    }
    assert.deepEqual({ total: report.calls.total, not_raised: report.calls.not_raised }, { total: 3, not_raised: 2 });
  });

  test('later exports: ISO times, points, another zone by the file', async () => {
    const iso = Object.fromEntries(
      Object.entries(CALL).map(([column, value]) => [
        column,
        value.replace(/^03\/11\/2018 09:(..):(..) AM$/, '2018-03-11T09:$1:$2.000'),
      ]),
    );
    const report = await play(csvOf([{ ...iso, Location: 'POINT (-122.42 37.77)' }]));
    assert.deepEqual(codes(report), []);
    assert.equal(report.span_s, 40 * 60);
  });

  test('a row with a field too many is refused, not read askew', async () => {
    const content = `${csvOf([CALL])}\r\n${csvOf([row({ 'Unit ID': 'E9' })]).split('\r\n')[1] ?? ''},"more"`;
    assert.deepEqual(codes(await play(content)), [[3, 'row-broken']]);
  });

  test('files that cannot be read as a whole are refused with a code', async () => {
    assert.equal(await refusedFile(''), 'csv-empty');
    assert.equal(await refusedFile(csvOf([])), 'csv-empty');
    assert.equal(
      await refusedFile(
        csvOf(
          [CALL],
          COLUMNS.filter((column) => column !== 'Dispatch DtTm'),
        ),
      ),
      'csv-column-missing',
    );
    assert.equal(await refusedFile(csvOf([CALL], [...COLUMNS, 'Address'])), 'csv-column-twice');
    assert.equal(await refusedFile(`${csvOf([CALL])}\r\n"open`), 'csv-unreadable');
  });
});

describe('the command', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['src/main/cli.ts', 'replay', 'calls', ...args], { cwd: PROJECT, encoding: 'utf8' });

  test('prints a bilingual summary or JSON, and never writes into a ledger that is there', () => {
    const { dir, remove } = tempDir('replay');
    try {
      const file = path.join(dir, 'calls.csv');
      writeFileSync(file, csvOf([CALL]));
      const first = run(file, '--data', path.join(dir, 'a'));
      assert.equal(first.status, 0, first.stderr);
      assert.match(first.stdout, /1 = 1 已录入 accepted \+ 0 未接受 refused/);
      const again = run(file, '--data', path.join(dir, 'a'));
      assert.equal(again.status, 1);
      assert.match(again.stderr, /已有台账[\s\S]*already holds a ledger/);
      const json = run(file, '--data', path.join(dir, 'b'), '--speed', '1000000', '--json');
      assert.equal((JSON.parse(json.stdout) as ReplayReport).rows.accepted, 1);
      assert.equal(run(path.join(dir, 'none.csv')).status, 1);
      assert.equal(run(file, '--speed', 'fast').status, 2);
      assert.equal(run(file, '--zone', 'Moon/Crater').status, 2);
    } finally {
      remove();
    }
  });
});
