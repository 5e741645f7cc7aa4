import type { LonLat } from '#core/base/geo.ts';
import type { Text } from '#core/base/text.ts';
import { ROAD_MODES, MODE_BIT } from '#engines/travel/road/data.ts';
import type { RoadData, RoadMode } from '#engines/travel/road/data.ts';
import type { Assembled } from './assemble.ts';
import { readSpan_s } from './duration.ts';
import { FERRY } from './ferries.ts';
import type { FerryRelation, FerryWay } from './ferries.ts';
import type { KeptWays } from './kept-ways.ts';
import { FERRY_CLASS } from './pieces-of-way.ts';
import type { Tallies } from './read-ways.ts';

/** One way of a ferry, as it is told. */
export interface FerryReport {
  readonly id: string;
  readonly name: Text | null;
  /** Who it carries. */
  readonly modes: readonly RoadMode[];
  readonly length_m: number;
  readonly crossing_s: number;
  /** Where the time of crossing comes from; `assumed` is the length at the stated speed. */
  readonly crossing_from: 'way' | 'relation' | 'assumed';
  readonly wait_s: number;
  /** The wait is the stated one, not half of an interval. */
  readonly wait_assumed: boolean;
  readonly ends: readonly {
    readonly at: LonLat;
    /** A road or path begins there; or another piece of the ferry; or nothing does. */
    readonly joins: 'road' | 'ferry' | 'nothing';
  }[];
  /** An end joins nothing here: it lies beyond the extract, or the map lacks the road. */
  readonly leaves: boolean;
}

/** A ferry relation of which not all ways are in the extract. */
export interface LeavingLine {
  readonly id: string;
  readonly name: string | null;
  readonly ways: number;
  readonly ways_here: number;
}

interface Piece {
  readonly ferry: FerryWay;
  readonly number: number;
  readonly length_m: number;
  readonly whole: boolean;
}

interface Crossing {
  readonly crossing_s: number;
  readonly crossing_from: FerryReport['crossing_from'];
}

/**
 * Writes `edge_fixed_s` of all ferry edges. A piece takes its share of the crossing by length, and half of wait and boarding at each end where people
 * can get on or off (a road, or the end of the line): who goes from pier to pier waits once, over however many pieces.
 */
export const timeFerries = (
  ferries: readonly FerryWay[],
  kept: KeptWays,
  assembled: Assembled,
  tallies: Tallies,
): readonly FerryReport[] => {
  const { data } = assembled;
  const pieces = ferries
    .map((ferry) => pieceOf(ferry, assembled))
    .filter((piece) => piece !== null)
    .sort((a, b) => a.number - b.number);
  const crossings = crossingsOf(pieces, tallies);
  const degrees = ferryDegrees(data);
  return pieces.map((piece) => {
    const crossing = crossings.get(piece.number) ?? assumed(piece);
    return writeTimes(piece, crossing, kept, assembled, degrees);
  });
};

const edgesOf = ({ way_start }: Assembled, number: number): readonly number[] => {
  const start = way_start[number] as number;
  return Array.from({ length: (way_start[number + 1] as number) - start }, (_, i) => start + i);
};

const pieceOf = (ferry: FerryWay, assembled: Assembled): Piece | null => {
  const number = assembled.number_of_way[ferry.way] as number;
  if (number < 0) return null;
  const lengths = edgesOf(assembled, number).map((edge) => assembled.data.edge_length_m[edge] as number);
  const length_m = lengths.reduce((sum, length) => sum + length, 0);
  return { ferry, number, length_m, whole: assembled.cuts.get(ferry.way)?.open !== true };
};

const assumed = ({ length_m }: Piece): Crossing => ({
  crossing_s: (length_m * 3.6) / FERRY.speed_kmh,
  crossing_from: 'assumed',
});

/** Crossing times by number of way: the way's own, or its share of the relation's by length. */
const crossingsOf = (pieces: readonly Piece[], tallies: Tallies): ReadonlyMap<number, Crossing> => {
  const found = new Map<number, Crossing>();
  for (const piece of pieces) {
    const told = piece.ferry.duration_s;
    if (told === null) continue;
    if (!piece.whole || isLikely(piece.length_m, told))
      found.set(piece.number, { crossing_s: told, crossing_from: 'way' });
    else tallies.noted.add('duration', `way/${piece.ferry.id}`, `${told} s for ${Math.round(piece.length_m)} m`);
  }
  const byWay = new Map(pieces.map((piece) => [piece.ferry.id, piece]));
  const relations = new Map(pieces.flatMap(({ ferry }) => ferry.relations.map((one) => [one.id, one] as const)));
  for (const relation of [...relations.values()].sort((a, b) => a.id - b.id)) spread(relation, byWay, found, tallies);
  return found;
};

