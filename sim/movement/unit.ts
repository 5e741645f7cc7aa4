import type { LonLat } from '#core/base/geo.ts';
import type { Random } from '#core/base/random.ts';
import { between } from '#core/base/random.ts';
import type { Walker } from './beat.ts';
import { Course, length_m, reversed, standing } from './course.ts';
import type { Spot, Stretch } from './course.ts';

/** Pause at a corner while on the beat. */
const PAUSE_S = [5, 40] as const;

/** What a unit does on its beat. */
export interface Patrol {
  readonly walker: Walker;
  readonly speed_kmh: number;
}

type Doing = 'beat' | 'travel' | 'there' | 'back';

/** One simulated force on the map: on its beat, on the way to a matter, there, or on the way back by the way it came. */
export class Unit {
  readonly id: string;
  readonly #patrol: Patrol | null;
  readonly #random: Random;
  readonly #speed: number;
  #doing: Doing = 'beat';
  #course: Course | null = null;
  #stands: LonLat;
  /** What is left of the beat's walk, to be taken up again. */
  #left: readonly Stretch[] = [];
  /** The way from the beat to where it stands. */
  #trail: readonly Stretch[] = [];

  constructor(id: string, at: LonLat, patrol: Patrol | null, random: Random, speed: number) {
    this.id = id;
    this.#stands = at;
    this.#patrol = patrol;
    this.#random = random;
    this.#speed = speed;
  }

  get doing(): Doing {
    return this.#doing;
  }

  /** Sets out along a way; answers how many milliseconds it takes. */
  travel(way: readonly Stretch[], now_ms: number): number {
    this.#halt(now_ms);
    this.#doing = 'travel';
    this.#course = new Course(way, now_ms, this.#speed);
    return this.#course.duration_ms;
  }

  /** It is where it was going; what was left of the way counts as gone, for crews that are faster than the map. */
  arrive(now_ms: number): void {
    this.#halt(this.#doing === 'travel' ? Number.POSITIVE_INFINITY : now_ms);
    this.#doing = 'there';
  }

  /** Nothing holds it any more: back by the way it came. */
  goBack(now_ms: number): void {
    if (this.#doing === 'beat' || this.#doing === 'back') return;
    this.#halt(now_ms);
    this.#doing = 'back';
    this.#course = new Course(reversed(this.#trail), now_ms, this.#speed);
  }

  spot(now_ms: number): Spot {
    this.#roll(now_ms);
    const spot = this.#course?.spot(now_ms) ?? standing(this.#stands);
    this.#stands = spot.at;
    return spot;
  }

  /** Ends what it is doing at this place, remembering the way back. */
  #halt(now_ms: number): void {
    this.#roll(now_ms);
    const course = this.#course;
    this.#course = null;
    if (course === null) return;
    this.#stands = course.spot(now_ms)?.at ?? this.#stands;
    const { passed, ahead } = course.split(now_ms);
    if (this.#doing === 'beat') this.#left = ahead;
    else if (this.#doing === 'travel') this.#trail = [...this.#trail, ...passed];
    else if (this.#doing === 'back') this.#trail = reversed(ahead);
  }

  /** Goes on to the next walk when the last one has ended. */
  #roll(now_ms: number): void {
    if (this.#course !== null && !this.#course.done(now_ms)) return;
    if (this.#doing === 'back') {
      this.#stands = this.#course?.spot(now_ms)?.at ?? this.#stands;
      this.#trail = [];
      this.#course = null;
      this.#doing = 'beat';
    }
    if (this.#doing === 'beat' && this.#patrol !== null) this.#course = this.#walk(this.#patrol, now_ms);
  }

  /** Walks at the pace of the clock: what patrols slowly should be seen to. */
  #walk(patrol: Patrol, now_ms: number): Course | null {
    if (this.#left.length > 0) {
      const left = this.#left;
      this.#left = [];
      return new Course(left, now_ms, 1);
    }
    const line = patrol.walker.walk();
    const corner = line[0] ?? this.#stands;
    const long_m = length_m(line);
    if (long_m === 0) return null;
    const pause = { line: [corner, corner], duration_s: between(this.#random, ...PAUSE_S) };
    return new Course([pause, { line, duration_s: (long_m / patrol.speed_kmh) * 3.6 }], now_ms, 1);
  }
}
