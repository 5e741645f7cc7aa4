import { existsSync } from 'node:fs';
import process from 'node:process';
import { ROAD_CLASSES } from '#engines/travel/road/data.ts';
import type { RoadData } from '#engines/travel/road/data.ts';
import { archipelago } from './lib/archipelago.ts';
import { EXTRACT } from './lib/extract.ts';
import { built } from './lib/islands.ts';
import type { Ready } from './lib/islands.ts';
import { openNgraph } from './lib/ngraph.ts';
import { openPgRouting } from './lib/pgrouting.ts';
import { scratch } from './lib/scratch.ts';
import { beside, once_ms, timed_ms } from './lib/timing.ts';
import { measureBuilding, nth, questions, wrongAnswers } from './lib/travel-ours.ts';
import type { Questions } from './lib/travel-ours.ts';
import { report } from './lib/travel-rows.ts';
import type { Measured } from './lib/travel-rows.ts';
import { fasterOf, openValhalla } from './lib/valhalla.ts';

const ISLANDS = 20;
const ROUNDS = 9;
const SQUARES = 3;
/** ngraph answers pair by pair; so many are asked, and the time of all reckoned from them. */
const PAIRS = 200;

const besideValhalla = async (dir: string, { forces, places, ...ours }: Questions) => {
  const valhalla = await openValhalla(EXTRACT, dir);
  const one = [nth(places, 0)];
  for (const asks of [valhalla.hasty, valhalla.usual]) await fasterOf(asks, forces, one);
  const toOne = await fasterOf(valhalla.hasty, forces, one);
  const square = await fasterOf(valhalla.hasty, forces, forces);
  const peer = (round: number) => toOne.ask(forces, [nth(places, round)]);
  const usual = (round: number) => valhalla.usual[toOne.name](forces, [nth(places, round)]);
  return {
    build_s: valhalla.build_s,
    names: [toOne.name, square.name] as const,
    held: await beside(ours.held, peer, ROUNDS),
    joining: await beside(ours.joining, peer, ROUNDS),
    usual: await beside(ours.held, usual, ROUNDS),
    square: await beside(ours.square, () => square.ask(forces, forces), SQUARES, { ours: 3, peer: 1 }),
    heldSquare_ms: await timed_ms(ours.heldSquare, 7),
    usualSquare_ms: await once_ms(() => valhalla.usual[square.name](forces, forces)),
  };
};

/** The node a position is nearest to: the others are asked from node to node. */
const nodesOf = ({ built: { data }, snap }: Ready, places: Questions['places']): readonly number[] =>
  places.map((at) => {
    const [join] = snap(at);
    if (join === undefined) throw new RangeError('no road by a position beside a road');
    return (join.share < 0.5 ? data.edge_from : data.edge_to)[join.edge] ?? 0;
  });

const besidePgRouting = async (dir: string, map: Ready, ours: Questions) => {
  const peer = await openPgRouting(dir, map.built.data, map.metric);
  if (peer === null) return null;
  try {
    const forces = nodesOf(map, ours.forces);
    const places = nodesOf(map, ours.places);
    return {
      version: peer.version,
      toOne: await beside(ours.held, (round) => peer.ask(forces, [nth(places, round)]), ROUNDS),
      square: await beside(ours.square, () => peer.ask(forces, forces), 1, { ours: 3, peer: 1 }),
    };
  } finally {
    await peer.stop();
  }
};

const besideNgraph = async (map: Ready, ours: Questions) => {
  const find = openNgraph(map.built.data, map.metric);
  const forces = nodesOf(map, ours.forces);
  const places = nodesOf(map, ours.places);
  const toOne = await beside(ours.held, (round) => forces.map((from) => find(from, nth(places, round))), ROUNDS);
  const pairs = await once_ms(() =>
    Array.from({ length: PAIRS }, (_, at) => find(nth(forces, at), nth(forces, at * 7 + 1))),
  );
  return { toOne, square_ms: (pairs / PAIRS) * forces.length ** 2 };
};

/** Many of the island, joined by ferries between the ends of a main road. */
const larger = (data: RoadData): Ready => {
  const main = data.ways.class.indexOf(ROAD_CLASSES.indexOf('primary'));
  const port = data.edge_from[data.edge_way.indexOf(main)] ?? 0;
  return built(archipelago(data, ISLANDS, port));
};

const main = async (): Promise<void> => {
  if (!existsSync(EXTRACT)) {
    process.stderr.write('travel: the extract is not here (data/osm in the folder QUNDAO_SHARED names)\n');
    process.exitCode = 1;
    return;
  }
  const dir = scratch();
  const building = await measureBuilding(EXTRACT, dir);
  const { map } = building;
  const small = questions(map, 11);
  const plain = await beside(small.held, small.plain, ROUNDS);
  const valhalla = await besideValhalla(dir, small);
  const pgRouting = await besidePgRouting(dir, map, small);
  const ngraph = await besideNgraph(map, small);
  const wide = larger(building.data);
  const large = questions(wide, 13);
  const measured: Measured = {
    building,
    plain,
    selecting_ms: await timed_ms(small.selecting, 200),
    joiningPlain: await beside(small.joining, small.joiningPlain, ROUNDS),
    valhalla,
    pgRouting,
    ngraph,
    standing_ms: await timed_ms(small.standing, 200),
    moved_ms: await timed_ms(small.moved, 400),
    growth: {
      islands: ISLANDS,
      edges: wide.built.data.edge_from.length,
      square: await beside(small.square, large.square, SQUARES, { ours: 3, peer: 1 }),
      standing: await beside(small.standing, large.standing, ROUNDS, { ours: 50, peer: 50 }),
    },
    wrong: [wrongAnswers(map, small), wrongAnswers(wide, large)],
  };
  report(measured);
};

await main();
