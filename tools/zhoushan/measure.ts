/**
 * Measures the engines on the demonstration city: `node --expose-gc tools/zhoushan/measure.ts`.
 * Times are processor time of the process (collector included), so that a busy machine does not blur them.
 * 200 travellers (the invented forces, some twice) to each of 60 places, standing at home and moved about.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LonLat } from '#core/base/geo.ts';
import { seeded } from '#core/base/random.ts';
import { buildNetwork } from '#engines/travel/network.ts';
import type { Traveller } from '#engines/travel/spi.ts';
import { createTravel } from '#engines/travel/travel.ts';
import type { Force } from '#world/forces/force.ts';
import type { PlacesFile } from '#world/places/gazetteer.ts';

const directory = join(import.meta.dirname, '..', '..', 'data', 'zhoushan');
const read = <T>(name: string): T => JSON.parse(readFileSync(join(directory, name), 'utf8')) as T;
const collect = (): number => {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
};
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const data = {
  land: read<Parameters<typeof buildNetwork>[0]['land']>('land.geojson'),
  roads: read<Parameters<typeof buildNetwork>[0]['roads']>('roads.geojson'),
  piers: read<Parameters<typeof buildNetwork>[0]['piers']>('piers.geojson'),
  sea: read<Parameters<typeof buildNetwork>[0]['sea']>('sea.json'),
};
const { places } = read<PlacesFile>('places.json');
const { forces } = read<{ forces: readonly Force[] }>('forces.json');
const group = [...forces, ...forces].slice(0, 200);
const random = seeded(9);
const moved = ([lon, lat]: LonLat, by: number): LonLat => [lon + (random() - 0.5) * by, lat + (random() - 0.5) * by];

const before_mb = collect();
const started = performance.now();
const network = buildNetwork(data);
say(
  `build ${Math.round(performance.now() - started)} ms, ${Math.round(collect() - before_mb)} MB besides the parsed files`,
);

for (const stir of [0, 0.004]) {
  const travel = createTravel(network);
  const times: number[] = [];
  for (let round = 0; round < 60; round += 1) {
    const place = places[round % places.length];
    if (place === undefined) continue;
    const travellers = group.map((force, i): Traveller => ({
      id: `${force.id}-${i}`,
      kind: force.kind,
      at: stir === 0 ? force.home : moved(force.home, stir),
    }));
    const to = moved([place.lon, place.lat], 0.003);
    const start = process.cpuUsage();
    travel.toPlace(travellers, to);
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  const warm = times.slice(10).toSorted((a, b) => a - b);
  const at = (share: number): string => (warm[Math.floor(share * (warm.length - 1))] ?? 0).toFixed(1);
  say(
    `200 → 1 ${stir === 0 ? 'at home' : 'moving'}: median ${at(0.5)} ms, p90 ${at(0.9)} ms, first ${(times[0] ?? 0).toFixed(0)} ms`,
  );
}
