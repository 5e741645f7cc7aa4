import { figure } from './figures.ts';
import { tell } from './report.ts';
import type { BenchResult } from './report.ts';
import type { Beside } from './timing.ts';
import { FORCES, STANDING } from './travel-ours.ts';
import type { measureBuilding } from './travel-ours.ts';

/** All that `npm run bench -- travel` finds out. Times are medians. */
export interface Measured {
  readonly building: Awaited<ReturnType<typeof measureBuilding>>;
  /** Beside the plain search on our own graph, forces held and not. */
  readonly plain: Beside;
  readonly joiningPlain: Beside;
  /** What is held of the forces, made. */
  readonly selecting_ms: number;
  readonly valhalla: {
    readonly build_s: number;
    /** The algorithms that were faster: to one place, and for many. */
    readonly names: readonly [string, string];
    readonly held: Beside;
    readonly joining: Beside;
    /** With its check of what it joins. */
    readonly usual: Beside;
    readonly usualSquare_ms: number;
    readonly square: Beside;
    readonly heldSquare_ms: number;
  };
  readonly pgRouting: { readonly version: string; readonly toOne: Beside; readonly square: Beside } | null;
  readonly ngraph: { readonly toOne: Beside; readonly square_ms: number };
  readonly standing_ms: number;
  readonly moved_ms: number;
  readonly growth: {
    readonly islands: number;
    readonly edges: number;
    readonly square: Beside;
    readonly standing: Beside;
  };
  readonly wrong: readonly { readonly lost: number; readonly other: number }[];
}

type Row = BenchResult['rows'][number];

const atLeast = (what: string, value: number, aim: number): Row => ({
  figure: what,
  value: `${figure(value)} ×`,
  aim: `≥ ${aim} ×`,
  met: value >= aim,
});
const atMost = (what: string, value: number, unit: string, aim: number): Row => ({
  figure: what,
  value: `${figure(value)} ${unit}`,
  aim: `≤ ${figure(aim)} ${unit}`,
  met: value <= aim,
});
const plainly = (what: string, value: string): Row => ({ figure: what, value });

const ONE = `${FORCES} → 1`;
const SQUARE = `${FORCES} × ${FORCES}`;
const STOOD = `${STANDING.toLocaleString('en')} standing → 1`;

export const report = (measured: Measured): void => {
  const { building, valhalla } = measured;
  tell({
    name: 'travel',
    about:
      `By car on the Isle of Man (${building.memory.edges.toLocaleString('en')} edges), with turn rules and the time turns take, in this process, on one core. ` +
      'Forces held: where they join the roads and what is above them in the hierarchy was selected before, which is done anew when one of them moves or the weights change; in the time are joining the place, its climb, and one pass over what was selected. ' +
      'Else every position is joined and everything made in the time. ' +
      `Valhalla 3.6.1 answers its matrix in this process: the faster of its two algorithms (${valhalla.names.join('; ')}), limits lifted, no words in the answer, and its check that 50 roads lead on from where it joins switched off, which makes it faster; with that check as it comes it is told as well. ` +
      'The plain search is that of Dijkstra on our own graph, stopped when all forces are reached. pgRouting and ngraph are asked from node to node, without turn rules and without joining. ' +
      'Both sides are warmed and take turns; ratios are medians over the rounds.',
    command: 'npm run bench -- travel',
    rows: [
      ...toOneRows(measured),
      ...squareRows(measured),
      ...otherRows(measured),
      ...growthRows(measured),
      ...buildingRows(measured),
    ],
  });
};

const toOneRows = ({ plain, joiningPlain, selecting_ms, valhalla }: Measured): readonly Row[] => [
  plainly(
    `${ONE}, forces held`,
    `${figure(valhalla.held.ours_ms)} ms; Valhalla ${figure(valhalla.held.peer_ms)} ms (${figure(valhalla.usual.peer_ms)} ms as it comes); plain ${figure(plain.peer_ms)} ms`,
  ),
  atLeast(`${ONE}, forces held, beside Valhalla`, valhalla.held.ratio, 50),
  plainly(`${ONE}, forces held, beside Valhalla as it comes`, `${figure(valhalla.usual.ratio)} ×`),
  atLeast(`${ONE}, forces held, beside the plain search`, plain.ratio, 4),
  plainly(
    `selecting the ${FORCES} forces, where they join being known`,
    `${figure(selecting_ms)} ms; were that in the time too, Valhalla would take ${figure(valhalla.held.peer_ms / (selecting_ms + valhalla.held.ours_ms))} × as long`,
  ),
  plainly(
    `${ONE}, everybody joined in the time`,
    `${figure(valhalla.joining.ours_ms)} ms: Valhalla takes ${figure(valhalla.joining.ratio)} × as long, plain with the same joining ${figure(joiningPlain.ratio)} ×`,
  ),
];

