/**
 * Makes `sea.json` of a place directory from its land and piers: `node tools/place/sea.ts <place directory>`. Tens of seconds for a
 * coast like Zhoushan's. The format of the directory: docs/operating/place-directory.md.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { PierCollection } from '#engines/travel/network.ts';
import { buildSeaGraph } from '#engines/travel/seagraph.ts';
import { buildSeaMask } from '#engines/travel/seamask.ts';
import { buildLand } from '#world/places/land.ts';
import type { LandCollection } from '#world/places/land.ts';

/** Writes the sea ways of a place; answers how many turning points they have. */
export const makeSea = (dir: string): number => {
  const read = <T>(name: string): T => JSON.parse(readFileSync(path.join(dir, name), 'utf8')) as T;
  const land = buildLand(read<LandCollection>('land.geojson'));
  const piers = read<PierCollection>('piers.geojson').features.flatMap(({ properties: { id, sea } }) =>
    sea === null ? [] : [{ id, sea }],
  );
  const graph = buildSeaGraph(land, buildSeaMask(land), piers);
  writeFileSync(path.join(dir, 'sea.json'), `${JSON.stringify(graph)}\n`);
  return graph.nodes.length;
};

if (import.meta.main) {
  const [dir, ...more] = process.argv.slice(2);
  if (dir === undefined || more.length > 0) {
    process.stderr.write('usage: node tools/place/sea.ts <place directory>\n');
    process.exit(2);
  }
  process.stdout.write(`sea.json: ${makeSea(dir)} turning points\n`);
}
