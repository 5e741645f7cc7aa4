import type { Text } from '#core/base/text.ts';
import type { Result } from '#core/base/result.ts';
import { err, ok } from '#core/base/result.ts';
import type { BuiltRoads } from './built.ts';
import { misfitOf } from './check.ts';
import type { RoadWays, TurnBan } from './data.ts';
import { arraysOf, damaged, readSections, sectionOf, sectionsOf, writeSections } from './sections.ts';
import type { Arrays, FileFault, Numbers, Section } from './sections.ts';
import { decodeTexts, encodeTexts } from './utf8.ts';

/** Raised whenever the arrays or what they mean change, the order of contraction included: older files are imported again. */
export const ROADS_VERSION = 1;

const DATA = {
  node_lon_e7: 'i32',
  node_lat_e7: 'i32',
  node_barred: 'u8',
  edge_from: 'i32',
  edge_to: 'i32',
  edge_way: 'i32',
  edge_length_m: 'f32',
  edge_forward: 'u8',
  edge_backward: 'u8',
  edge_speed_kmh: 'u8',
  edge_fixed_s: 'u32',
  shape_start: 'i32',
  shape_lon_e7: 'i32',
  shape_lat_e7: 'i32',
} as const;

const WAYS = {
  class: 'u8',
  flags: 'u8',
  max_height_cm: 'u16',
  max_width_cm: 'u16',
  max_weight_kg: 'u32',
} as const;

/** Manoeuvres: their edges one after the other, and where each one's end. */
const BANS = { ends: 'u32', edges: 'i32', at: 'i32', modes: 'u8' } as const;

/** Names as numbers of different ones, -1 for none; the Chinese and English of a name stand side by side in the texts. */
const TEXTS = { id_bytes: 'u8', id_ends: 'u32', name: 'i32', name_bytes: 'u8', name_ends: 'u32' } as const;

const GRAPH = {
  state_edge: 'i32',
  edge_state: 'i32',
  arc_start: 'i32',
  arc_to: 'i32',
  arc_modes: 'u8',
  arc_turn: 'u8',
} as const;

const HIERARCHY = {
  rank_state: 'i32',
  parent: 'i32',
  up_start: 'i32',
  up_head: 'i32',
  up_arc: 'i32',
  down_start: 'i32',
  down_head: 'i32',
  down_arc: 'i32',
} as const;

/** The file of built roads (`roads.qroads` of a place directory). The same roads give the same bytes. */
export const encodeRoads = (roads: BuiltRoads): Uint8Array => writeSections(ROADS_VERSION, roadSections(roads));

/** The sections of that file, in their order. */
export const roadSections = ({ data, graph, hierarchy }: BuiltRoads): readonly Section[] => [
  ...sectionsOf(DATA, 'data.', data),
  ...sectionsOf(WAYS, 'ways.', data.ways),
  ...sectionsOf(TEXTS, 'text.', textsOf(data.ways)),
  ...sectionsOf(BANS, 'bans.', bansIn(data.bans)),
  ...sectionsOf(GRAPH, 'graph.', graph),
  ...sectionsOf(HIERARCHY, 'order.', hierarchy),
];

/** Names of those sections, in their order. */
export const SECTION_NAMES: readonly string[] = Object.entries({
  data: DATA,
  ways: WAYS,
  text: TEXTS,
  bans: BANS,
  graph: GRAPH,
  order: HIERARCHY,
}).flatMap(([part, schema]) => Object.keys(schema).map((name) => `${part}.${name}`));

/**
 * Reads what `encodeRoads` wrote. Arrays are views on `bytes`, which must not be changed afterwards.
 * Besides the checksum every number that points somewhere is looked at, so that no file can lead a search astray.
 */
export const decodeRoads = (bytes: Uint8Array): Result<BuiltRoads, FileFault> => {
  const read = readSections(ROADS_VERSION, bytes);
  return read.ok ? roadsIn(read.value) : read;
};

const roadsIn = (sections: ReadonlyMap<string, Numbers>): Result<BuiltRoads, FileFault> => {
  const data = arraysOf(DATA, 'data.', sections);
  if (!data.ok) return data;
  const ways = readWays(sections);
  if (!ways.ok) return ways;
  const bans = readBans(sections);
  if (!bans.ok) return bans;
  const graph = arraysOf(GRAPH, 'graph.', sections);
  if (!graph.ok) return graph;
  const hierarchy = arraysOf(HIERARCHY, 'order.', sections);
  if (!hierarchy.ok) return hierarchy;
  const roads = { ...data.value, ways: ways.value, bans: bans.value };
  const misfit = misfitOf(roads, graph.value, hierarchy.value);
  if (misfit !== null) return err(misfitFault(misfit));
  return ok({ data: roads, graph: graph.value, hierarchy: hierarchy.value });
};

