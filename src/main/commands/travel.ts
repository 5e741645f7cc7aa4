import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { LonLat } from '#core/base/geo.ts';
import { isLonLat } from '#core/base/geo.ts';
import type { Instant } from '#core/base/instant.ts';
import { text } from '#core/base/text.ts';
import { isochroneView, matrixView, routeView } from '#app/queries/travel-view.ts';
import { PROFILES } from '#engines/travel/profiles.ts';
import { LAST_ASKED } from '#engines/travel/spi.ts';
import type { Journey, NoWay, Travel, Traveller, When, WhatIf } from '#engines/travel/spi.ts';
import { travellerAt } from '#engines/travel/traveller.ts';
import { loadTravelAlone } from '#rim/places/alone.ts';
import { pointsOf } from '#rim/places/points.ts';
import { inWords } from '../coded.ts';
import { JSON_OPTION, Refused, ZHOUSHAN_DIR, answer, messageOf } from '../shell.ts';
import type { Answering } from '../shell.ts';

interface Asked extends Answering {
  readonly place: string;
  readonly profile: string;
  readonly turnout: number;
  readonly from?: LonLat;
  readonly to?: LonLat;
  readonly many?: string;
  readonly at?: Instant;
  readonly arriveBy?: Instant;
  readonly close: readonly string[];
  readonly limits: readonly number[];
  readonly alternatives?: true;
}

/** `travel route | matrix | isochrone`: who could be where when, from a place directory, without a site. */
export const travelCommand = (program: Command): void => {
  const travel = program.command('travel').description('who could be where when, over land, sea and air');
  question(travel, 'route', 'the way from --from to --to, or why there is none')
    .option('--alternatives', 'ways that differ in kind')
    .action((asked: Asked) => route(asked));
  question(travel, 'matrix', 'from every point of --from or --many to --to, or to every point of --many').action(
    (asked: Asked) => matrix(asked),
  );
  question(travel, 'isochrone', 'what can be reached from --from')
    .option('--limits <minutes,…>', 'limits in minutes', minutes, [5, 10, 20, 30])
    .action((asked: Asked) => isochrone(asked));
};

const question = (parent: Command, name: string, about: string): Command =>
  parent
    .command(name)
    .description(about)
    .option('--place <dir>', 'place directory', ZHOUSHAN_DIR)
    .option('--profile <name>', `who travels: ${Object.keys(PROFILES).join(', ')}`, 'car')
    .option('--turnout <seconds>', 'from the order until it is ready to go', seconds, 0)
    .option('--from <lon,lat>', 'where from', position)
    .option('--to <lon,lat>', 'where to', position)
    .option('--many <file.geojson>', 'points of a GeoJSON file')
    .option('--at <ISO time>', 'leave at; now unless given', moment)
    .option('--arrive-by <ISO time>', 'be there by', moment)
    .option('--close <id,…>', 'what if these were closed', ids, [])
    .option(...JSON_OPTION);

const route = (asked: Asked): void => {
  const { travel, when, whatIf } = setting(asked);
  const traveller = travellerOf(asked, needed(asked.from, '--from'));
  const to = needed(asked.to, '--to');
  const others = asked.alternatives === true ? travel.alternatives(traveller, to, when, whatIf) : [];
  const ways = others.length > 0 ? others : [travel.journey(traveller, to, when, whatIf)];
  const [first = null] = ways.map(routeView);
  const value = asked.alternatives === true ? { routes: ways.map(routeView) } : (first ?? {});
  answer(asked, value, ways.flatMap(wayLines));
};

const matrix = (asked: Asked): void => {
  const { travel, when, whatIf } = setting(asked);
  const many = asked.many === undefined ? [] : readPoints(asked.many);
  const from = asked.from === undefined ? many : [asked.from];
  const to = asked.to === undefined ? many : [asked.to];
  if (from.length === 0 || to.length === 0) throw new Refused('points-missing', POINTS_MISSING);
  const travellers = from.map((at, index) => travellerOf(asked, at, String(index)));
  const view = matrixView(travel.matrix(travellers, to, when, whatIf));
  answer(
    asked,
    view,
    view.duration_s.map((row) => row.map((one) => (one === null ? '-' : String(one))).join('\t')),
  );
};

const isochrone = (asked: Asked): void => {
  const { travel, when, whatIf } = setting(asked);
  const traveller = travellerOf(asked, needed(asked.from, '--from'));
  const view = isochroneView(
    travel.isochrone(
      traveller,
      asked.limits.map((limit) => limit * 60),
      when,
      whatIf,
    ),
  );
  answer(asked, view, [JSON.stringify(view)]);
};

