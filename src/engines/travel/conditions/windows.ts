import type { LonLat } from '#core/base/geo.ts';
import type { Text } from '#core/base/text.ts';
import { between, insideRing } from '#world/places/geometry.ts';
import type { Conditions, Limits, Weather, WeatherArea } from './conditions.ts';
import { inBoth, outside, toBegin, whileTrue } from './intervals.ts';
import type { Interval } from './intervals.ts';
import { clockWords, seaState } from './words.ts';

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
/** Distance between the places on a line where weather is asked. */
const SAMPLE_DEG = 0.01;

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
  if (passage.limits !== null) open = inBoth(open, holding(passage.limits, passage.line, conditions, whole));
  open = toBegin(open, takes_ms);
  if (passage.start !== null) open = inBoth(open, holding(passage.start, passage.line.slice(0, 1), conditions, whole));
  if (passage.end !== null) {
    const ends = holding(passage.end, passage.line.slice(-1), conditions, whole);
    open = inBoth(
      open,
      ends.map(([from, until]) => [from - takes_ms, until - takes_ms] as const),
    );
  }
  return inBoth(open, [span]);
};

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

const holding = (
  limits: Limits,
  line: readonly LonLat[],
  conditions: Conditions,
  span: Interval,
): readonly Interval[] => {
  let open: readonly Interval[] = [span];
  if (asksWeather(limits)) {
    const shut = areasAlong(line, conditions.areas).flatMap((area) => roughTimes(limits, area));
    open = outside(shut, span);
  }
  const ends = [line[0], line.at(-1)].filter((one) => one !== undefined);
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
    const [state, limit] = [seaState(now.wave_m), seaState(limits.wave_m)];
    return {
      code: 'sea-state',
      words: {
        zh: `海况${state}级（浪高${now.wave_m}米）> 限制${limit}级（${limits.wave_m}米）`,
        en: `sea state ${state} (waves ${now.wave_m} m) > limit ${limit} (${limits.wave_m} m)`,
      },
    };
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

/** Areas that lines run through, for as long as somebody holds both: lines of piers and bridges are asked about again and again. */
const ALONG = new WeakMap<readonly WeatherArea[], WeakMap<readonly LonLat[], readonly WeatherArea[]>>();

const areasAlong = (line: readonly LonLat[], areas: readonly WeatherArea[]): readonly WeatherArea[] => {
  if (areas.length === 0) return areas;
  const known = ALONG.get(areas) ?? new WeakMap<readonly LonLat[], readonly WeatherArea[]>();
  ALONG.set(areas, known);
  const found = known.get(line) ?? alongNow(line, areas);
  known.set(line, found);
  return found;
};

const alongNow = (line: readonly LonLat[], areas: readonly WeatherArea[]): readonly WeatherArea[] => {
  const points = sampled(line);
  return areas.filter((area) => points.some((at) => isIn(area, at)));
};

const isIn = (area: WeatherArea, at: LonLat): boolean =>
  area.rings.reduce((inside, ring) => (insideRing(ring, at) ? !inside : inside), false);

const sampled = (line: readonly LonLat[]): readonly LonLat[] => {
  const points: LonLat[] = line.slice(0, 1);
  for (let i = 1; i < line.length; i += 1) {
    const [a, b] = [line[i - 1] as LonLat, line[i] as LonLat];
    const steps = Math.max(1, Math.ceil(Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1])) / SAMPLE_DEG));
    for (let step = 1; step <= steps; step += 1) points.push(between(a, b, step / steps));
  }
  return points;
};

/** Why it cannot be begun at a moment; null when it can. */
export const whyShut = (passage: Passage, conditions: Conditions, at: number): Shut | null => {
  const ends_ms = at + passage.duration_s * 1000;
  const closure = conditions.closures.find(
    (one) => passage.ids.includes(one.what) && one.from <= ends_ms && (one.until === null || one.until > at),
  );
  if (closure !== undefined) return closedWords(passage, closure.what, closure.why, closure.until);
  const line = passage.line;
  return (
    whyBound(passage.limits, line, conditions, at, ends_ms) ??
    whyBound(passage.start, line.slice(0, 1), conditions, at, at) ??
    whyBound(passage.end, line.slice(-1), conditions, ends_ms, ends_ms)
  );
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

const whyBound = (
  limits: Limits | null,
  line: readonly LonLat[],
  conditions: Conditions,
  from: number,
  until: number,
): Shut | null => {
  if (limits === null) return null;
  for (const area of asksWeather(limits) ? areasAlong(line, conditions.areas) : []) {
    for (const [i, now] of area.series.entries()) {
      const next = area.series[i + 1]?.at ?? Infinity;
      if (now.at > until || next <= from) continue;
      const shut = exceeded(limits, now);
      if (shut === null) continue;
      return {
        code: shut.code,
        words: { zh: `${area.name.zh}：${shut.words.zh}`, en: `${area.name.en}: ${shut.words.en}` },
      };
    }
  }
  for (const at of [line[0], line.at(-1)]) {
    if (at === undefined) continue;
    for (const time of [from, until]) {
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
