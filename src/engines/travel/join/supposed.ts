import type { LonLat } from '#core/base/geo.ts';
import type { Conditions, Limits } from '../conditions/conditions.ts';
import { inBoth } from '../conditions/intervals.ts';
import type { Interval } from '../conditions/intervals.ts';
import { isOpen, isSteady, openIntervals } from '../conditions/windows.ts';
import type { Passage } from '../conditions/windows.ts';
import { takesBoats, takesVehicles } from '../hubs.ts';
import type { Hub } from '../hubs.ts';
import type { Span } from '../lines/network.ts';
import type { Connection, Line, UsualLine } from '../lines/timetable.ts';
import { BOATS } from '../profiles.ts';
import { RULES, WORDS } from '../rules.ts';
import type { Ground } from './place.ts';

/**
 * To and from land where no line is known to call, a launch or the next ferry is taken to come after a stated wait; between ramps a
 * vehicle ferry too. Between lands that have lines there are those lines, not supposed ones from the pier beside.
 */
export const SUPPOSED_LINES: readonly Line[] = [
  { id: 'supposed-launch', name: WORDS.launch, takes: 'people', carrier: 'launch', boarding_s: 1, unloading_s: 0 },
  {
    id: 'supposed-ferry',
    name: WORDS.ferry,
    takes: 'people and vehicles',
    carrier: 'vehicle-ferry',
    boarding_s: 1,
    unloading_s: 0,
  },
];
const RUNS = [
  { line: 'supposed-launch', boat: BOATS.launch, wait_s: RULES.launch_wait_s, calls: takesBoats },
  { line: 'supposed-ferry', boat: BOATS['vehicle-ferry'], wait_s: RULES.ferry_wait_s, calls: takesVehicles },
] as const;

/** A supposed line, and the weeks it is supposed in; null for all. */
export interface SupposedLine {
  readonly usual: UsualLine;
  readonly weeks: readonly Interval[] | null;
}

/** The supposed lines of a span, by ends. */
export const supposedLines = (
  ground: Ground,
  closedAreas: ReadonlySet<string>,
  span: Span,
): readonly SupposedLine[] => {
  const { hubs } = ground;
  const found: SupposedLine[] = [];
  for (const { line, boat, wait_s, calls } of RUNS) {
    if (!ground.place.seas.has(boat.draught.id)) continue;
    const callers = hubs.flatMap((hub, i) => (calls(hub) ? [i] : []));
    for (const to of callers) {
      const row = ground.seaTo(boat, to, closedAreas);
      for (const from of callers) {
        const sail_s = row[2 * from] as number;
        if (from === to || sail_s === Infinity) continue;
        const [one, other] = [hubs[from] as Hub, hubs[to] as Hub];
        const weeks = weeksWithout(ground, span, (served) => served.has(one.id) && served.has(other.id));
        if (weeks?.length === 0) continue;
        const usual: UsualLine = {
          line,
          from: one.id,
          to: other.id,
          wait_s: wait_s + one.boarding_s,
          crossing_s: sail_s + other.unloading_s,
          both_ways: false,
          confidence: 'assumed',
        };
        found.push({ usual, weeks });
      }
    }
  }
  return found;
};

/**
 * Weeks of a span in which lines do not do what is asked of those they call at; null for all. By the week and not by the question: who leaves later must
 * not find a launch that was not there.
 */
export const weeksWithout = (
  ground: Ground,
  span: Span,
  isServed: (served: ReadonlySet<string>) => boolean,
): readonly Interval[] | null => {
  const weeks = ground.weeksOf(span);
  const without = weeks.filter(([from]) => !isServed(ground.onServedLand(from)));
  return without.length === weeks.length ? null : without;
};

/** Open in both; null for always. */
export const bothOpen = (
  one: readonly Interval[] | null,
  other: readonly Interval[] | null,
): readonly Interval[] | null => {
  if (one === null || other === null) return one ?? other;
  return inBoth(one, other);
};

/** What bears on who goes by a line from one hub to another. */
export class LineWindows {
  readonly #conditions: Conditions;
  readonly #hubs: ReadonlyMap<string, Hub>;
  readonly #lines: ReadonlyMap<string, Line>;
  readonly #carriers: Readonly<Record<string, Limits>>;
  readonly #span: Span;
  readonly #crossing: (line: string, from: string, to: string) => readonly LonLat[];

  /** @param crossing how a line sails from hub to hub */
  constructor(
    ground: Ground,
    lines: readonly Line[],
    conditions: Conditions,
    span: Span,
    crossing: (line: string, from: string, to: string) => readonly LonLat[],
  ) {
    this.#crossing = crossing;
    this.#conditions = conditions;
    this.#hubs = new Map(ground.hubs.map((hub) => [hub.id, hub]));
    this.#lines = new Map(lines.map((line) => [line.id, line]));
    this.#carriers = ground.place.carriers;
    this.#span = span;
  }

  isOpen(one: Connection): boolean {
    const passage = this.passage(one.line, one.from, one.to, [one.trip, one.run], (one.arrive - one.depart) / 1000);
    return isOpen(passage, this.#conditions, one.depart);
  }

  /** When it may leave its pier; null for always. */
  openings(usual: UsualLine, back: boolean): readonly Interval[] | null {
    const [from, to] = back ? [usual.to, usual.from] : [usual.from, usual.to];
    const passage = this.passage(usual.line, from, to, [], usual.crossing_s);
    return isSteady(passage, this.#conditions) ? null : openIntervals(passage, this.#conditions, this.#span);
  }

  passage(line: string, from: string, to: string, trips: readonly string[], duration_s: number): Passage {
    const known = this.#lines.get(line);
    const carrier = known?.carrier ?? null;
    const [one, other] = [this.#hubs.get(from), this.#hubs.get(to)];
    const name = known?.name ?? { zh: line, en: line };
    const ends = [one, other].filter((hub) => hub !== undefined);
    return {
      ids: [...ends.map((hub) => hub.id), line, ...trips],
      names: [...ends.map((hub) => hub.name), name, ...trips.map(() => name)],
      // The tide is asked for at its ends; only the weather wants to know where it sails between.
      line: this.#conditions.areas.length === 0 ? ends.map((hub) => hub.at) : this.#crossing(line, from, to),
      duration_s,
      limits: carrier === null ? null : (this.#carriers[carrier] ?? null),
      start: one?.limits ?? null,
      end: other?.limits ?? null,
    };
  }
}
