import type { Entries } from './error-entry.ts';
import { entry } from './error-entry.ts';

const CORRECT = [
  '请在该处改正，或请运营方重新导出；原有的 lines.json 没有改动。',
  'Correct it there, or have the operator export it anew; the lines.json there was is unchanged.',
] as const;

/** What can be wrong with a timetable: a GTFS feed (`import gtfs`), or the `lines.json` of a place directory. */
export const LINES = {
  'gtfs-unreadable': entry(
    422,
    ['{file} 读不出来：{what}。', 'The feed {file} cannot be read: {what}.'],
    [
      '请给出解压后的 GTFS 目录或 .zip 文件；压缩包损坏时请重新下载。',
      'Give a directory of GTFS files or a .zip of them; download a damaged archive again.',
    ],
  ),
  'gtfs-file-missing': entry(
    422,
    ['{feed} 中缺少 {file}。', 'In {feed} there is no {file}.'],
    [
      'GTFS 规定须有该文件；请核对目录，或请运营方补齐。',
      'GTFS requires it; check the directory, or have the operator add it.',
    ],
  ),
  'gtfs-file-empty': entry(
    422,
    ['{file} 是空的，连表头都没有。', 'The file {file} is empty, without even a header.'],
    CORRECT,
  ),
  'gtfs-encoding': entry(
    422,
    ['{file} 第 {line} 行不是 UTF-8 编码。', 'The file {file} is not UTF-8 in line {line}.'],
    ['请将该文件另存为 UTF-8 后重新导入。', 'Save the file as UTF-8 and import again.'],
  ),
  'gtfs-malformed': entry(
    422,
    ['{file} 第 {line} 行不是有效的 CSV：{what}。', 'The file {file} is not valid CSV in line {line}: {what}.'],
    CORRECT,
  ),
  'gtfs-column-missing': entry(
    422,
    ['{file} 缺少必需的列 {column}。', 'The file {file} has no column {column}, which is required.'],
    CORRECT,
  ),
  'gtfs-value-invalid': entry(
    422,
    [
      '{file} 第 {line} 行（{object}）：{column} 的值“{value}”无效，应为{wanted}。',
      'In {file} line {line} ({object}), {column} is "{value}"; it must be {wanted}.',
    ],
    CORRECT,
  ),
  'gtfs-reference-unknown': entry(
    422,
    [
      '{file} 第 {line} 行：{column} 指向“{value}”，但 {other} 中没有它。',
      'In {file} line {line}, {column} names "{value}", which {other} does not have.',
    ],
    CORRECT,
  ),
  'gtfs-id-duplicate': entry(
    422,
    [
      '{file} 第 {line} 行：{column} “{value}”在第 {before} 行已经出现过。',
      'In {file} line {line}, {column} "{value}" is there a second time, after line {before}.',
    ],
    CORRECT,
  ),
  'gtfs-times-backward': entry(
    422,
    [
      '{file} 第 {line} 行：班次 {trip} 的时间倒退，{before} 之后是 {value}。',
      'In {file} line {line}, the times of trip {trip} go back: after {before} comes {value}.',
    ],
    CORRECT,
  ),
  'gtfs-no-lines': entry(
    422,
    ['{feed} 中没有可用的轮渡线路。', 'In {feed} there is no ferry line with a trip.'],
    [
      '默认只导入轮渡（route_type 4、1000–1099、1200–1299）；加 --all-routes 可导入全部线路。',
      'Only ferries are imported (route_type 4, 1000–1099, 1200–1299); --all-routes takes every line.',
    ],
  ),
  'line-id-taken': entry(
    422,
    [
      '线路来源 {feed} 中的 {object} 与已有来源 {other} 中的重名。',
      'In the feed {feed}, {object} has the id of one in the feed {other}, which is there already.',
    ],
    [
      '请用 --feed <名称> 导入，编号前会加上该名称；或先删除旧的来源。',
      'Import with --feed <name>, which is put before its ids; or remove the other feed first.',
    ],
  ),
  'lines-file-invalid': entry(
    500,
    ['{file} 中 {object} 有误：{what}。', 'In {file}, {object} is wrong: {what}.'],
    [
      '请改正该处或重新导入；格式见 docs/operating/place-directory.md。',
      'Correct it, or import again; the format is in docs/operating/place-directory.md.',
    ],
  ),
} as const satisfies Entries;
