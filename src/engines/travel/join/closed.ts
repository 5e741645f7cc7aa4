import type { LonLat } from '#core/base/geo.ts';
import type { Instant } from '#core/base/instant.ts';
import { instant } from '#core/base/instant.ts';
import type { Closure, Conditions } from '../conditions/conditions.ts';
import { outside } from '../conditions/intervals.ts';
import { openIntervals } from '../conditions/windows.ts';
import type { Passage } from '../conditions/windows.ts';
import { toArea, touches } from '../sea/areas.ts';
import type { Leg, WhatIf } from '../spi.ts';
import type { ClosableArea, Ground } from './place.ts';
import { SUPPOSED_LINES } from './supposed.ts';

/** Ids closed at a moment, by somebody or by what they endure. */
export const closedAt = (ground: Ground, conditions: Conditions, at: number): ReadonlySet<string> => {
  const closed = new Set(
    conditions.closures
      .filter((one) => one.from <= at && (one.until === null || one.until > at))
      .map((one) => one.what),
  );
  if (conditions.areas.length === 0) return closed;
  for (const way of ground.place.ways.keys())
    if (openIntervals(wayPassage(ground, way), conditions, [at, at]).length === 0) closed.add(way);
  return closed;
};

/** A way with limits of its own, as weather sees it. */
export const wayPassage = (ground: Ground, id: string): Passage => ({
  ids: [id],
  names: [ground.wayName(id)],
  line: ground.wayLine(id),
  duration_s: 0,
  limits: ground.place.ways.get(id) ?? null,
  start: null,
  end: null,
});

/** Ways and areas a leg goes over or through that can be closed. */
export const goneOver = (ground: Ground, leg: Leg): readonly Passage[] => [
  ...leg.refs.filter((id) => ground.wayNumbers.has(id)).map((id) => wayPassage(ground, id)),
  ...ground.place.areas.filter((area) => goesThrough(area, leg)).map(areaPassage),
];

const goesThrough = (area: ClosableArea, leg: Leg): boolean => {
  const isFor = area.of === 'air' ? leg.mode === 'air' : leg.mode === 'boat' || leg.mode === 'ferry';
  if (area.always || !isFor) return false;
  const ready = toArea(area.id, area.rings);
  return leg.line.some((end, i) => i > 0 && touches(ready, leg.line[i - 1] as LonLat, end));
};

const areaPassage = ({ id, name }: ClosableArea): Passage => ({
  ids: [id],
  names: [name],
  line: [],
  duration_s: 0,
  limits: null,
  start: null,
  end: null,
});

/** Whole moments in `(from, until]` from which on a way or an area is closed that was open, or open that was closed; in order. */
export const changes = (ground: Ground, conditions: Conditions, from: number, until: number): readonly Instant[] => {
  const moments = new Set<number>();
  for (const one of conditions.closures) {
    // Hubs are closed and opened by the minute on every line; of ways and areas only what holds when one leaves counts.
    if (ground.hubNumbers.has(one.what)) continue;
    moments.add(one.from);
    if (one.until !== null) moments.add(one.until);
  }
  for (const way of conditions.areas.length === 0 ? [] : ground.place.ways.keys()) {
    const open = openIntervals(wayPassage(ground, way), conditions, [from, until]);
    for (const [begin, end] of outside(open, [from, until])) moments.add(begin).add(end + 1);
  }
  return [...moments]
    .map(Math.ceil)
    .filter((one) => one > from && one <= until)
    .toSorted((a, b) => a - b)
    .map((one) => instant(one));
};

/**
 * Moments after `at` to wait for: something closed is open then that was closed at `at` and at every moment before. Leaving when as much was open before
 * was never later.
 */
export const reopenings = (
  ground: Ground,
  conditions: Conditions,
  at: number,
  ahead_ms: number,
): readonly Instant[] => {
  const before = [closedAt(ground, conditions, at)];
  return changes(ground, conditions, at, at + ahead_ms).filter((moment) => {
    const closed = closedAt(ground, conditions, moment);
    if (before.some((one) => one.isSubsetOf(closed))) return false;
    before.push(closed);
    return true;
  });
};

/** Ways and areas closed at one moment and open at a later one. */
export const reopenedBy = (ground: Ground, conditions: Conditions, before: number, at: number): readonly Passage[] => {
  const open = closedAt(ground, conditions, before).difference(closedAt(ground, conditions, at));
  return [
    ...[...open].filter((id) => ground.wayNumbers.has(id)).map((id) => wayPassage(ground, id)),
    ...ground.place.areas.filter((area) => open.has(area.id)).map(areaPassage),
  ];
};

/** Trips are looked for so long before and after a moment: what runs on one day of the week is among them. */
const WEEK_MS = 7 * 86_400_000;

/** True for what a closure may name. @param at about when its trips run */
export const canBeClosed = (ground: Ground, id: string, at: number): boolean => {
  const { areas, timetable } = ground.place;
  if (ground.has(id) || ground.wayNumbers.has(id)) return true;
  if (areas.some((area) => area.id === id)) return true;
  if ([...timetable.lines, ...SUPPOSED_LINES].some((line) => line.id === id)) return true;
  const [from, until] = [instant(Math.max(0, at - WEEK_MS)), instant(at + WEEK_MS)];
  return timetable.connections(from, until).some((one) => one.trip === id || one.run === id);
};

/** What is closed besides, or opened, for a question. */
export const supposing = (conditions: Conditions, whatIf: WhatIf | undefined): Conditions => {
  if (whatIf === undefined || whatIf.close.length + whatIf.open.length === 0) return conditions;
  const added = whatIf.close.map((what): Closure => ({ what, from: instant(0), until: null, why: null }));
  return {
    ...conditions,
    closures: [...conditions.closures.filter((one) => !whatIf.open.includes(one.what)), ...added],
  };
};
