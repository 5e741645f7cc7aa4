import type { LonLat } from '#core/base/geo.ts';
import type { Climber, RoadClimb } from './climb.ts';
import { arcWeight } from './customise.ts';
import type { RoadWeights } from './customise.ts';
import type { Seed } from './ends.ts';
import { arrivals, departures, directWay, shareAlong } from './ends.ts';
import type { LowerEnds, RoadIndex } from './index.ts';
import { edgeLine, innerPoints, withoutRepeats } from './line.ts';
import type { RoadPath, RoadPoint } from './roads.ts';
import { metresOf, secondsOf } from './weight.ts';

/** Directed edges from one position to another. The first is used from the position on, the last up to the other. */
interface Drive {
  readonly weight: number;
  readonly from: RoadPoint;
  readonly to: RoadPoint;
  readonly directed: readonly number[];
}

/** The shortest way between two climbs, null where there is none. Among ways of the same time and length always the same one. */
export const findPath = (index: RoadIndex, climber: Climber, from: RoadClimb, to: RoadClimb): RoadPath | null => {
  const drive = shortestDrive(index, climber, from, to);
  if (drive === null) return null;
  const { data } = index;
  const edges = drive.directed.map((directed) => directed >> 1);
  const ways = edges.map((edge) => data.ways.id[data.edge_way[edge] as number] as string);
  return {
    duration_s: secondsOf(drive.weight),
    distance_m: metresOf(drive.weight),
    line: lineOf(index, drive),
    edges,
    ways: ways.filter((id, at) => id !== ways[at - 1]),
  };
};

const shortestDrive = (index: RoadIndex, climber: Climber, from: RoadClimb, to: RoadClimb): Drive | null => {
  const { metric } = from;
  const direct = directWay(metric, from.points, to.points);
  const rising = climber.climb(metric, from.points, 'from', true);
  const falling = climber.climb(metric, to.points, 'to', true);
  const top = meeting(rising, falling);
  if (direct !== null && (top === null || direct.weight <= top.weight)) {
    return { ...direct, directed: [direct.directed] };
  }
  if (top === null) return null;
  const { hierarchy: arcs } = index;
  const up = descend(index.below_up, metric.up, rising, departures(index, metric, from.points), top.rank);
  const down = descend(index.below_down, metric.down, falling, arrivals(index, metric, to.points), top.rank);
  const first = arcs.rank_state[up.ranks.at(-1) as number] as number;
  const directed = [up.seed.directed, index.graph.state_edge[first] as number];
  const unpack = unpacker(index, metric, directed);
  for (let at = up.slots.length - 1; at >= 0; at--) {
    unpack(up.ranks[at + 1] as number, up.ranks[at] as number, up.slots[at] as number);
  }
  down.slots.forEach((slot, at) => unpack(down.ranks[at] as number, down.ranks[at + 1] as number, slot));
  return { weight: top.weight, from: up.seed.point, to: down.seed.point, directed };
};

/** The rank at which two climbs together are shortest; the lowest of equal ones. */
const meeting = (one: RoadClimb, two: RoadClimb): { readonly rank: number; readonly weight: number } | null => {
  let best = null;
  for (let at = 0, other = 0; at < one.rank.length && other < two.rank.length;) {
    const gap = (one.rank[at] as number) - (two.rank[other] as number);
    if (gap === 0) {
      const weight = (one.weight[at] as number) + (two.weight[other] as number);
      if (best === null || weight < best.weight) best = { rank: one.rank[at] as number, weight };
    }
    if (gap <= 0) at += 1;
    if (gap >= 0) other += 1;
  }
  return best;
};

/** Shortest way between two climbs. */
export const meetingWeight = (one: RoadClimb, two: RoadClimb): number => {
  const direct = directWay(one.metric, one.points, two.points);
  return Math.min(direct?.weight ?? Infinity, meeting(one, two)?.weight ?? Infinity);
};

/** The way a climb came up to a rank, from there down: ranks, the arcs between them, and the seed at its end. */
interface Descent {
  readonly ranks: readonly number[];
  readonly slots: readonly number[];
  readonly seed: Seed;
}

const descend = (
  below: LowerEnds,
  weight: Float64Array,
  climb: RoadClimb,
  seeds: readonly Seed[],
  top: number,
): Descent => {
  const reach = new Map(Array.from(climb.rank, (rank, at) => [rank, climb.weight[at] as number]));
  const ranks = [top];
  const slots: number[] = [];
  for (;;) {
    const rank = ranks.at(-1) as number;
    const here = reach.get(rank) as number;
    const seed = seeds.find((candidate) => candidate.rank === rank && candidate.weight === here);
    if (seed !== undefined) return { ranks, slots, seed };
    let at = below.start[rank] as number;
    while ((reach.get(below.rank[at] as number) ?? NaN) + (weight[below.slot[at] as number] as number) !== here)
      at += 1;
    ranks.push(below.rank[at] as number);
    slots.push(below.slot[at] as number);
  }
};

/** Replaces an arc of the hierarchy by the arcs of the graph it stands for, and notes the directed edges these lead to. */
const unpacker = (
  index: RoadIndex,
  metric: RoadWeights,
  directed: number[],
): ((tail: number, head: number, slot: number) => void) => {
  const { hierarchy: arcs, graph, below_up, below_down } = index;
  const unpack = (tail: number, head: number, slot: number): void => {
    const isUp = tail < head;
    const weight = (isUp ? metric.up : metric.down)[slot] as number;
    const arc = (isUp ? arcs.up_arc : arcs.down_arc)[slot] as number;
    if (arc !== -1 && weight === arcWeight(index, metric, arcs.rank_state[tail] as number, arc)) {
      directed.push(graph.state_edge[arcs.rank_state[head] as number] as number);
      return;
    }
    let first = below_down.start[tail] as number;
    let second = below_up.start[head] as number;
    for (;;) {
      const gap = (below_down.rank[first] as number) - (below_up.rank[second] as number);
      if (gap === 0) {
        const halves = [below_down.slot[first] as number, below_up.slot[second] as number] as const;
        if ((metric.down[halves[0]] as number) + (metric.up[halves[1]] as number) === weight) {
          const middle = below_down.rank[first] as number;
          unpack(tail, middle, halves[0]);
          unpack(middle, head, halves[1]);
          return;
        }
      }
      if (gap <= 0) first += 1;
      if (gap >= 0) second += 1;
    }
  };
  return unpack;
};

const lineOf = ({ data }: RoadIndex, { from, to, directed }: Drive): readonly LonLat[] => {
  const [first, last] = [directed[0] as number, directed.at(-1) as number];
  const [start, end] = [shareAlong(first, from.share), shareAlong(last, to.share)];
  const between =
    directed.length === 1
      ? innerPoints(edgeLine(data, first), start, end)
      : [
          ...innerPoints(edgeLine(data, first), start, PAST_END),
          ...directed.slice(1, -1).flatMap((edge) => edgeLine(data, edge)),
          ...innerPoints(edgeLine(data, last), BEFORE_BEGINNING, end),
        ];
  const line = withoutRepeats([from.at, ...between, to.at]);
  return line.length === 1 ? [from.at, to.at] : line;
};

/** Shares that take in the end points of a line. */
const BEFORE_BEGINNING = -1;
const PAST_END = 2;
