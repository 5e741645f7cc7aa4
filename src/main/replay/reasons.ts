import { fill, text } from '#core/base/text.ts';
import type { Text } from '#core/base/text.ts';

/** Why a row, or a whole file, was not taken in. The code is for programs, the words are for people. */
const WORDS = {
  'csv-unreadable': text(
    '文件不是可读的 CSV：{detail}。请检查该行的引号和逗号',
    'The file is not a readable CSV: {detail}. Look at the quotes and commas of that line',
  ),
  'csv-column-missing': text(
    '缺少列：{columns}。请使用该数据集的完整导出',
    'Columns are missing: {columns}. Use a full export of the data set',
  ),
  'csv-column-twice': text(
    '列出现了两次：{columns}。请只保留一列',
    'Columns stand there twice: {columns}. Keep one of each',
  ),
  'csv-empty': text('文件没有数据行', 'The file has no rows of data'),
  'row-broken': text(
    '第 {row} 行有 {found} 个字段，应为 {wanted} 个',
    'Row {row} has {found} fields and should have {wanted}',
  ),
  'value-missing': text('第 {row} 行缺少“{column}”', 'Row {row} has no “{column}”'),
  'time-invalid': text('第 {row} 行“{column}”不是时间：{value}', 'Row {row}, “{column}” is not a time: {value}'),
  'position-invalid': text(
    '第 {row} 行位置有误，须为 (纬度, 经度)：{value}',
    'Row {row} has a wrong position, it must be (latitude, longitude): {value}',
  ),
  'unit-invalid': text('第 {row} 行力量编号无法使用：{value}', 'Row {row} has a unit id that cannot be used: {value}'),
  'row-duplicate': text(
    '第 {row} 行与第 {first} 行重复（同一呼叫、同一力量）',
    'Row {row} repeats row {first} (same call, same unit)',
  ),
  'call-contradiction': text(
    '第 {row} 行的“{column}”与同一呼叫的第 {first} 行不一致',
    'Row {row} contradicts row {first} of the same call in “{column}”',
  ),
  'timestamps-out-of-order': text(
    '第 {row} 行时间先后颠倒：{order}。系统未接受：{refused}',
    'Row {row} has timestamps out of order: {order}. Not accepted: {refused}',
  ),
  'step-refused': text('第 {row} 行未接受：{refused}', 'Row {row} was not accepted: {refused}'),
  'not-played': text('第 {row} 行未播放完：回放被中止', 'Row {row} was not played to its end: the replay was stopped'),
} as const satisfies Record<string, Text>;

export type ReasonCode = keyof typeof WORDS;

export interface Reason {
  readonly code: ReasonCode;
  readonly words: Text;
}

export const reason = (code: ReasonCode, values: Readonly<Record<string, string | number>> = {}): Reason => ({
  code,
  words: fill(WORDS[code], values),
});

/** The file as a whole cannot be played; nothing was. */
export class CsvError extends Error {
  override readonly name = 'CsvError';
  readonly reason: Reason;
  constructor(why: Reason) {
    super(`${why.code}: ${why.words.zh}\n${why.words.en}`);
    this.reason = why;
  }
}
