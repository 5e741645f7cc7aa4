import { z } from 'zod';
import { text } from '#core/base/text.ts';
import type { Text } from '#core/base/text.ts';
import { dayNumber } from '#engines/travel/lines/days.ts';
import { zoneOffset } from '../calendar/zone-offset.ts';

/** Hours may go on past 24: the boat of 25:10 belongs to the day before. */
const HOURS = /^(\d{1,3}):([0-5]\d)(?::([0-5]\d))?$/;

/** `07:35` or `25:10:30` of a service day, as seconds. */
const timeOfDay = z
  .string()
  .regex(HOURS, 'a time as 07:35 or 25:10:30')
  .transform((value) => {
    const parts = HOURS.exec(value);
    return Number(parts?.[1]) * 3600 + Number(parts?.[2]) * 60 + Number(parts?.[3] ?? 0);
  });
const day = z.string().refine((value) => !Number.isNaN(dayNumber(value)), 'a day as 2026-03-29');
const id = z.string().min(1).max(200);
const words = z.strictObject({ zh: z.string(), en: z.string() });
const seconds = z.number().int().min(0).max(86_400);

const at = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const hub = z.strictObject({ id, name: words, at });
const stop = z.strictObject({ id, name: z.string(), hub: id, distance_m: z.number().nullable() });
const line = z.strictObject({
  id,
  name: words,
  takes: z.enum(['people', 'people and vehicles']),
  carrier: z.string().nullable().default(null),
  boarding_s: z.number().int().min(1).max(86_400).default(180),
  unloading_s: seconds.default(120),
});
const service = z.strictObject({
  id,
  weekdays: z
    .string()
    .regex(/^[01]{7}$/, 'seven of 0 and 1, Monday first')
    .transform((days) => Array.from(days, (one) => one === '1')),
  from: day.nullable().default(null),
  until: day.nullable().default(null),
  added: z.array(day).default([]),
  removed: z.array(day).default([]),
});
const call = z
  .strictObject({
    hub: id,
    arrive: timeOfDay.optional(),
    depart: timeOfDay.optional(),
    board: z.boolean().default(true),
    alight: z.boolean().default(true),
    approximate: z.boolean().default(false),
  })
  .refine((one) => one.arrive !== undefined || one.depart !== undefined, 'arrive or depart is missing')
  .transform(({ arrive, depart, ...rest }) => ({
    ...rest,
    arrive_s: arrive ?? depart ?? 0,
    depart_s: depart ?? arrive ?? 0,
  }));
const frequency = z
  .strictObject({ from: timeOfDay, until: timeOfDay, every_s: z.number().int().min(1), exact: z.boolean() })
  .refine((one) => one.until > one.from, 'until is not after from')
  .transform(({ from, until, ...rest }) => ({ ...rest, from_s: from, until_s: until }));
const trip = z
  .strictObject({
    id,
    line: id,
    service: id,
    calls: z.array(call).min(2),
    departures: z.array(timeOfDay).default([]),
    frequencies: z.array(frequency).default([]),
  })
  .transform(({ departures, ...rest }) => ({ ...rest, departures_s: departures }));
const usual = z.strictObject({
  line: id,
  from: id,
  to: id,
  wait_s: seconds,
  crossing_s: seconds,
  both_ways: z.boolean().default(true),
  confidence: z.enum(['usual', 'assumed']).default('usual'),
});
const shape = z.strictObject({ line: id, from: id, to: id, path: z.array(at).min(1) });
const change = z.strictObject({ from: id, to: id, duration_s: seconds });

const feed = z.strictObject({
  id,
  zone: z.string().refine(isZone, 'no IANA time zone'),
  source: z.string().nullable().default(null),
  stops: z.array(stop).default([]),
  hubs: z.array(hub).default([]),
  lines: z.array(line),
  services: z.array(service).default([]),
  trips: z.array(trip).default([]),
  usual: z.array(usual).default([]),
  changes: z.array(change).default([]),
  shapes: z.array(shape).default([]),
});
export const lineFileSchema = z.strictObject({ version: z.literal(1), feeds: z.array(feed) });

