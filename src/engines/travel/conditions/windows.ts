import type { LonLat } from '#core/base/geo.ts';
import type { Text } from '#core/base/text.ts';
import type { Conditions, Limits, Weather, WeatherArea } from './conditions.ts';
import { inBoth, outside, toBegin, whileTrue } from './intervals.ts';
import type { Interval } from './intervals.ts';
import { stretchesIn } from './stretches.ts';
import { clockWords, seaWords } from './words.ts';

/** Something one can go over, or a place one lands at, as far as conditions see it. */
export interface Passage {
  /** Closing any of these closes it. */
  readonly ids: readonly string[];
  readonly names: readonly Text[];
  /** Where it runs: weather is asked along it. */
  readonly line: readonly LonLat[];
  readonly duration_s: number;
  /** What its carrier endures over the whole way. */
  readonly limits: Limits | null;
  /** What the two ends need when it begins and when it ends. */
  readonly start: Limits | null;
  readonly end: Limits | null;
}

export type ShutCode = 'closed' | 'sea-state' | 'weather' | 'tide' | 'daylight';
/** Why something cannot be used at a moment. */
export interface Shut {
  readonly code: ShutCode;
  readonly words: Text;
}

/** How often tide and daylight are looked at. */
const STEP_MS = 300_000;

/** When one can begin it within the span so that it stays open to its end. */
export const openIntervals = (passage: Passage, conditions: Conditions, span: Interval): readonly Interval[] => {
  const takes_ms = passage.duration_s * 1000;
  const whole: Interval = [span[0], span[1] + takes_ms];
  let open = outside(
    conditions.closures
      .filter((one) => passage.ids.includes(one.what))
      .map((one) => [one.from, one.until === null ? Infinity : one.until - 1] as const),
    whole,
  );
  const { limits, start, end, line } = passage;
  if (limits !== null) open = inBoth(open, holding(limits, endsOf(line), conditions, whole));
  open = toBegin(open, takes_ms);
  if (start !== null) open = inBoth(open, holding(start, line.slice(0, 1), conditions, whole));
  if (end !== null) {
    const ends = holding(end, line.slice(-1), conditions, whole);
    open = inBoth(
      open,
      ends.map(([from, until]) => [from - takes_ms, until - takes_ms] as const),
    );
  }
  const rough = crossed(passage, conditions).flatMap(({ area, bound, from_ms, until_ms }) =>
    roughTimes(bound, area).map(([from, until]) => [from - until_ms, until - from_ms] as const),
  );
  return inBoth(open, outside(rough, span));
};

/** Weather that bears on a passage: an area, and when one is in it, after the beginning. */
interface Crossed {
  readonly area: WeatherArea;
  readonly bound: Limits;
  readonly from_ms: number;
  readonly until_ms: number;
}

/** Every area counts for the time it is crossed, at an even speed; what a pier endures, for the moment one is there. */
const crossed = ({ limits, start, end, line, duration_s }: Passage, { areas }: Conditions): readonly Crossed[] => {
  const takes_ms = duration_s * 1000;
  const asked = (bound: Limits | null, part: readonly LonLat[], at_ms: number, during_ms: number): readonly Crossed[] =>
    bound === null || !asksWeather(bound)
      ? []
      : areas.flatMap((area) =>
          stretchesIn(area, part).map(([from, until]) => ({
            area,
            bound,
            from_ms: at_ms + from * during_ms,
            until_ms: at_ms + until * during_ms,
          })),
        );
  return [
    ...asked(limits, line, 0, takes_ms),
    ...asked(start, line.slice(0, 1), 0, 0),
    ...asked(end, line.slice(-1), takes_ms, 0),
  ];
};

const endsOf = (line: readonly LonLat[]): readonly LonLat[] =>
  [line[0], line.at(-1)].filter((one) => one !== undefined);

export const isOpen = (passage: Passage, conditions: Conditions, at: number): boolean =>
  openIntervals(passage, conditions, [at, at]).length > 0;

/** True when nothing that changes with time bears on it: it is open now and always. */
export const isSteady = (passage: Passage, conditions: Conditions): boolean =>
  !conditions.closures.some((one) => passage.ids.includes(one.what)) &&
  [passage.limits, passage.start, passage.end].every((one) => one === null || isUnbound(one, conditions));

const isUnbound = (limits: Limits, conditions: Conditions): boolean =>
  !limits.daylight &&
  limits.tide_min_m === null &&
  limits.tide_max_m === null &&
  (conditions.areas.length === 0 || !asksWeather(limits));

const asksWeather = (limits: Limits): boolean =>
  limits.wind_ms !== null || limits.wave_m !== null || limits.visibility_m !== null;

/** When tide and daylight allow it at all of some places. */
const holding = (
  limits: Limits,
  ends: readonly LonLat[],
  conditions: Conditions,
  span: Interval,
): readonly Interval[] => {
  let open: readonly Interval[] = [span];
  if (limits.tide_min_m !== null || limits.tide_max_m !== null) {
    for (const at of ends) {
      const test = (time: number): boolean => isTideFit(limits, conditions.tide_m(at, time as never));
      open = inBoth(open, whileTrue(test, span, STEP_MS));
    }
  }
  if (limits.daylight) {
    for (const at of ends) {
      open = inBoth(
        open,
        whileTrue((time) => conditions.isDaylight(at, time as never), span, STEP_MS),
      );
    }
  }
  return open;
};

