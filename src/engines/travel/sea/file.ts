import type { Land } from '#world/places/land.ts';
import { crc32c } from '../road/crc32c.ts';
import { readSections, sectionOf, writeSections } from '../road/sections.ts';
import { encodeTexts } from '../road/utf8.ts';
import type { DraughtClass, WaterAreas } from './water.ts';
import { SECTORS } from './sight.ts';
import type { SeaWays } from './ways.ts';
import { joinLegs } from './ways.ts';

/**
 * Raised whenever the ways or how they are made change: older files are made anew. The form of the file is that of built roads
 * (road/sections.ts), whose own versions stay below 1000.
 */
const SEA_VERSION = 1003;

/** What the ways are made of, in one number: ways of other land, areas or hulls are not taken for these. */
export const printOf = (land: Land, areas: WaterAreas, draught: DraughtClass): number => {
  const { west, south, east, north } = land;
  const words = JSON.stringify([SEA_VERSION, west, south, east, north, areas, draught]);
  const shore = new Uint8Array(land.shore.buffer, land.shore.byteOffset, land.shore.byteLength);
  return crc32c(encodeTexts([words]).bytes, crc32c(shore)) >>> 0;
};

/** The same ways give the same bytes; some 2 MB for a coast like Zhoushan's. */
export const encodeSeaWays = (ways: SeaWays, print: number): Uint8Array =>
  writeSections(SEA_VERSION, [
    sectionOf('print', Uint32Array.of(print)),
    sectionOf('lon', ways.lon),
    sectionOf('lat', ways.lat),
    sectionOf('wedge', ways.wedge),
    sectionOf('horizon_m', ways.horizon_m),
    sectionOf('ends', endsOf(ways)),
  ]);

/** Null when the bytes are cut, damaged, of another version, or made of something else: then the ways are to be made anew. Nothing of `bytes` is kept. */
export const decodeSeaWays = (bytes: Uint8Array, print: number): SeaWays | null => {
  const read = readSections(SEA_VERSION, bytes);
  if (!read.ok || read.value.get('print')?.[0] !== print) return null;
  const [lon, lat] = [read.value.get('lon'), read.value.get('lat')];
  const [wedge, horizon_m] = [read.value.get('wedge'), read.value.get('horizon_m')];
  const ends = read.value.get('ends');
  if (!(lon instanceof Float64Array && lat instanceof Float64Array && lon.length === lat.length)) return null;
  if (!(wedge instanceof Float32Array) || wedge.length !== lon.length * 4) return null;
  if (!(horizon_m instanceof Float32Array) || horizon_m.length !== lon.length * SECTORS) return null;
  if (!(ends instanceof Int32Array) || !ends.every((node) => node >= 0 && node < lon.length)) return null;
  return joinLegs(lon.slice(), lat.slice(), wedge.slice(), horizon_m.slice(), ends);
};

/** Both nodes of each leg, in the order of the legs. */
const endsOf = (ways: SeaWays): Int32Array => {
  const ends = new Int32Array(ways.leg.length);
  for (let node = 0; node < ways.lon.length; node += 1) {
    for (let slot = ways.starts[node] as number; slot < (ways.starts[node + 1] as number); slot += 1) {
      const other = ways.to[slot] as number;
      if (other < node) continue;
      ends[(ways.leg[slot] as number) * 2] = node;
      ends[(ways.leg[slot] as number) * 2 + 1] = other;
    }
  }
  return ends;
};
