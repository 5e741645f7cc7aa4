import { existsSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { seeded } from '#core/base/random.ts';
import { importOsm } from '#rim/osm/import-osm.ts';
import { EXTRACT } from './lib/extract.ts';
import { figure, median, percentile } from './lib/figures.ts';
import { besideRoads, built } from './lib/islands.ts';
import type { Ready } from './lib/islands.ts';
import { tell } from './lib/report.ts';
import { scratch } from './lib/scratch.ts';
import { differences, explain, featuresOf, ours_s } from './lib/truth.ts';
import type { Pair } from './lib/truth.ts';
import { openValhalla } from './lib/valhalla.ts';
import type { Valhalla } from './lib/valhalla.ts';

const PAIRS = 500;
const SEED = 21;
const SHOWN = 12;
/** Read by test/scenarios/travel-truth.test.ts, which then needs no Valhalla. */
const RECORD = path.join(import.meta.dirname, '../test/data/isle-of-man-by-car.json');

const askBoth = async (map: Ready, valhalla: Valhalla): Promise<readonly Pair[]> => {
  const points = besideRoads(map.built.data, 2 * PAIRS, seeded(SEED)).map(
    ([lon, lat]) => [Number(lon.toFixed(6)), Number(lat.toFixed(6))] as const,
  );
  const pairs: Pair[] = [];
  for (const [at, from] of points.slice(0, PAIRS).entries()) {
    const to = points[PAIRS + at] ?? from;
    const [[theirs = null] = []] = await valhalla.usual.timedistancematrix([from], [to]);
    pairs.push({ from, to, ours_s: ours_s(map, from, to), theirs_s: theirs });
  }
  return pairs;
};

/** By what they drive on, so that a cause shows. */
const byCause = (map: Ready, pairs: readonly (Pair & { readonly by: number })[]) => {
  const causes = new Map<string, number[]>();
  for (const { from, to, by } of pairs) {
    const { roads, metric, depart, arrive } = map;
    const features = featuresOf(map, roads.path(metric, depart(from), arrive(to)));
    const cause = features.replaceAll(/ \d[\d.]* km/g, '');
    causes.set(cause, [...(causes.get(cause) ?? []), by]);
  }
  return [...causes].toSorted(([, a], [, b]) => b.length - a.length);
};

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const report = (map: Ready, pairs: readonly Pair[]): void => {
  const both = differences(pairs);
  const sizes = both.map(({ by }) => Math.abs(by));
  const onlyOne = pairs.filter((pair) => (pair.ours_s === null) !== (pair.theirs_s === null));
  const unexplained = onlyOne.filter((pair) => explain(map, pair) === null);
  const reasons = Map.groupBy(onlyOne, (pair) => explain(map, pair)?.split(':')[0] ?? 'not explained');
  tell({
    name: 'travel-truth',
    about:
      `${PAIRS} random pairs by car on the Isle of Man: our durations beside those of Valhalla 3.6.1 (costing auto as it comes, no time of day, no traffic tiles). ` +
      'Ours: free-flow speeds by sign, else by class (motorway 105, trunk 85, primary 70, secondary 60, tertiary 50, street 45, residential 30, service 20, track 15 km/h, never more than the class bears), 4 s for a turn, 1 s straight across a junction; joined from where one stands at 8 km/h.',
    command: 'npm run bench -- travel-truth',
    rows: [
      {
        figure: 'median difference, whatever its sign',
        value: percent(median(sizes)),
        aim: '≤ 15 %',
        met: median(sizes) <= 0.15,
      },
      { figure: 'with its sign (above 0 we are slower)', value: percent(median(both.map(({ by }) => by))) },
      { figure: 'nine of ten differ by no more than', value: percent(percentile(sizes, 0.9)) },
      {
        figure: 'a way in one and none in the other',
        value: `${onlyOne.length} of ${PAIRS}: ${[...reasons].map(([reason, list]) => `${reason} ${list.length}`).join(', ')}`,
      },
      {
        figure: 'of these without an explanation',
        value: figure(unexplained.length),
        aim: '0',
        met: unexplained.length === 0,
      },
      ...byCause(map, both).map(([cause, all]) => ({
        figure: `ways of ours with: ${cause}`,
        value: `${all.length} pairs, median ${percent(median(all))} with its sign, ${percent(median(all.map(Math.abs)))} without`,
      })),
    ],
  });
  if (process.argv.includes('--json')) return;
  const line = (words: string): void => void process.stdout.write(`${words}\n`);
  line('\nA way in one and none in the other:');
  for (const pair of onlyOne)
    line(`  ${pair.from.join()} → ${pair.to.join()}: ${explain(map, pair) ?? 'not explained'}`);
  line('\nLargest differences:');
  for (const { from, to, by, ours_s: own, theirs_s } of both
    .toSorted((a, b) => Math.abs(b.by) - Math.abs(a.by))
    .slice(0, SHOWN)) {
    const features = featuresOf(map, map.roads.path(map.metric, map.depart(from), map.arrive(to)));
    line(
      `  ${from.join()} → ${to.join()}: ${percent(by)}, ours ${own ?? ''} s, theirs ${theirs_s ?? ''} s; ${features}`,
    );
  }
};

const main = async (): Promise<void> => {
  if (!existsSync(EXTRACT)) {
    process.stderr.write('travel-truth: the extract is not here (data/osm in the folder QUNDAO_SHARED names)\n');
    process.exitCode = 1;
    return;
  }
  const map = built(importOsm(EXTRACT, () => undefined).data);
  const pairs = await askBoth(map, await openValhalla(EXTRACT, scratch()));
  report(map, pairs);
  if (!process.argv.includes('--record')) return;
  const rows = pairs.map(({ from, to, theirs_s }) => `    [${[...from, ...to, theirs_s].map(String).join(', ')}]`);
  const about =
    'lon, lat, lon, lat, seconds by car as Valhalla 3.6.1 (costing auto, no time of day) finds them on isle-of-man-2021.osm.pbf; written by bench/travel-truth.ts --record';
  writeFileSync(RECORD, `{\n  "about": "${about}",\n  "pairs": [\n${rows.join(',\n')}\n  ]\n}\n`);
};

await main();
