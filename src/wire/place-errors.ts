import type { Entries } from './error-entry.ts';
import { entry } from './error-entry.ts';

/** What can be wrong with the files of a place directory, found when they are imported or opened. */
export const PLACE = {
  'place-preparing': entry(
    503,
    [
      '正在准备地点：道路和航路尚未就绪，暂不能给出路线和力量排序。',
      'The place is being prepared: roads and ways by sea are not ready yet, so there are no routes and no ranking.',
    ],
    [
      '请稍候几秒再试；第一次启动、或地点目录有改动时才会这样。其他功能照常可用。',
      'Try again in some seconds; this happens at a first start, or when the place directory was changed. Everything else works.',
    ],
  ),
  'place-file-unreadable': entry(
    500,
    ['无法读取地点目录里的文件 {file}：{what}。', 'The file {file} of the place directory cannot be read: {what}.'],
    [
      '请导入或补上该文件；格式见 docs/operating/place-directory.md。',
      'Import it or add it; its format is in docs/operating/place-directory.md.',
    ],
  ),
  'place-file-malformed': entry(
    500,
    ['文件 {file} 不是有效的 JSON：{what}。', 'The file {file} is not valid JSON: {what}.'],
    [
      '请检查该处的括号、引号和逗号，并使用 UTF-8 编码。',
      'Check brackets, quotes and commas there, and that it is UTF-8.',
    ],
  ),
  'place-write-failed': entry(
    500,
    [
      '无法写入 {file}：{what}；原有文件未改动。',
      'The file {file} cannot be written: {what}; the old one is as it was.',
    ],
    ['请检查磁盘空间和目录权限，然后重试。', 'Check free space and the permissions of the directory, then try again.'],
  ),
  'road-feature-invalid': entry(
    500,
    ['{file} 中的要素 {feature} 有误：{what}。', 'In {file}, feature {feature} is wrong: {what}.'],
    [
      '请改正该要素；格式见 docs/operating/place-directory.md。',
      'Correct that feature; the format is in docs/operating/place-directory.md.',
    ],
  ),
  'water-feature-invalid': entry(
    500,
    ['{file} 中的水域 {feature} 有误：{what}。', 'In {file}, the area {feature} is wrong: {what}.'],
    [
      '请改正该区域；格式见 docs/operating/place-directory.md。',
      'Correct that area; the format is in docs/operating/place-directory.md.',
    ],
  ),
  'roads-file-foreign': entry(
    500,
    ['{file} 不是群岛的道路文件。', 'The file {file} is no roads file of Qundao.'],
    [
      '请核对文件名，或删除它并重新导入：npm run qundao -- import osm。',
      'Check the name, or delete it and import again: npm run qundao -- import osm.',
    ],
  ),
  'roads-file-version': entry(
    500,
    [
      '道路文件 {file} 是版本 {found}，本程序读取版本 {wanted}。',
      'The roads file {file} is of version {found}; this program reads version {wanted}.',
    ],
    [
      '请用本程序重新导入：npm run qundao -- import osm。',
      'Import the roads again with this program: npm run qundao -- import osm.',
    ],
  ),
  'roads-file-damaged': entry(
    500,
    ['道路文件 {file} 已损坏：{what}。', 'The roads file {file} is damaged: {what}.'],
    [
      '请重新导入（npm run qundao -- import osm），或从备份恢复该文件。',
      'Import the roads again (npm run qundao -- import osm), or restore the file from a backup.',
    ],
  ),
  'pier-off-road': entry(
    500,
    ['{file} 中的码头 {pier} 附近没有道路。', 'In {file}, no road is near the pier {pier}.'],
    ['请把它移到路边，或补上通往它的道路。', 'Move it to a road, or add the road that leads to it.'],
  ),
  'pier-off-water': entry(
    500,
    ['{file} 中的码头 {pier} 附近没有船只可用的水面。', 'In {file}, no water a boat can use is near the pier {pier}.'],
    ['请把它移到岸边；直升机起降点请用 helipad。', 'Move it to the shore; a ground for helicopters is a helipad.'],
  ),
  'pier-twice': entry(
    500,
    ['{file} 中有两个码头编号为 {pier}。', 'In {file}, two piers have the id {pier}.'],
    ['请给其中一个换一个编号。', 'Give one of them another id.'],
  ),
  'pier-position-invalid': entry(
    500,
    ['{file} 中码头 {pier} 的位置不在地球上。', 'In {file}, the position of the pier {pier} is not on the earth.'],
    ['请检查经纬度是否写反。', 'Check whether longitude and latitude are the wrong way round.'],
  ),
} as const satisfies Entries;
