import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { LonLat } from '#core/base/geo.ts';
import { lineFileSchema } from './line-file.ts';
import type { FeedInFile } from './line-file.ts';
import { LINES_FILE } from './lines.ts';
import { readPiers } from './piers.ts';
import { WATERS_FILE } from './waters.ts';

const NO_FEATURES = JSON.stringify({ type: 'FeatureCollection', features: [] });

/** Areas of the sea as the place has them; none where it has no such file. */
export const watersLayer = (dir: string): string => {
  const file = path.join(dir, WATERS_FILE);
  return existsSync(file) ? readFileSync(file, 'utf8') : NO_FEATURES;
};

/**
 * Ferry lines as they are drawn: from pier to pier as they sail where that is known, else straight as on a schematic map.
 * GeoJSON, a MultiLineString a line, with `id`, `name` and class `ferry`. The file was found sound when the timetable was loaded.
 */
export const linesLayer = (dir: string): string => {
  const file = path.join(dir, LINES_FILE);
  if (!existsSync(file)) return NO_FEATURES;
  const { feeds } = lineFileSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const hubs = new Map<string, LonLat>([
    ...readPiers(dir).map(({ id, at }) => [id, at] as const),
    ...feeds.flatMap((feed) => feed.hubs.map(({ id, at }) => [id, at] as const)),
  ]);
  const features = feeds.flatMap((feed) =>
    feed.lines.flatMap(({ id, name }) => {
      const coordinates = piecesOf(feed, id).flatMap(([from, to]) => {
        const [a, b] = [hubs.get(from), hubs.get(to)];
        return a === undefined || b === undefined ? [] : [[a, ...shapeOf(feed, id, from, to), b]];
      });
      const geometry = { type: 'MultiLineString', coordinates };
      return coordinates.length === 0 ? [] : [{ type: 'Feature', properties: { id, name, class: 'ferry' }, geometry }];
    }),
  );
  return JSON.stringify({ type: 'FeatureCollection', features });
};

/** How a line sails between two hubs, either way round; nothing where that is not known. */
const shapeOf = ({ shapes }: FeedInFile, line: string, from: string, to: string): readonly LonLat[] => {
  const there = shapes.find((one) => one.line === line && one.from === from && one.to === to);
  const back = shapes.find((one) => one.line === line && one.from === to && one.to === from);
  return there?.path ?? back?.path.toReversed() ?? [];
};

/** Pairs of hubs one after the other on a line, each once whichever way it is sailed. */
const piecesOf = ({ trips, usual }: FeedInFile, line: string): readonly (readonly [string, string])[] => {
  const sailed = [
    ...trips
      .filter((trip) => trip.line === line)
      .flatMap(({ calls }) => calls.slice(1).map((call, index) => [calls[index]?.hub ?? '', call.hub] as const)),
    ...usual.filter((one) => one.line === line).map(({ from, to }) => [from, to] as const),
  ];
  const pieces = new Map(sailed.map((ends) => [ends.toSorted((a, b) => a.localeCompare(b)).join(' '), ends]));
  return [...pieces.values()];
};
