import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { LonLat } from '#core/base/geo.ts';
import { peer, peerProgram } from './peers.ts';
import { once_ms } from './timing.ts';

/** One end of a question. `minimum_reachability`: how many roads must lead on from where it joins; 50 unless told, and slow to find out. */
interface Place {
  readonly lon: number;
  readonly lat: number;
  readonly minimum_reachability?: number;
}
interface Leg {
  readonly maneuvers: readonly Maneuver[];
}
export interface Maneuver {
  readonly instruction: string;
  readonly street_names?: readonly string[];
  readonly time: number;
  readonly length: number;
}
interface Actor {
  readonly matrix: (question: object) => Promise<{
    readonly sources_to_targets: { readonly durations: readonly (readonly (number | null)[])[] };
  }>;
  readonly route: (question: object) => Promise<{ readonly trip: { readonly legs: readonly Leg[] } }>;
}
interface Bindings {
  readonly Actor: { readonly fromConfigFile: (file: string) => Promise<Actor> };
}

/** Seconds row by row; null where it finds no way. */
export type Seconds = readonly (readonly (number | null)[])[];
export type Ask = (from: readonly LonLat[], to: readonly LonLat[]) => Promise<Seconds>;

export interface Valhalla {
  readonly build_s: number;
  /** As it comes: what it joins must lead on to 50 roads. */
  readonly usual: Readonly<Record<Algorithm, Ask>>;
  /** What it joins may be anything. Twice as fast, and may start in a yard that leads nowhere. */
  readonly hasty: Readonly<Record<Algorithm, Ask>>;
  /** The turns of one way. */
  readonly route: (from: LonLat, to: LonLat) => Promise<readonly Maneuver[]>;
}

/** Its two ways to answer a matrix; which is faster depends on its size, so both are tried. */
const ALGORITHMS = ['timedistancematrix', 'costmatrix'] as const;
type Algorithm = (typeof ALGORITHMS)[number];

/**
 * Valhalla in this process on tiles of an extract, with its limits lifted, its cache without locks, its answer without words. By car as it
 * comes (`costing: auto`), at no time of day, without traffic: the speeds of its tiles and nothing else.
 */
export const openValhalla = async (pbf: string, dir: string): Promise<Valhalla> => {
  const config = baseConfig(path.join(dir, 'valhalla'));
  const fileOf = (algorithm: Algorithm): string => {
    const file = path.join(dir, `valhalla-${algorithm}.json`);
    writeFileSync(
      file,
      JSON.stringify({ ...config, thor: { ...config['thor'], source_to_target_algorithm: algorithm } }),
    );
    return file;
  };
  const files = ALGORITHMS.map(fileOf);
  const build_s = (await once_ms(() => build(files[0] ?? '', pbf))) / 1000;
  const { Actor } = peer<Bindings>('@valhallajs/valhallajs');
  const [timed, cost] = await Promise.all([Actor.fromConfigFile(files[0] ?? ''), Actor.fromConfigFile(files[1] ?? '')]);
  if (timed === undefined || cost === undefined) throw new Error('Valhalla did not open its tiles');
  const asks = (more: Partial<Place>) => ({
    timedistancematrix: asking(timed, more),
    costmatrix: asking(cost, more),
  });
  return {
    build_s,
    usual: asks({}),
    hasty: asks({ minimum_reachability: 0 }),
    route: async (from, to) => {
      const { trip } = await timed.route({ locations: [from, to].map(place), costing: 'auto' });
      return trip.legs.flatMap((leg) => leg.maneuvers);
    },
  };
};

/** The faster of the two for a question. */
export const fasterOf = async (
  asks: Readonly<Record<Algorithm, Ask>>,
  from: readonly LonLat[],
  to: readonly LonLat[],
): Promise<{ readonly name: Algorithm; readonly ask: Ask }> => {
  const all: { name: Algorithm; ask: Ask; ms: number }[] = [];
  for (const name of ALGORITHMS) all.push({ name, ask: asks[name], ms: await once_ms(() => asks[name](from, to)) });
  const [best] = all.toSorted((a, b) => a.ms - b.ms);
  if (best === undefined) throw new Error('no algorithm');
  return best;
};

const build = (config: string, pbf: string): void =>
  void execFileSync(peerProgram('valhalla'), ['build_tiles', '-c', config, pbf], {
    // It leaves a list of what it found twice where it runs.
    cwd: path.dirname(config),
    stdio: 'ignore',
  });

const place = ([lon, lat]: LonLat): Place => ({ lon, lat });

const asking =
  (actor: Actor, more: Partial<Place>): Ask =>
  async (from, to) => {
    const places = (list: readonly LonLat[]): readonly Place[] => list.map((at) => ({ ...place(at), ...more }));
    const question = { sources: places(from), targets: places(to), costing: 'auto', verbose: false };
    return (await actor.matrix(question)).sources_to_targets.durations;
  };

type Config = Record<string, Record<string, unknown>>;

const baseConfig = (tiles: string): Config => {
  const told = execFileSync(peerProgram('valhalla'), ['build_config', '--mjolnir-tile-dir', tiles], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const config = JSON.parse(told) as Config;
  const { mjolnir = {} } = config;
  delete mjolnir['tile_extract'];
  delete mjolnir['traffic_extract'];
  mjolnir['use_simple_mem_cache'] = true;
  const { auto = {} } = (config['service_limits'] ?? {}) as Config;
  Object.assign(auto, { max_matrix_location_pairs: 4_000_000, max_matrix_distance: 4e6, max_locations: 5000 });
  for (const part of Object.values(config)) {
    if (typeof part['logging'] === 'object') part['logging'] = { ...part['logging'], type: '' };
  }
  return config;
};
