import type { LonLat } from '#core/base/geo.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Conditions, Limits } from '../conditions/conditions.ts';
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

/** The supposed lines of a week, by ends. */
export const supposedLines = (ground: Ground, closedAreas: ReadonlySet<string>, at: number): readonly UsualLine[] => {
  const { hubs } = ground;
  const served = ground.onServedLand(at);
  const found: UsualLine[] = [];
  for (const { line, boat, wait_s, calls } of RUNS) {
    if (!ground.place.seas.has(boat.draught.id)) continue;
    const callers = hubs.flatMap((hub, i) => (calls(hub) ? [i] : []));
    for (const to of callers) {
      const row = ground.seaTo(boat, to, closedAreas);
      for (const from of callers) {
        const sail_s = row[2 * from] as number;
        if (from === to || sail_s === Infinity) continue;
        const [one, other] = [hubs[from] as Hub, hubs[to] as Hub];
        if (served.has(one.id) && served.has(other.id)) continue;
        found.push({
          line,
          from: one.id,
          to: other.id,
          wait_s: wait_s + one.boarding_s,
          crossing_s: sail_s + other.unloading_s,
          both_ways: false,
          confidence: 'assumed',
        });
      }
    }
  }
  return found;
};

/** What bears on who goes by a line from one hub to another. */
export class LineWindows {
  readonly #conditions: Conditions;
  readonly #hubs: ReadonlyMap<string, Hub>;
  readonly #lines: ReadonlyMap<string, Line>;
  readonly #carriers: Readonly<Record<string, Limits>>;
  readonly #span: Span;
  /** From hub to hub, by their ids. */
  readonly #ways = new Map<string, readonly LonLat[]>();

  constructor(ground: Ground, lines: readonly Line[], conditions: Conditions, span: Span) {
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
  openings(usual: UsualLine, back: boolean): readonly Span[] | null {
    const [from, to] = back ? [usual.to, usual.from] : [usual.from, usual.to];
    const passage = this.passage(usual.line, from, to, [], usual.crossing_s);
    if (isSteady(passage, this.#conditions)) return null;
    return openIntervals(passage, this.#conditions, this.#span).map(
      ([start, end]) => [Math.ceil(start) as Instant, Math.floor(end) as Instant] as const,
    );
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
      line: this.#wayOf(from, to, ends),
      duration_s,
      limits: carrier === null ? null : (this.#carriers[carrier] ?? null),
      start: one?.limits ?? null,
      end: other?.limits ?? null,
    };
  }

  #wayOf(from: string, to: string, ends: readonly Hub[]): readonly LonLat[] {
    const key = `${from} ${to}`;
    const way = this.#ways.get(key) ?? ends.map((hub) => hub.sea ?? hub.at);
    this.#ways.set(key, way);
    return way;
  }
}
