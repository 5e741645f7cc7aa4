import type { Text } from '#core/base/text.ts';
import { text } from '#core/base/text.ts';
import type { Components } from './components.ts';
import type { FerryReport, LeavingLine } from './ferry-times.ts';
import type { Count } from './tally.ts';

/** What an import found, kept, left out and noticed. Printed, and with `--json` given as it is. */
export interface OsmSummary {
  readonly file: string;
  readonly size_bytes: number;
  readonly made_at_s: number | null;
  readonly written_by: string;
  /** West, south, east, north the file says it covers; null where it does not say. */
  readonly extract_bbox: readonly [number, number, number, number] | null;
  /** The same of all roads and ferries kept; ferries lead further than the extract. */
  readonly bbox: readonly [number, number, number, number];
  /** Objects in the file. */
  readonly read: { readonly nodes: number; readonly ways: number; readonly relations: number };
  readonly kept: {
    readonly ways: number;
    readonly nodes: number;
    readonly edges: number;
    /** Points of the shapes between nodes. */
    readonly points: number;
    readonly length_m: number;
    readonly restrictions: number;
    readonly bans: number;
    /** Nodes that somebody may not pass. */
    readonly barriers: number;
  };
  readonly ferries: readonly FerryReport[];
  readonly lines_leaving: readonly LeavingLine[];
  readonly pieces: { readonly anybody: Components; readonly car: Components; readonly foot: Components };
  readonly dropped: readonly Count[];
  readonly noted: readonly Count[];
}

/** Words for the reasons of what was dropped or noted. */
export const REASONS: Readonly<Record<string, Text>> = {
  class: text('这类道路无人通行或未知', 'nobody travels on this class, or it is unknown'),
  nobody: text('按标签没有人可以通行', 'by its tags nobody may use it'),
  'one-node': text('只有一个点', 'it has one node only'),
  outside: text('全部在范围之外', 'all of it lies outside the extract'),
  twin: text('重复出现且内容相同，只取一次', 'it is there twice and the same, taken once'),
  'restriction-conditional': text('限时的转弯规则，未采用', 'a turn rule for some hours only, not used'),
  'restriction-kind': text('转弯规则的类型未知', 'a turn rule of an unknown kind'),
  'restriction-members': text('转弯规则的成员不完整或不成立', 'a turn rule whose members are missing or do not fit'),
  'restriction-modes': text('转弯规则只约束此处没有的车辆', 'a turn rule for vehicles that are none of ours'),
  'restriction-outside': text('转弯规则的成员不在路网中', 'a turn rule with a member that is not in the network'),
  'restriction-apart': text('转弯规则的路段不相接', 'a turn rule whose ways do not meet, or not in that direction'),
  'restriction-ambiguous': text(
    '转弯规则的路段未在该点断开，无法确定',
    'a turn rule whose ways are not split there: it could mean several turns',
  ),
  cut: text('在范围边界处截断', 'cut where the extract ends'),
  bridged: text('航线中段在范围之外，按直线相连', 'a ferry whose middle is not in the extract, joined straight'),
  conditional: text('有限时的规定，未采用', 'has a rule for some hours or vehicles, not used'),
  tidal: text('涨潮时可能被淹，请用管制表示', 'may be flooded by the tide: close it when it is'),
  reversible: text('方向随时段变化，车辆不通行', 'its direction changes with the hours: no vehicles'),
  negative: text(
    '编号为负：未上传的数据，编号会变',
    'its id is negative: not uploaded, it may have another id next time',
  ),
  speed: text('限速无法解读，按道路等级计', 'its speed limit is not understood: that of its class counts'),
  limit: text('限高、限宽或限重无法解读，未采用', 'its limit of height, width or weight is not understood, not used'),
  duration: text(
    '航时无法解读或不可信，按航速估计',
    'its duration is not understood or not likely: the stated speed counts',
  ),
  barrier: text('障碍类型未知，按只许步行计', 'an unknown barrier: it counts as one for people on foot only'),
};

/** The summary in lines for people, each in both languages. */
export const summaryLines = (summary: OsmSummary): readonly string[] => {
  const { read, kept, bbox, extract_bbox } = summary;
  return [
    `读到 read: ${read.nodes} 点 nodes, ${read.ways} 线 ways, ${read.relations} 关系 relations`,
    `采用 kept: ${kept.ways} 条路 ways, ${kept.edges} 路段 edges, ${kept.nodes} 节点 nodes, ${kept.points} 形状点 points, ${km(kept.length_m)} km`,
    `转弯规则 turn rules: ${kept.restrictions} → ${kept.bans} 禁行 bans；障碍 barriers: ${kept.barriers}`,
    `范围 bounds: ${degrees(bbox)}${extract_bbox === null ? '' : `；文件所称 the file says: ${degrees(extract_bbox)}`}`,
    ...ferryLines(summary),
    ...pieceLines(summary),
    ...countLines('未采用 left out', summary.dropped),
    ...countLines('请注意 to be known', summary.noted),
  ];
};

const degrees = (bbox: readonly number[]): string => bbox.map((side) => side.toFixed(5)).join(', ');

const km = (metres: number): string => (metres / 1000).toFixed(1);

const FROM: Readonly<Record<FerryReport['crossing_from'], string>> = {
  way: '标注 tagged',
  relation: '航线标注 tagged on the line',
  assumed: '估计 assumed',
};

const ferryLines = ({ ferries, lines_leaving }: OsmSummary): readonly string[] => [
  `航线 ferries: ${ferries.length}`,
  ...ferries.map((ferry) => {
    const minutes = Math.round(ferry.crossing_s / 60);
    const ends = ferry.leaves ? '；有一端在范围外或无路可接 an end joins no road here' : '';
    const name = ferry.name === null ? '无名 unnamed' : ferry.name.zh;
    return `  ${ferry.id} ${name}: ${minutes} min (${FROM[ferry.crossing_from]}), ${km(ferry.length_m)} km, ${ferry.modes.join(' ')}${ends}`;
  }),
  ...lines_leaving.map(
    (line) =>
      `  ${line.id} ${line.name ?? '无名 unnamed'}: ${line.ways} 段中 ${line.ways_here} 段在范围内 ${line.ways_here} of ${line.ways} ways are here`,
  ),
];

const WHO = { anybody: '任何方式 anybody', car: '小汽车 car', foot: '步行 foot' } as const;

const pieceLines = ({ pieces }: OsmSummary): readonly string[] =>
  (['anybody', 'car', 'foot'] as const).map((who) => {
    const { count, largest, main_share } = pieces[who];
    const sizes = largest.map((piece) => `${km(piece.length_m)} km (${piece.way})`).join(', ');
    return `互不相连的部分 separate parts, ${WHO[who]}: ${count}, 最大占 largest ${(100 * main_share).toFixed(1)} %: ${sizes}`;
  });

const countLines = (title: string, counts: readonly Count[]): readonly string[] =>
  counts.map(({ reason, detail, count, examples }) => {
    const words = REASONS[reason] ?? text(reason, reason);
    const what = detail === '' ? '' : ` ${detail}`;
    return `${title}: ${count}${what} – ${words.zh} ${words.en} (${examples.join(', ')})`;
  });