const isLikely = (length_m: number, duration_s: number): boolean => {
  const kmh = (length_m / duration_s) * 3.6;
  return kmh >= FERRY.least_kmh && kmh <= FERRY.most_kmh;
};

/** What a relation says for the whole line goes to the ways that say nothing, after what the others say is taken away. */
const spread = (
  { id, tags, ways }: FerryRelation,
  byWay: ReadonlyMap<number, Piece>,
  found: Map<number, Crossing>,
  tallies: Tallies,
): void => {
  const told = tags.get('duration');
  if (told === undefined) return;
  const duration_s = readSpan_s(told);
  const all = [...new Set(ways)].flatMap((way) => byWay.get(way) ?? []);
  const total_m = all.reduce((sum, piece) => sum + piece.length_m, 0);
  if (duration_s === null || (all.length === new Set(ways).size && !isLikely(total_m, duration_s))) {
    tallies.noted.add('duration', `relation/${id}`, `duration=${told}`);
    return;
  }
  const silent = all.filter((piece) => !found.has(piece.number));
  const silent_m = silent.reduce((sum, piece) => sum + piece.length_m, 0);
  const spoken_s = all.reduce((sum, piece) => sum + (found.get(piece.number)?.crossing_s ?? 0), 0);
  const left_s = duration_s - spoken_s;
  for (const piece of silent) {
    const crossing_s = left_s > 0 ? (left_s * piece.length_m) / silent_m : (duration_s * piece.length_m) / total_m;
    found.set(piece.number, { crossing_s, crossing_from: 'relation' });
  }
};

/** How many ends of ferry edges meet at a node. */
const ferryDegrees = (data: RoadData): ReadonlyMap<number, number> => {
  const degrees = new Map<number, number>();
  for (let edge = 0; edge < data.edge_from.length; edge += 1) {
    if (data.ways.class[data.edge_way[edge] as number] !== FERRY_CLASS) continue;
    for (const node of [data.edge_from[edge] as number, data.edge_to[edge] as number]) {
      degrees.set(node, (degrees.get(node) ?? 0) + 1);
    }
  }
  return degrees;
};

const writeTimes = (
  piece: Piece,
  { crossing_s, crossing_from }: Crossing,
  kept: KeptWays,
  assembled: Assembled,
  degrees: ReadonlyMap<number, number>,
): FerryReport => {
  const { data } = assembled;
  const { ferry, number } = piece;
  const joins = (node: number): FerryReport['ends'][number]['joins'] => {
    if (assembled.isOnRoad(node)) return 'road';
    return (degrees.get(node) ?? 0) > 1 ? 'ferry' : 'nothing';
  };
  const half_s = (node: number): number => (joins(node) === 'ferry' ? 0 : (ferry.wait_s + FERRY.boarding_s) / 2);
  const edges = edgesOf(assembled, number);
  for (const edge of edges) {
    const share = piece.length_m > 0 ? (data.edge_length_m[edge] as number) / piece.length_m : 1 / edges.length;
    const ends_s = half_s(data.edge_from[edge] as number) + half_s(data.edge_to[edge] as number);
    data.edge_fixed_s[edge] = Math.max(1, Math.round(crossing_s * share + ends_s));
  }
  const ends = [data.edge_from[edges[0] as number] as number, data.edge_to[edges.at(-1) as number] as number];
  const told = ends.map((node) => ({ at: positionOf(data, node), joins: joins(node) }));
  const modes = (kept.forward[ferry.way] as number) | (kept.backward[ferry.way] as number);
  return {
    id: data.ways.id[number] as string,
    name: data.ways.name[number] ?? null,
    modes: ROAD_MODES.filter((mode) => (modes & MODE_BIT[mode]) !== 0),
    length_m: Math.round(piece.length_m),
    crossing_s: Math.round(crossing_s),
    crossing_from,
    wait_s: ferry.wait_s,
    wait_assumed: ferry.wait_assumed,
    ends: told,
    leaves: !piece.whole || told.some((end) => end.joins === 'nothing'),
  };
};

const positionOf = (data: RoadData, node: number): LonLat => [
  (data.node_lon_e7[node] as number) / 1e7,
  (data.node_lat_e7[node] as number) / 1e7,
];

/** Lines of which ways are missing here, so that nobody believes the line to end where the extract does. */
export const leavingLines = (
  relations: readonly FerryRelation[],
  reports: readonly FerryReport[],
): readonly LeavingLine[] => {
  const here = new Set(reports.map((report) => report.id));
  return relations.flatMap(({ id, tags, ways }) => {
    const ways_here = ways.filter((way) => here.has(`way/${way}`)).length;
    if (ways_here === 0 || ways_here === ways.length) return [];
    return [{ id: `relation/${id}`, name: tags.get('name') ?? tags.get('ref') ?? null, ways: ways.length, ways_here }];
  });
};
