import { mkdirSync } from 'node:fs';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { LineFeed } from '#engines/travel/lines/data.ts';
import { FeedError } from '#rim/gtfs/problems.ts';
import { readGtfs } from '#rim/gtfs/read-feed.ts';
import type { GtfsOptions, GtfsReport } from '#rim/gtfs/read-feed.ts';
import { openGtfs } from '#rim/gtfs/source.ts';
import { LINES_FILE, putFeed } from '#rim/places/lines.ts';
import { readPiers } from '#rim/places/piers.ts';
import { reasonOf } from '#rim/places/write.ts';
import { CodedError } from '#wire/errors.ts';
import { inWords } from '../coded.ts';
import { JSON_OPTION, Refused, answer, warn } from '../shell.ts';
import type { Answering } from '../shell.ts';

interface GtfsFlags extends Answering {
  readonly out: string;
  readonly feed?: string;
  readonly allRoutes?: true;
  readonly within: number;
  readonly vehicles?: string;
  readonly carrier?: string;
  readonly boarding: number;
  readonly unloading: number;
}

/** Id of a feed that was given no name; its own ids then stay as they are. */
const UNNAMED_FEED = 'gtfs';
/** Stops without a pier that are told one by one; the file has them all. */
const MOST_TOLD = 10;

export const addImportGtfs = (group: Command): void => {
  group
    .command('gtfs <dir|zip>')
    .description('put the ferry lines of a GTFS feed into a place directory, as lines.json')
    .requiredOption('--out <place dir>', 'the place directory; made where there is none')
    .option('--feed <name>', 'name of the feed, put before its ids; for several feeds in one place')
    .option('--all-routes', 'lines on land too, not only ferries')
    .option('--within <metres>', 'farthest a stop may be from its pier', whole(0), 500)
    .option('--vehicles <route ids>', 'routes that take vehicles, with commas between, or "all"')
    .option('--carrier <class>', 'carrier class of the ferries, whose limits of wind and wave close them')
    .option('--boarding <seconds>', 'before a departure, by when one must be at the ferry', whole(1), 180)
    .option('--unloading <seconds>', 'after an arrival, until one is ashore', whole(0), 120)
    .option(...JSON_OPTION)
    .action(async (from: string, flags: GtfsFlags) => {
      const { feed, report } = await inWordsAll(() => importGtfs(from, flags));
      const summary = summaryOf(feed, report);
      if (report.until !== null && report.until < today())
        warn(`注意：时刻表已于 ${report.until} 到期。\nNote: the timetable ended on ${report.until}.`);
      answer(flags, { file: LINES_FILE, out: flags.out, feed: feed.id, ...summary }, linesOf(summary, report));
    });
};

/** A whole number of an option, `least` or more. */
const whole =
  (least: number) =>
  (value: string): number => {
    if (!/^\d{1,6}$/.test(value) || Number(value) < least)
      throw new InvalidArgumentError(`It must be a whole number, ${least} or more.`);
    return Number(value);
  };

/** A day more or less does not matter here. */
const today = (): string => new Date().toISOString().slice(0, 10);

const importGtfs = async (
  from: string,
  flags: GtfsFlags,
): Promise<{ readonly feed: LineFeed; readonly report: GtfsReport }> => {
  const source = await openGtfs(from);
  try {
    const read = await readGtfs(source, optionsOf(flags));
    makeDirectory(flags.out);
    const stops = read.report.stops.map(({ stop, name, hub, distance_m }) => ({
      id: stop,
      name,
      hub,
      distance_m: distance_m === null ? null : Math.round(distance_m),
    }));
    putFeed(flags.out, read.feed, { source: read.report.source, stops });
    return read;
  } finally {
    source.close();
  }
};

const optionsOf = (flags: GtfsFlags): GtfsOptions => ({
  feed: flags.feed ?? UNNAMED_FEED,
  prefix: flags.feed === undefined ? '' : `${flags.feed}:`,
  all_routes: flags.allRoutes === true,
  piers: readPiers(flags.out),
  within_m: flags.within,
  vehicles: flags.vehicles === 'all' ? 'all' : new Set(flags.vehicles?.split(',').map((id) => id.trim())),
  carrier: flags.carrier ?? null,
  boarding_s: flags.boarding,
  unloading_s: flags.unloading,
});