/** A tide nobody knows shuts nothing. */
const isTideFit = (limits: Limits, level_m: number | null): boolean =>
  level_m === null ||
  ((limits.tide_min_m === null || level_m >= limits.tide_min_m) &&
    (limits.tide_max_m === null || level_m <= limits.tide_max_m));

const roughTimes = (limits: Limits, area: WeatherArea): readonly Interval[] =>
  area.series.flatMap((one, i) => {
    const next = area.series[i + 1];
    return exceeded(limits, one) === null ? [] : [[one.at, next === undefined ? Infinity : next.at - 1] as const];
  });

interface Exceeded {
  readonly code: 'sea-state' | 'weather';
  readonly words: Text;
}

const exceeded = (limits: Limits, now: Weather): Exceeded | null => {
  const wind_ms = Math.max(now.wind_ms ?? 0, (now.gust_ms ?? 0) / GUST_FACTOR);
  if (limits.wave_m !== null && now.wave_m !== null && now.wave_m > limits.wave_m) {
    return { code: 'sea-state', words: seaWords(now.wave_m, limits.wave_m) };
  }
  if (limits.wind_ms !== null && wind_ms > limits.wind_ms) {
    return {
      code: 'weather',
      words: {
        zh: `风速${wind_ms.toFixed(0)}米/秒 > 限制${limits.wind_ms}米/秒`,
        en: `wind ${wind_ms.toFixed(0)} m/s > limit ${limits.wind_ms} m/s`,
      },
    };
  }
  if (limits.visibility_m !== null && now.visibility_m !== null && now.visibility_m < limits.visibility_m) {
    return {
      code: 'weather',
      words: {
        zh: `能见度${now.visibility_m}米 < 限制${limits.visibility_m}米`,
        en: `visibility ${now.visibility_m} m < limit ${limits.visibility_m} m`,
      },
    };
  }
  return null;
};

/** Gusts are compared with limits for the mean wind by the usual ratio over open water. */
const GUST_FACTOR = 1.4;

/** Why it cannot be begun at a moment, the first cause; null when it can. */
export const whyShut = (passage: Passage, conditions: Conditions, at: number): Shut | null =>
  causesShut(passage, conditions, at)[0] ?? null;

/** Everything that keeps it from being begun at a moment: closures, then what its carrier and its ends do not endure. */
export const causesShut = (passage: Passage, conditions: Conditions, at: number): readonly Shut[] => {
  const ends_ms = at + passage.duration_s * 1000;
  const { line } = passage;
  return [
    ...conditions.closures
      .filter((one) => passage.ids.includes(one.what) && one.from <= ends_ms && (one.until === null || one.until > at))
      .map((one) => closedWords(passage, one.what, one.why, one.until)),
    ...crossed(passage, conditions).map((one) => whyRough(one, at)),
    whyBound(passage.limits, endsOf(line), conditions, [at, ends_ms]),
    whyBound(passage.start, line.slice(0, 1), conditions, [at]),
    whyBound(passage.end, line.slice(-1), conditions, [ends_ms]),
  ].filter((one) => one !== null);
};

const closedWords = (passage: Passage, what: string, why: Text | null, until: number | null): Shut => {
  const name = passage.names[passage.ids.indexOf(what)] ?? { zh: what, en: what };
  const because = why === null ? { zh: '', en: '' } : { zh: `（${why.zh}）`, en: ` (${why.en})` };
  const till =
    until === null ? { zh: '', en: '' } : { zh: `，至${clockWords(until)}`, en: ` until ${clockWords(until)}` };
  return {
    code: 'closed',
    words: {
      zh: `${name.zh}已关闭${because.zh}${till.zh}`,
      en: `${name.en} is closed${because.en}${till.en}`,
    },
  };
};

/** What an area is beyond while it is crossed. @param at when the passage begins */
const whyRough = ({ area, bound, from_ms, until_ms }: Crossed, at: number): Shut | null => {
  for (const [i, now] of area.series.entries()) {
    const next = area.series[i + 1]?.at ?? Infinity;
    const shut = now.at > at + until_ms || next <= at + from_ms ? null : exceeded(bound, now);
    if (shut === null) continue;
    const words = { zh: `${area.name.zh}：${shut.words.zh}`, en: `${area.name.en}: ${shut.words.en}` };
    return { code: shut.code, words };
  }
  return null;
};

/** Tide and daylight at places, at moments. */
const whyBound = (
  limits: Limits | null,
  ends: readonly LonLat[],
  conditions: Conditions,
  moments: readonly number[],
): Shut | null => {
  if (limits === null) return null;
  for (const at of ends) {
    for (const time of moments) {
      const level_m = conditions.tide_m(at, time as never);
      if (!isTideFit(limits, level_m)) return tideWords(limits, level_m ?? 0);
      if (limits.daylight && !conditions.isDaylight(at, time as never))
        return { code: 'daylight', words: { zh: '只在白天通行', en: 'open by daylight only' } };
    }
  }
  return null;
};

const tideWords = (limits: Limits, level_m: number): Shut => {
  const least = limits.tide_min_m !== null && level_m < limits.tide_min_m;
  const bound = least ? limits.tide_min_m : limits.tide_max_m;
  return {
    code: 'tide',
    words: {
      zh: `潮位${level_m.toFixed(1)}米，${least ? '需不低于' : '需不高于'}${bound}米`,
      en: `tide at ${level_m.toFixed(1)} m, needs ${least ? 'at least' : 'at most'} ${bound} m`,
    },
  };
};