/** Raised whenever the roads of a drawing (from-geojson.ts) come to be others. */
const DRAWN_VERSION = 1;

/** The same for roads built from a drawing. @param print of the drawing */
export const encodeDrawn = (roads: BuiltRoads, print: number): Uint8Array =>
  writeSections(ROADS_VERSION, [sectionOf('print', Uint32Array.of(DRAWN_VERSION, print)), ...roadSections(roads)]);

/** Null where the bytes are damaged, of another version, or of another drawing. Arrays are views on `bytes`. */
export const decodeDrawn = (bytes: Uint8Array, print: number): BuiltRoads | null => {
  const read = readSections(ROADS_VERSION, bytes);
  const own = read.ok ? read.value.get('print') : undefined;
  if (!read.ok || own?.[0] !== DRAWN_VERSION || own[1] !== print) return null;
  const roads = roadsIn(read.value);
  return roads.ok ? roads.value : null;
};

/** The fault of an array that does not fit the others. */
export const misfitFault = (misfit: string): FileFault =>
  damaged(`${misfit} 与其他内容不符`, `${misfit} does not fit the rest`);

/** Ids and names of ways as the file has them. */
export const textsOf = (ways: RoadWays): Arrays<typeof TEXTS> => {
  const ids = encodeTexts(ways.id);
  const numbers = new Map<string, number>();
  const texts: string[] = [];
  const name = Int32Array.from(ways.name, (one) => {
    if (one === null) return -1;
    const key = JSON.stringify([one.zh, one.en]);
    const known = numbers.get(key) ?? numbers.size;
    if (known === numbers.size) {
      numbers.set(key, known);
      texts.push(one.zh, one.en);
    }
    return known;
  });
  const names = encodeTexts(texts);
  return { id_bytes: ids.bytes, id_ends: ids.ends, name, name_bytes: names.bytes, name_ends: names.ends };
};

const readWays = (sections: ReadonlyMap<string, Numbers>): Result<RoadWays, FileFault> => {
  const ways = arraysOf(WAYS, 'ways.', sections);
  if (!ways.ok) return ways;
  const texts = arraysOf(TEXTS, 'text.', sections);
  if (!texts.ok) return texts;
  const { id_bytes, id_ends, name, name_bytes, name_ends } = texts.value;
  const id = decodeTexts({ bytes: id_bytes, ends: id_ends });
  const both = decodeTexts({ bytes: name_bytes, ends: name_ends });
  if (id === null || both === null) return err(damaged('文字内容有误', 'its texts are wrong'));
  const names = Array.from({ length: both.length / 2 }, (_, i): Text => ({
    zh: both[i * 2] as string,
    en: both[i * 2 + 1] as string,
  }));
  if (name.some((one) => one >= names.length)) return err(damaged('文字内容有误', 'its texts are wrong'));
  return ok({ ...ways.value, id, name: Array.from(name, (one) => names[one] ?? null) });
};

/** Bans as the file has them. */
export const bansIn = (bans: readonly TurnBan[]): Arrays<typeof BANS> => {
  let end = 0;
  return {
    ends: Uint32Array.from(bans, ({ edges }) => (end += edges.length)),
    edges: Int32Array.from(bans.flatMap(({ edges }) => edges)),
    at: Int32Array.from(bans, ({ at }) => at),
    modes: Uint8Array.from(bans, ({ modes }) => modes),
  };
};

const readBans = (sections: ReadonlyMap<string, Numbers>): Result<TurnBan[], FileFault> => {
  const found = arraysOf(BANS, 'bans.', sections);
  if (!found.ok) return found;
  const { ends, edges, at, modes } = found.value;
  const wrong = err(damaged('转弯限制有误', 'its forbidden turns are wrong'));
  if (at.length !== ends.length || modes.length !== ends.length || (ends.at(-1) ?? 0) !== edges.length) return wrong;
  const bans: TurnBan[] = [];
  let from = 0;
  for (const [i, end] of ends.entries()) {
    if (end < from) return wrong;
    bans.push({ edges: Array.from(edges.subarray(from, end)), at: at[i] as number, modes: modes[i] as number });
    from = end;
  }
  return ok(bans);
};
