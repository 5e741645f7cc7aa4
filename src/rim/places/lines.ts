import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { text } from '#core/base/text.ts';
import { createTimetable } from '#engines/travel/lines/build.ts';
import type { CallTime, LineFeed, LineShape } from '#engines/travel/lines/data.ts';
import type { Timetable } from '#engines/travel/lines/timetable.ts';
import { CodedError } from '#wire/errors.ts';
import { zoneOffset } from '../calendar/zone-offset.ts';
import { clockText, faultIn, lineFileSchema } from './line-file.ts';
import type { FeedInFile, FeedText, LineFault, LineFile } from './line-file.ts';
import { readPiers } from './piers.ts';
import { reasonOf, writeWhole } from './write.ts';

/** Lines and timetables of a place directory. */
export const LINES_FILE = 'lines.json';

/**
 * The timetable of a place directory; one without `lines.json` has no lines.
 * @throws CodedError place-file-unreadable, place-file-malformed, lines-file-invalid
 */
export const loadTimetable = (dir: string): Timetable => {
  const file = path.join(dir, LINES_FILE);
  const lines = readLines(file);
  const piers = new Set(readPiers(dir).map((pier) => pier.id));
  const fault = faultIn(lines, piers);
  if (fault !== null) throw invalid(file, fault);
  return createTimetable(lines, zoneOffset);
};

/** What an import says of a feed besides its lines. */
export interface FeedAbout {
  /** Who made the timetable, and which one it is. */
  readonly source: string | null;
  /** Where the stops of the timetable were found to be. */
  readonly stops: FeedText['stops'];
}

/**
 * Puts a feed into a place directory, in place of the one of the same id; other feeds stay. Whole or not at all.
 * @throws CodedError line-id-taken, place-write-failed, or what `loadTimetable` throws; the file is then as it was
 */
export const putFeed = (dir: string, feed: LineFeed, about: FeedAbout): void => {
  const file = path.join(dir, LINES_FILE);
  const [before, written] = [textsOf(file), { ...feedText(feed), ...about }];
  const place = before.findIndex((one) => one.id === feed.id);
  const feeds = place === -1 ? [...before, written] : before.with(place, written);
  const value = { version: 1, feeds };
  const read = lineFileSchema.parse(value);
  const isIt = (one: FeedInFile): boolean => one.id === feed.id;
  const taken = takenId(
    read.feeds.find(isIt) as FeedInFile,
    read.feeds.filter((one) => !isIt(one)),
  );
  if (taken !== null) throw new CodedError('line-id-taken', { values: { feed: feed.id, ...taken } });
  const fault = faultIn(read, new Set(readPiers(dir).map((pier) => pier.id)));
  if (fault !== null) throw invalid(file, fault);
  writeWhole(dir, LINES_FILE, `${JSON.stringify(value)}\n`);
};

const readLines = (file: string): LineFile => {
  if (!existsSync(file)) return { version: 1, feeds: [] };
  const value = jsonOf(file);
  const parsed = lineFileSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = objectAt(value, issue?.path ?? []);
  throw invalid(file, { object: where, what: text(issue?.message ?? '', issue?.message ?? '') });
};

/** The feeds that are there, as they are written. Those of a file that cannot be read are not written over. */
const textsOf = (file: string): readonly FeedText[] => {
  if (!existsSync(file)) return [];
  readLines(file);
  return (jsonOf(file) as { readonly feeds: readonly FeedText[] }).feeds;
};

const jsonOf = (file: string): unknown => {
  let content: string;
  try {
    content = readFileSync(file, 'utf8');
  } catch (error) {
    throw new CodedError('place-file-unreadable', { values: { file, what: reasonOf(error) } });
  }
  try {
    return JSON.parse(content);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new CodedError('place-file-malformed', { values: { file, what } });
  }
};

const invalid = (file: string, { object, what }: LineFault): CodedError =>
  new CodedError('lines-file-invalid', { values: { file, object, what } });

/** `feeds.0.trips.3 (evening-boat).calls.1.depart`: a path with the ids of what it goes through. */
const objectAt = (value: unknown, keys: readonly PropertyKey[]): string => {
  let [here, words] = [value, ''];
  for (const key of keys) {
    here = (here as Readonly<Record<PropertyKey, unknown>> | undefined)?.[key];
    const id = (here as { readonly id?: unknown } | null | undefined)?.id;
    words += `${words === '' ? '' : '.'}${String(key)}${typeof id === 'string' ? ` (${id})` : ''}`;
  }
  return words === '' ? LINES_FILE : words;
};

const takenId = (
  feed: FeedInFile,
  others: readonly FeedInFile[],
): { readonly object: string; readonly other: string } | null => {
  for (const kind of ['hubs', 'lines', 'trips'] as const)
    for (const other of others) {
      const theirs = new Set(other[kind].map((one) => one.id));
      const both = feed[kind].find((one) => theirs.has(one.id));
      if (both !== undefined) return { object: `${kind.slice(0, -1)} ${both.id}`, other: other.id };
    }
  return null;
};

const feedText = (feed: LineFeed): FeedText => ({
  id: feed.id,
  zone: feed.zone,
  hubs: feed.hubs.map(({ at: [lon, lat], ...rest }) => ({ ...rest, at: [lon, lat] })),
  lines: [...feed.lines],
  services: feed.services.map(({ weekdays, added, removed, ...rest }) => ({
    ...rest,
    weekdays: weekdays.map((runs) => (runs ? '1' : '0')).join(''),
    ...(added.length === 0 ? {} : { added: [...added] }),
    ...(removed.length === 0 ? {} : { removed: [...removed] }),
  })),
  trips: feed.trips.map(({ calls, departures_s, frequencies, ...rest }) => ({
    ...rest,
    calls: calls.map(callText),
    ...(departures_s.length === 0 ? {} : { departures: departures_s.map(clockText) }),
    ...(frequencies.length === 0
      ? {}
      : {
          frequencies: frequencies.map(({ from_s, until_s, ...how }) => ({
            from: clockText(from_s),
            until: clockText(until_s),
            ...how,
          })),
        }),
  })),
  usual: [...feed.usual],
  changes: [...feed.changes],
  ...(feed.shapes.length === 0 ? {} : { shapes: feed.shapes.map(shapeText) }),
});

const shapeText = ({ path: points, ...ends }: LineShape) => ({
  ...ends,
  path: points.map(([lon, lat]): [number, number] => [lon, lat]),
});

const callText = ({ hub, arrive_s, depart_s, board, alight, approximate }: CallTime) => ({
  hub,
  arrive: clockText(arrive_s),
  ...(depart_s === arrive_s ? {} : { depart: clockText(depart_s) }),
  ...(board ? {} : { board }),
  ...(alight ? {} : { alight }),
  ...(approximate ? { approximate } : {}),
});