/** `lines.json` as it is read: times in seconds, what may be left out filled in. */
export type LineFile = z.infer<typeof lineFileSchema>;
export type FeedInFile = LineFile['feeds'][number];
/** A feed as it is written down. */
export type FeedText = z.input<typeof feed>;

function isZone(name: string): boolean {
  try {
    zoneOffset(name);
    return true;
  } catch {
    return false;
  }
}

/** `25:10` of seconds, `25:10:30` where they are not whole minutes. */
export const clockText = (time_s: number): string => {
  const two = (n: number): string => String(n).padStart(2, '0');
  const minutes = `${two(Math.floor(time_s / 3600))}:${two(Math.floor(time_s / 60) % 60)}`;
  return time_s % 60 === 0 ? minutes : `${minutes}:${two(time_s % 60)}`;
};

/** What does not hold together in the file: the object, and what is wrong with it. */
export interface LineFault {
  readonly object: string;
  readonly what: Text;
}

/** @param piers ids of the piers of the place @returns the first thing that names what is not there, or is there twice; null when all is well */
export const faultIn = (file: LineFile, piers: ReadonlySet<string>): LineFault | null => {
  const hubs = new Set([...piers, ...file.feeds.flatMap((one) => one.hubs.map(({ id: hubId }) => hubId))]);
  const seen = { feed: new Set<string>(), line: new Set<string>(), trip: new Set<string>(), hub: new Set<string>() };
  const again = (kind: keyof typeof seen, name: string): LineFault | null => {
    if (seen[kind].has(name)) return { object: `${kind} ${name}`, what: text('编号重复', 'the id is there twice') };
    seen[kind].add(name);
    return null;
  };
  for (const one of file.feeds) {
    const fault =
      again('feed', one.id) ??
      first(one.hubs, (own) => again('hub', own.id)) ??
      first(one.lines, (own) => again('line', own.id)) ??
      first(one.trips, (own) => again('trip', own.id)) ??
      faultInFeed(one, hubs);
    if (fault !== null) return fault;
  }
  return null;
};

const first = <T>(all: readonly T[], look: (one: T) => LineFault | null): LineFault | null => {
  for (const one of all) {
    const fault = look(one);
    if (fault !== null) return fault;
  }
  return null;
};

const faultInFeed = (one: FeedInFile, hubs: ReadonlySet<string>): LineFault | null => {
  const lines = new Set(one.lines.map((own) => own.id));
  const services = new Set(one.services.map((own) => own.id));
  const missing = (object: string, kind: string, name: string, there: ReadonlySet<string>): LineFault | null =>
    there.has(name)
      ? null
      : { object, what: text(`所指的 ${kind} “${name}” 不存在`, `its ${kind} "${name}" is not there`) };
  const ends = (object: string, ...names: readonly string[]): LineFault | null =>
    first(names, (name) => missing(object, 'hub', name, hubs));
  return (
    first(
      one.trips,
      (own) =>
        missing(`trip ${own.id}`, 'line', own.line, lines) ??
        missing(`trip ${own.id}`, 'service', own.service, services) ??
        ends(`trip ${own.id}`, ...own.calls.map((one) => one.hub)) ??
        backwards(own),
    ) ??
    first(
      one.usual,
      (own) => missing(`usual ${own.line}`, 'line', own.line, lines) ?? ends(`usual ${own.line}`, own.from, own.to),
    ) ??
    first(one.changes, (own) => ends(`change ${own.from} → ${own.to}`, own.from, own.to)) ??
    first(
      one.shapes,
      (own) => missing(`shape ${own.line}`, 'line', own.line, lines) ?? ends(`shape ${own.line}`, own.from, own.to),
    )
  );
};

const backwards = ({ id: trip_id, calls }: FeedInFile['trips'][number]): LineFault | null => {
  let before_s = 0;
  for (const { hub: at, arrive_s, depart_s } of calls) {
    if (arrive_s < before_s || depart_s < arrive_s)
      return { object: `trip ${trip_id}`, what: text(`在 ${at} 时间倒退`, `its times go back at ${at}`) };
    before_s = depart_s;
  }
  return null;
};
