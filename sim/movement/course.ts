import { distance_m } from '#core/base/geo.ts';
import type { LonLat } from '#core/base/geo.ts';

/** A piece of a way, passed at an even pace. A line of one repeated point is a wait. */
export interface Stretch {
  readonly line: readonly LonLat[];
  readonly duration_s: number;
}

/** Where something is and how it moves. */
export interface Spot {
  readonly at: LonLat;
  /** Degrees clockwise from north; null while it stands. */
  readonly heading_deg: number | null;
  readonly speed_kmh: number;
}

/** A way that is being passed, from a moment on, `speed` times faster than its own durations. */
export class Course {
  readonly #stretches: readonly Stretch[];
  readonly #start_ms: number;
  readonly #speed: number;

  constructor(stretches: readonly Stretch[], start_ms: number, speed: number) {
    this.#stretches = stretches;
    this.#start_ms = start_ms;
    this.#speed = speed;
  }

  /** Milliseconds the whole way takes on the clock. */
  get duration_ms(): number {
    return (this.#stretches.reduce((sum, one) => sum + one.duration_s, 0) * 1000) / this.#speed;
  }

  done(now_ms: number): boolean {
    return now_ms >= this.#start_ms + this.duration_ms;
  }

  spot(now_ms: number): Spot | null {
    const [index, share] = this.#cut(now_ms);
    const stretch = this.#stretches[index];
    if (stretch !== undefined) return spotOn(stretch, share);
    const end = this.#stretches.at(-1)?.line.at(-1);
    return end === undefined ? null : standing(end);
  }

  /** What lies behind and what lies ahead. */
  split(now_ms: number): { readonly passed: readonly Stretch[]; readonly ahead: readonly Stretch[] } {
    const [index, share] = this.#cut(now_ms);
    const stretch = this.#stretches[index];
    if (stretch === undefined) return { passed: this.#stretches, ahead: [] };
    const [first, second] = cutStretch(stretch, share);
    return {
      passed: [...this.#stretches.slice(0, index), first],
      ahead: [second, ...this.#stretches.slice(index + 1)],
    };
  }

  /** The stretch it is on and the share of it that is done. */
  #cut(now_ms: number): readonly [index: number, share: number] {
    let left_s = (Math.max(0, now_ms - this.#start_ms) / 1000) * this.#speed;
    for (const [index, { duration_s }] of this.#stretches.entries()) {
      if (left_s < duration_s) return [index, left_s / duration_s];
      left_s -= duration_s;
    }
    return [this.#stretches.length, 0];
  }
}

export const standing = (at: LonLat): Spot => ({ at, heading_deg: null, speed_kmh: 0 });

/** The same way backwards. */
export const reversed = (stretches: readonly Stretch[]): readonly Stretch[] =>
  stretches.map(({ line, duration_s }) => ({ line: line.toReversed(), duration_s })).reverse();

export const length_m = (line: readonly LonLat[]): number => {
  let sum = 0;
  for (let index = 1; index < line.length; index += 1)
    sum += distance_m(line[index - 1] as LonLat, line[index] as LonLat);
  return sum;
};

const spotOn = (stretch: Stretch, share: number): Spot => {
  const [before, after] = pieceAt(stretch.line, share);
  const whole_m = length_m(stretch.line);
  const at = pointAt(stretch.line, share);
  if (whole_m === 0 || before === after) return standing(at);
  return { at, heading_deg: heading_deg(before, after), speed_kmh: (whole_m / stretch.duration_s) * 3.6 };
};

const cutStretch = ({ line, duration_s }: Stretch, share: number): readonly [Stretch, Stretch] => {
  const at = pointAt(line, share);
  const index = indexAt(line, share).index;
  return [
    { line: [...line.slice(0, index + 1), at], duration_s: duration_s * share },
    { line: [at, ...line.slice(index + 1)], duration_s: duration_s * (1 - share) },
  ];
};

/** The piece between two points of the line where that share of its length ends. */
const indexAt = (line: readonly LonLat[], share: number): { readonly index: number; readonly part: number } => {
  let left_m = length_m(line) * share;
  for (let index = 0; index + 1 < line.length; index += 1) {
    const piece_m = distance_m(line[index] as LonLat, line[index + 1] as LonLat);
    if (left_m < piece_m) return { index, part: left_m / piece_m };
    left_m -= piece_m;
  }
  return { index: Math.max(0, line.length - 2), part: line.length < 2 ? 0 : 1 };
};

const pieceAt = (line: readonly LonLat[], share: number): readonly [LonLat, LonLat] => {
  const { index } = indexAt(line, share);
  const before = line[index] as LonLat;
  return [before, line[index + 1] ?? before];
};

const pointAt = (line: readonly LonLat[], share: number): LonLat => {
  const { index, part } = indexAt(line, share);
  const before = line[index] as LonLat;
  const after = line[index + 1] ?? before;
  return [before[0] + (after[0] - before[0]) * part, before[1] + (after[1] - before[1]) * part];
};

/** Flat-earth bearing: right within a street's length. */
const heading_deg = (from: LonLat, to: LonLat): number => {
  const east = (to[0] - from[0]) * Math.cos((from[1] * Math.PI) / 180);
  const degrees = (Math.atan2(east, to[1] - from[1]) * 180) / Math.PI;
  return Math.round((degrees + 360) % 360);
};