const makeDirectory = (dir: string): void => {
  try {
    mkdirSync(dir, { recursive: true });
  } catch (error) {
    throw new CodedError('place-write-failed', { values: { file: dir, what: reasonOf(error) } });
  }
};

/** All that is wrong with the feed or the place, as the command line tells it. */
const inWordsAll = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FeedError) throw new Refused(error.code, error.words);
    return inWords(() => {
      throw error;
    });
  }
};

const summaryOf = (feed: LineFeed, report: GtfsReport) => ({
  source: report.source,
  zone: feed.zone,
  from: report.from,
  until: report.until,
  lines: feed.lines.length,
  lines_with_vehicles: feed.lines.filter((line) => line.takes === 'people and vehicles').length,
  trips: feed.trips.length,
  trips_by_frequency: feed.trips.filter((trip) => trip.frequencies.length > 0).length,
  calls: feed.trips.reduce((sum, trip) => sum + trip.calls.length, 0),
  calls_interpolated: report.interpolated,
  calls_by_arrangement: report.by_arrangement,
  services: feed.services.length,
  stops: report.stops.length,
  stops_at_piers: report.stops.filter((stop) => stop.distance_m !== null).length,
  stops_with_own_hub: report.stops
    .filter((stop) => stop.distance_m === null)
    .map(({ stop, name, hub, nearest }) => ({
      stop,
      name,
      hub,
      nearest_pier: nearest?.pier ?? null,
      nearest_m: nearest === null ? null : Math.round(nearest.distance_m),
    })),
  left_out: report.left_out,
});

const linesOf = (summary: ReturnType<typeof summaryOf>, report: GtfsReport): readonly string[] => {
  const { left_out } = summary;
  const alone = summary.stops_with_own_hub;
  const days = summary.from === null ? '' : ` · ${summary.from} – ${summary.until}`;
  const routes = Object.entries(left_out.routes).map(([type, count]) => `${type}: ${count}`);
  const lines = [
    `已导入 imported: ${summary.lines} 条线路 lines (${summary.lines_with_vehicles} 条可载车 with vehicles), ${summary.trips} 个班次 trips (${summary.trips_by_frequency} 个按间隔 by frequency), ${summary.calls} 次停靠 calls`,
    `有效期 service days: ${summary.zone}${days}`,
    `码头 piers: ${summary.stops_at_piers}/${summary.stops} 个站点对应到已有码头 stops matched; ${alone.length} 个站点自成码头 have a hub of their own`,
    ...alone
      .slice(0, MOST_TOLD)
      .map(
        ({ stop, name, nearest_m }) =>
          `  ${name} (${stop})${nearest_m === null ? '' : ` · 最近 nearest ${nearest_m} m`}`,
      ),
    ...(alone.length > MOST_TOLD ? [`  … ${alone.length - MOST_TOLD} 个 more: lines.json`] : []),
  ];
  const told: readonly (readonly [number, string])[] = [
    [routes.length, `未导入的线路（按 route_type） routes left out, by type: ${routes.join(', ')}`],
    [
      left_out.short_trips.length,
      `停靠不足两次的班次 trips with fewer than two calls: ${left_out.short_trips.join(', ')}`,
    ],
    [left_out.flexible_trips.length, `按需服务的班次 trips on demand: ${left_out.flexible_trips.join(', ')}`],
    [left_out.transfers, `未采用的换乘 transfers not used: ${left_out.transfers}`],
    [report.interpolated, `按距离推算的时刻 times reckoned by distance: ${report.interpolated}`],
    [report.by_arrangement, `需预约的停靠（视为停靠） calls by arrangement, taken as open: ${report.by_arrangement}`],
  ];
  return [...lines, ...told.filter(([count]) => count > 0).map(([, line]) => line)];
};
