import { parentPort, workerData } from 'node:worker_threads';
import { builtRoadsLayer } from './built-roads-layer.ts';
import { keeperOf } from './kept.ts';
import { readPlace } from './load.ts';
import { hasBuiltRoads } from './roads.ts';
import { loadTravel } from './travel.ts';

/** What had to be made of a place, by name. */
export type Made = readonly (readonly [name: string, bytes: Uint8Array])[];

/**
 * Program of a thread that makes what costs time about a place, so that the thread that decides does not. What is made is also kept in the
 * directory, where it can be written to.
 */
const prepare = (dir: string): Made => {
  const made: [string, Uint8Array][] = [];
  const keeper = keeperOf(dir, new Map(), (name, bytes) => made.push([name, bytes]));
  const { land, piers } = readPlace(dir);
  const { ground } = loadTravel(dir, land, piers, keeper);
  Array.from(ground.ready());
  if (hasBuiltRoads(dir)) builtRoadsLayer(dir, keeper);
  return made;
};

if (parentPort !== null) parentPort.postMessage(prepare(workerData as string));