const setting = (asked: Asked): { travel: Travel; when: When; whatIf: WhatIf } => {
  if (!Object.hasOwn(PROFILES, asked.profile)) throw new Refused('profile-unknown', profileUnknown(asked.profile));
  const when = whenOf(asked);
  const travel = inWords(() => loadTravelAlone(asked.place));
  const about = 'leave_at' in when ? when.leave_at : when.arrive_by;
  const unknown = asked.close.filter((id) => !travel.has(id, about));
  if (unknown.length > 0) throw new Refused('closed-unknown', closedUnknown(unknown.join(', ')));
  return { travel, when, whatIf: { close: asked.close, open: [] } };
};

const whenOf = ({ at, arriveBy }: Asked): When => {
  if (at !== undefined && arriveBy !== undefined)
    throw new InvalidArgumentError('--at or --arrive-by, not both: leaving then, or being there by then');
  const given = arriveBy ?? at ?? (Date.now() as Instant);
  if (!(given >= 0 && given <= LAST_ASKED)) throw new Refused('moment-out-of-range', MOMENT_OUT_OF_RANGE);
  return arriveBy === undefined ? { leave_at: given } : { arrive_by: given };
};

const travellerOf = ({ profile, turnout }: Asked, at: LonLat, id = ''): Traveller => ({
  ...travellerAt(profile, at, id),
  turnout_s: turnout,
});

const wayLines = (way: Journey | NoWay): readonly string[] =>
  'legs' in way
    ? [
        `${Math.ceil(way.duration_s / 60)} min  ${(way.distance_m / 1000).toFixed(1)} km`,
        ...way.legs.map(
          (leg) =>
            `  ${leg.mode.padEnd(10)} ${Math.ceil(leg.duration_s / 60)} min  ${(leg.distance_m / 1000).toFixed(1)} km  ${leg.via
              .map((one) => `${one.zh} ${one.en}`)
              .join('; ')}`,
        ),
      ]
    : [`${way.words.zh}\n${way.words.en}`];

const readPoints = (file: string): readonly LonLat[] => {
  try {
    return pointsOf(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const what = messageOf(error);
    throw new Refused(
      'points-invalid',
      text(`${file}：须为含点的 GeoJSON。${what}`, `${file}: must be GeoJSON with points. ${what}`),
    );
  }
};

const needed = <T>(value: T | undefined, option: string): T => {
  if (value === undefined) throw new InvalidArgumentError(`${option} is needed`);
  return value;
};

const position = (given: string): LonLat => {
  const parts = given.split(',').map((one) => (one.trim() === '' ? Number.NaN : Number(one)));
  const at: LonLat = [parts[0] ?? Number.NaN, parts[1] ?? Number.NaN];
  if (parts.length !== 2 || !isLonLat(at))
    throw new InvalidArgumentError('must be lon,lat in degrees, e.g. 122.2,30.0');
  return at;
};

/** A day of the calendar, and with a time of day perhaps a zone. */
const ISO_8601 = /^(\d{4}-\d{2}-\d{2})(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2})?)?$/;

const moment = (given: string): Instant => {
  const day = ISO_8601.exec(given)?.[1];
  const time = day === undefined ? Number.NaN : Date.parse(given);
  if (day === undefined || Number.isNaN(time))
    throw new InvalidArgumentError('must be an ISO time, e.g. 2026-11-22T08:00:00+08:00');
  // 30 February is taken for 2 March.
  if (new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day)
    throw new InvalidArgumentError(`there is no such day: ${day}`);
  return time as Instant;
};

const ids = (given: string): readonly string[] => {
  const found = given.split(',').map((one) => one.trim());
  if (found.includes('')) throw new InvalidArgumentError('must be ids, e.g. way/123,pier-7');
  return found;
};

const seconds = (given: string): number => {
  const found = Number(given);
  if (!(found >= 0 && found <= 86_400)) throw new InvalidArgumentError('must be seconds, e.g. 60');
  return found;
};

const minutes = (given: string): readonly number[] => {
  const limits = given.split(',').map(Number);
  if (limits.some((one) => !(one > 0 && one <= 1440))) throw new InvalidArgumentError('must be minutes, e.g. 5,10,20');
  return limits;
};

const POINTS_MISSING = text(
  '没有起点或终点：请给 --from、--to，或用 --many 给一个含点的 GeoJSON 文件。',
  'No start or no end: give --from, --to, or with --many a GeoJSON file with points.',
);
const MOMENT_OUT_OF_RANGE = text('时间须在1970年至9998年之间。', 'The time must be between the years 1970 and 9998.');
const closedUnknown = (ids: string) =>
  text(`没有可关闭的对象：${ids}。`, `There is nothing to close that is called: ${ids}.`);
const profileUnknown = (profile: string) => {
  const known = Object.keys(PROFILES).join(', ');
  return text(`没有出行方式 ${profile}；可用：${known}。`, `There is no profile ${profile}; there are: ${known}.`);
};
