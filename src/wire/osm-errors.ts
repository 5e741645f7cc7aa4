import type { Entries } from './error-entry.ts';
import { entry } from './error-entry.ts';

const AGAIN = [
  '请重新下载或重新导出该文件，用 osmium fileinfo -e 检查后再导入；原有数据没有改动。',
  'Download or export the file again, check it with osmium fileinfo -e, and import it anew; what was there is unchanged.',
] as const;

/** What can be wrong with an OpenStreetMap extract (`import osm`). `{object}` is `node/1`, `way/2`, `relation/3` or `block/0`. */
export const OSM = {
  'osm-unreadable': entry(
    422,
    ['{file} 读不出来（{reason}）。', '{file} cannot be read ({reason}).'],
    ['请核对文件路径和读取权限。', 'Check the path of the file and the right to read it.'],
  ),
  'osm-not-pbf': entry(
    422,
    ['{file} 不是 OpenStreetMap PBF 文件。', '{file} is no OpenStreetMap PBF file.'],
    [
      '请使用 .osm.pbf 文件；.osm 或 .osm.bz2 可先用 osmium cat 转换。',
      'Give an .osm.pbf file; osmium cat turns .osm or .osm.bz2 into one.',
    ],
  ),
  'osm-truncated': entry(
    422,
    [
      '{file} 不完整：第 {offset} 字节起的数据块（{object}）缺少 {missing_bytes} 字节。',
      '{file} is cut off: the block at byte {offset} ({object}) lacks {missing_bytes} bytes.',
    ],
    AGAIN,
  ),
  'osm-corrupt': entry(
    422,
    [
      '{file} 已损坏：第 {offset} 字节起的数据块中的 {object} 无法解读（{reason}）。',
      '{file} is damaged: in the block at byte {offset}, {object} cannot be read ({reason}).',
    ],
    AGAIN,
  ),
  'osm-compression-unknown': entry(
    422,
    [
      '{file} 第 {offset} 字节起的数据块采用了本程序不支持的压缩方式。',
      '{file}: the block at byte {offset} is compressed in a way this program does not read.',
    ],
    [
      '请用 osmium cat -f pbf,pbf_compression=zlib 重新写出。',
      'Write it anew by osmium cat -f pbf,pbf_compression=zlib.',
    ],
  ),
  'osm-feature-unknown': entry(
    422,
    [
      '{file} 需要本程序不支持的特性 {feature}。',
      '{file} requires the feature {feature}, which this program does not have.',
    ],
    [
      '带历史的文件请先用 osmium time-filter 取某一时刻；其他情况请用 osmium cat 重新写出。',
      'Take one moment out of a history file by osmium time-filter; otherwise write the file anew by osmium cat.',
    ],
  ),
  'osm-without-roads': entry(
    422,
    [
      '{file} 中没有可用的道路或航线：{nodes} 个点，{ways} 条线，其中道路 {highways} 条。',
      '{file} has no road or ferry that can be used: {nodes} nodes, {ways} ways, of them {highways} with a highway tag.',
    ],
    [
      '请核对范围；截取时请保留道路及其全部点（osmium extract -s complete_ways），点不能只写在线里。',
      'Check the area; keep roads with all their nodes, as objects of their own, when cutting an extract (osmium extract -s complete_ways).',
    ],
  ),
  'osm-duplicate': entry(
    422,
    ['{file} 中 {object} 出现了两次且内容不同。', '{file} has {object} twice, and not the same.'],
    [
      '多个文件请用 osmium merge 合并，而不要直接拼接。',
      'Merge several files by osmium merge; do not put them one behind the other.',
    ],
  ),
} as const satisfies Entries;