const squareRows = ({ valhalla: { square, heldSquare_ms, usualSquare_ms } }: Measured): readonly Row[] => [
  plainly(
    `${SQUARE}, everybody joined in the time`,
    `${figure(square.ours_ms)} ms; Valhalla ${figure(square.peer_ms)} ms (${figure(usualSquare_ms)} ms as it comes); with our climbs kept ${figure(heldSquare_ms)} ms`,
  ),
  atLeast(`${SQUARE} beside Valhalla`, square.ratio, 100),
];

const otherRows = ({ pgRouting, ngraph, standing_ms, moved_ms }: Measured): readonly Row[] => [
  plainly(
    pgRouting === null ? 'pgRouting' : `${pgRouting.version}: ${ONE}; ${SQUARE}`,
    pgRouting === null
      ? 'not installed (apt-get install postgresql-15-pgrouting): left out'
      : `${figure(pgRouting.toOne.peer_ms)} ms (${figure(pgRouting.toOne.ratio)} ×); ${figure(pgRouting.square.peer_ms)} ms (${figure(pgRouting.square.ratio)} ×)`,
  ),
  plainly(
    `ngraph.path 1.6.1 (NBA*): ${ONE}; ${SQUARE} reckoned from ${FORCES} pairs`,
    `${figure(ngraph.toOne.peer_ms)} ms (${figure(ngraph.toOne.ratio)} ×); ${figure(ngraph.square_ms)} ms`,
  ),
  atMost(STOOD, standing_ms, 'ms', 0.3),
  plainly('one of them moved: joined, climbed, put into the buckets', `${figure(moved_ms * 1000)} µs`),
];

const growthRows = ({ growth, wrong }: Measured): readonly Row[] => [
  atMost(
    `${SQUARE} on ${growth.islands} islands joined by ferries (${growth.edges.toLocaleString('en')} edges)`,
    growth.square.ratio,
    '×',
    12,
  ),
  atMost(`${STOOD} there`, growth.standing.ratio, '×', 4),
  atMost(
    'answers lost that the plain search has, on both maps',
    wrong.reduce((sum, { lost }) => sum + lost, 0),
    '',
    0,
  ),
  atMost(
    'answers that differ from it',
    wrong.reduce((sum, { other }) => sum + other, 0),
    '',
    0,
  ),
];

const buildingRows = ({ building, valhalla }: Measured): readonly Row[] => {
  const { memory, whole_ms, weigh_ms, close_ms } = building;
  const per = (bytes: number, count: number): string => figure(bytes / count);
  const mb = (bytes: number): string => `${figure(bytes / 1e6)} MB`;
  return [
    atMost('PBF to ready', building.ready_s, 's', 10),
    atMost('opening what was built', building.open_ms / 1000, 's', 0.3),
    atMost('new weights beside building from what was imported', weigh_ms / whole_ms, '×', 0.05),
    plainly(
      'new weights; one way closed; building',
      `${figure(weigh_ms)} ms; ${figure(close_ms)} ms; ${figure(whole_ms)} ms. Valhalla's tiles from the PBF: ${figure(valhalla.build_s)} s`,
    ),
    plainly('memory made while new weights are put in', mb(memory.weighing)),
    plainly(
      'memory of the map',
      `${mb(memory.file)} as in its file and ${mb(memory.ready)} more when ready by car: ${per(memory.file + memory.ready, memory.edges)} bytes per edge, ${per(memory.file + memory.ready, memory.nodes)} per node`,
    ),
    plainly(
      'of that each set of weights',
      `${mb(memory.weights)}: ${per(memory.weights, memory.edges)} bytes per edge (${memory.states.toLocaleString('en')} states, ${memory.arcs.toLocaleString('en')} turns, ${memory.shortcuts.toLocaleString('en')} arcs of the hierarchy)`,
    ),
  ];
};
