import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Keeper } from '#engines/travel/keeper.ts';
import { buildRoads } from '#engines/travel/road/built.ts';
import type { BuiltRoads } from '#engines/travel/road/built.ts';
import { misfitOf } from '#engines/travel/road/check.ts';
import { crc32c } from '#engines/travel/road/crc32c.ts';
import {
  decodeDrawn,
  decodeRoads,
  encodeDrawn,
  misfitFault,
  roadSections,
  ROADS_VERSION,
} from '#engines/travel/road/file.ts';
import { roadsFromGeoJson } from '#engines/travel/road/from-geojson.ts';
import { sectionPieces } from '#engines/travel/road/sections.ts';
import type { FileFault, Section } from '#engines/travel/road/sections.ts';
import { CodedError } from '#wire/errors.ts';
import { keeperOf } from './kept.ts';
import { reasonOf, writePieces } from './write.ts';

/** Built roads of a place directory, written by an import. */
export const ROADS_FILE = 'roads.qroads';
/** Roads drawn by hand or by other means; used where there are no built ones. */
export const ROADS_DRAWING = 'roads.geojson';

export const hasBuiltRoads = (dir: string): boolean => existsSync(path.join(dir, ROADS_FILE));

/**
 * The roads of a place directory: `roads.qroads` when it is there, otherwise built from `roads.geojson`, and what was built is kept.
 * A built file is read once and its arrays are views on what was read.
 * @throws CodedError roads-file-version, -damaged or -foreign; place-file-unreadable or -malformed; road-feature-invalid
 */
export const loadRoads = (dir: string, keeper: Keeper = keeperOf(dir)): BuiltRoads =>
  hasBuiltRoads(dir) ? openRoads(dir) : drawnRoads(dir, keeper);

/**
 * Puts built roads into a place directory, in place of those before, whole or not at all, without a copy of them in memory.
 * Nothing is written that does not fit together.
 * @throws CodedError place-write-failed or roads-file-damaged; the directory is then as it was
 */
export const writeRoads = (dir: string, roads: BuiltRoads): void => {
  const misfit = misfitOf(roads.data, roads.graph, roads.hierarchy);
  if (misfit !== null) throw faultError(path.join(dir, ROADS_FILE), misfitFault(misfit));
  writeRoadSections(dir, roadSections(roads));
};

/** The same of the sections of the file. @throws CodedError place-write-failed */
export const writeRoadSections = (dir: string, sections: readonly Section[]): void =>
  writePieces(dir, ROADS_FILE, sectionPieces(ROADS_VERSION, sections));

const openRoads = (dir: string): BuiltRoads => {
  const file = path.join(dir, ROADS_FILE);
  const roads = decodeRoads(bytesOf(file));
  if (!roads.ok) throw faultError(file, roads.error);
  return roads.value;
};

const drawnRoads = (dir: string, keeper: Keeper): BuiltRoads => {
  const file = path.join(dir, ROADS_DRAWING);
  const drawing = bytesOf(file);
  const print = crc32c(drawing);
  return keeper.keep('roads-drawn', {
    read: (bytes) => decodeDrawn(bytes, print),
    make: () => builtOf(file, drawing),
    write: (roads) => encodeDrawn(roads, print),
  });
};

const builtOf = (file: string, drawing: Buffer): BuiltRoads => {
  const data = roadsFromGeoJson(parse(file, drawing.toString('utf8')));
  if (data.ok) return buildRoads(data.value);
  const { code, feature, what } = data.error;
  throw new CodedError(code, { values: { file, feature, what } });
};

const bytesOf = (file: string): Buffer => {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new CodedError('place-file-unreadable', { values: { file, what: reasonOf(error) } });
  }
};

const parse = (file: string, content: string): unknown => {
  try {
    return JSON.parse(content);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new CodedError('place-file-malformed', { values: { file, what } });
  }
};

const faultError = (file: string, fault: FileFault): CodedError => {
  const { code, ...values } = fault;
  return new CodedError(code, { values: { file, ...values } });
};
