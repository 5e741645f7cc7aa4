const MOST_S = 10 * 86_400;

const UNITS: readonly (readonly [pattern: RegExp, seconds: number])[] = [
  [/^(?:d|days?|天|日|tage?)$/, 86_400],
  [/^(?:h|hrs?|hours?|heures?|std|stunden?|uur|ore?|horas?|小时|小時|时|時)$/, 3600],
  [/^(?:m|min|mins|minutes?|minuten|mn|minuti|minutos|分|分钟|分鐘)$/, 60],
  [/^(?:s|secs?|seconds?|sekunden?|秒)$/, 1],
];

/**
 * A span of time in seconds, in every spelling met on `duration` and `interval`: `90` and `90 min` (minutes), `1:30`, `01:30:00`, `PT1H30M`, `1h30`,
 * `1.5 hours`, `20分钟`; the longer end of `20-30`. Null where it is not understood, nothing, or beyond ten days.
 */
export const readSpan_s = (value: string): number | null => {
  const words = value
    .trim()
    .toLowerCase()
    .replace(/^(?:~|ca\.?|about|approx\.?|约)\s*/, '');
  const ends = words.split(/\s*(?:-|–|to)\s*(?=\d)/);
  const unit = /[^\d:.,]+$/.exec(ends.at(-1) ?? '')?.[0] ?? '';
  const spans = ends.map((end) => readOne(/^\d+(?:[.,]\d+)?$/.test(end) ? end + unit : end));
  if (spans.includes(null)) return null;
  const longest = Math.round(Math.max(...(spans as number[])));
  return longest > 0 && longest <= MOST_S ? longest : null;
};

const readOne = (words: string): number | null => {
  const clock = /^(\d{1,3}):([0-5]?\d)(?::([0-5]?\d))?\s*(?:h|hrs?|hours?)?$/.exec(words);
  if (clock !== null) return 3600 * Number(clock[1]) + 60 * Number(clock[2]) + Number(clock[3] ?? 0);
  if (/^\d+(?:[.,]\d+)?$/.test(words)) return 60 * number(words);
  if (words.startsWith('p')) return readIso(words);
  return readUnits(words);
};

const number = (digits: string): number => Number(digits.replace(',', '.'));

/** ISO 8601, as `pt1h30m`; months and years are no spans of a crossing. */
const readIso = (words: string): number | null => {
  const part = String.raw`(\d+(?:[.,]\d+)?)`;
  const found = new RegExp(`^p(?:${part}d)?(?:t(?:${part}h)?(?:${part}m)?(?:${part}s)?)?$`).exec(words);
  if (found === null) return null;
  const [days, hours, minutes, seconds] = found.slice(1).map((digits) => number(digits ?? '0'));
  return 86_400 * (days ?? 0) + 3600 * (hours ?? 0) + 60 * (minutes ?? 0) + (seconds ?? 0);
};

/** Numbers with units behind each other; a last number without one is minutes after hours, as in `1h30`. */
const readUnits = (words: string): number | null => {
  let total = 0;
  let last = 0;
  let rest = words;
  while (rest !== '') {
    const found = /^[\s,]*(?:and\s+)?(\d+(?:[.,]\d+)?)\s*([a-z\u4e00-\u9fff]*)\.?\s*/.exec(rest);
    if (found === null) return null;
    const seconds = found[2] === '' ? (last === 3600 ? 60 : undefined) : unitOf(found[2] ?? '');
    if (seconds === undefined) return null;
    total += number(found[1] ?? '0') * seconds;
    last = seconds;
    rest = rest.slice(found[0].length);
  }
  return total;
};

const unitOf = (word: string): number | undefined => UNITS.find(([pattern]) => pattern.test(word))?.[1];
