import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import { instant } from '#core/base/instant.ts';
import type { Text } from '#core/base/text.ts';
import type { Leg, LegMode } from '../spi.ts';

/** What a leg says besides when and where. */
export interface LegWords {
  readonly via?: readonly Text[];
  readonly refs?: readonly string[];
  readonly confidence?: Leg['confidence'];
  /** Where it is not the length of the line. */
  readonly distance_m?: number;
}

/** Legs put together one after the other; where nothing is said of the time between, it is waiting. Moments in milliseconds. */
export class Legs {
  readonly list: Leg[] = [];
  at: LonLat;
  now: number;

  constructor(at: LonLat, now: number) {
    this.at = at;
    this.now = now;
  }

  /** Waits until a moment; nothing when that is now. */
  wait(until: number, words: LegWords): void {
    if (until <= this.now) return;
    this.#add('wait', until, [this.at, this.at], { ...words, distance_m: 0 });
  }

  go(mode: LegMode, arrive: number, line: readonly LonLat[], words: LegWords = {}): void {
    const whole = line.length > 0 && same(line[0] as LonLat, this.at) ? line : [this.at, ...line];
    this.#add(mode, Math.max(arrive, this.now), whole.length > 1 ? whole : [this.at, this.at], words);
  }

  #add(mode: LegMode, arrive: number, line: readonly LonLat[], words: LegWords): void {
    const to = line.at(-1) as LonLat;
    const length_m = words.distance_m ?? lineLength_m(line);
    if (arrive > this.now || length_m > 0.5) {
      this.list.push({
        mode,
        start: instant(Math.round(this.now)),
        arrive: instant(Math.round(arrive)),
        duration_s: (Math.round(arrive) - Math.round(this.now)) / 1000,
        distance_m: Math.round(length_m),
        from: line[0] as LonLat,
        to,
        line,
        via: words.via ?? [],
        refs: words.refs ?? [],
        confidence: words.confidence ?? 'usual',
      });
    }
    this.at = to;
    this.now = arrive;
  }
}

const same = (a: LonLat, b: LonLat): boolean => a[0] === b[0] && a[1] === b[1];

export const lineLength_m = (line: readonly LonLat[]): number => {
  let length_m = 0;
  for (let i = 1; i < line.length; i += 1) length_m += distance_m(line[i - 1] as LonLat, line[i] as LonLat);
  return length_m;
};
