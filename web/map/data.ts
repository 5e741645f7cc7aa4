import type { ForceView, MatterRow } from '#wire/api.ts';
import type { Geometry } from '../travel/closable.ts';
import { forceImage, isStale, matterImage, noseImage } from './images.ts';

export interface Feature {
  readonly type: 'Feature';
  readonly geometry: Geometry;
  readonly properties: Readonly<Record<string, unknown>>;
}
export interface Features {
  readonly type: 'FeatureCollection';
  readonly features: readonly Feature[];
}
export const collect = (features: readonly Feature[]): Features => ({ type: 'FeatureCollection', features });
const point = (at: { readonly lon: number; readonly lat: number }, properties: Feature['properties']): Feature => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [at.lon, at.lat] },
  properties,
});

/** States drawn above others where forces stand together. */
const ORDER: Readonly<Record<string, number>> = {
  on_scene: 5,
  on_the_way: 4,
  assigned: 3,
  available: 2,
  unavailable: 1,
  off_duty: 0,
};

export const forceFeatures = (
  forces: readonly ForceView[],
  now_ms: number,
  selected: string | null,
  label: (force: ForceView) => string,
): Features =>
  collect(
    forces.flatMap((force) => {
      if (!force.on_duty) return [];
      // Whoever never reported is drawn at home, as uncertain as an old position.
      const at = force.position ?? { ...force.home, time_ms: 0, heading_deg: null, speed_kmh: null };
      const stale = isStale(at.time_ms, now_ms);
      const moving = !stale && at.heading_deg !== null && (at.speed_kmh ?? 0) > 1;
      return [
        point(at, {
          id: force.id,
          label: label(force),
          image: forceImage(force.kind, force.state, stale),
          order: ORDER[force.state] ?? 0,
          selected: force.id === selected,
          ...(moving ? { nose: noseImage(force.state), heading: at.heading_deg } : {}),
        }),
      ];
    }),
  );

/** Width of a pin, in px: beside each other they are told apart. */
const PIN_PX = 18;
const LEAST_URGENT = 9;
const urgencyOf = (row: MatterRow): number => Number(row.urgency ?? LEAST_URGENT);

/**
 * Pins of open matters. At one and the same place, as a whistle and the incident it was raised from, they stand side by side:
 * the most urgent one, then the oldest, stands on the spot and has the label.
 */
export const matterFeatures = (
  rows: readonly MatterRow[],
  selected: string | null,
  title: (row: MatterRow) => string,
): Features => {
  const ordered = rows
    .filter((row) => row.open)
    .toSorted((a, b) => urgencyOf(a) - urgencyOf(b) || a.raised_ms - b.raised_ms || a.id.localeCompare(b.id));
  const taken = new Map<string, number>();
  return collect(
    ordered.flatMap((row) => {
      if (row.position === null) return [];
      const spot = `${row.position.lon},${row.position.lat}`;
      const before = taken.get(spot) ?? 0;
      taken.set(spot, before + 1);
      return [
        point(row.position, {
          id: row.id,
          label: before === 0 ? title(row) : '',
          image: matterImage(row.urgency),
          order: 10 - urgencyOf(row),
          selected: row.id === selected,
          shift: [before * PIN_PX, 0],
        }),
      ];
    }),
  );
};

interface Seen {
  readonly at: readonly [number, number];
  readonly time_ms: number;
}
const TRAIL_MS = 5 * 60_000;

/** Where each force was in the last minutes, as this screen saw it; each piece knows how fresh it is (1 new, 0 gone). */
export const makeTrails = (): ((forces: readonly ForceView[], now_ms: number) => Features) => {
  const seen = new Map<string, readonly Seen[]>();
  return (forces, now_ms) => {
    const features: Feature[] = [];
    for (const force of forces) {
      const trail = followed(seen.get(force.id) ?? [], force, now_ms);
      seen.set(force.id, trail);
      trail.slice(1).forEach((one, index) => {
        const before = trail[index];
        if (before === undefined) return;
        features.push({
          type: 'Feature',
          geometry: { type: 'LineString', coordinates: [before.at, one.at] },
          properties: { state: force.state, fresh: Math.max(0, 1 - (now_ms - one.time_ms) / TRAIL_MS) },
        });
      });
    }
    return collect(features);
  };
};

const followed = (trail: readonly Seen[], force: ForceView, now_ms: number): readonly Seen[] => {
  const kept = trail.filter((one) => now_ms - one.time_ms < TRAIL_MS);
  const at = force.position;
  if (at === null || !force.on_duty) return [];
  const last = kept.at(-1);
  if (last !== undefined && last.at[0] === at.lon && last.at[1] === at.lat) return kept;
  return [...kept, { at: [at.lon, at.lat], time_ms: at.time_ms }];
};

/** The box around all points, or null when there are none. */
export const boundsOf = (
  points: readonly { readonly lon: number; readonly lat: number }[],
): readonly [number, number, number, number] | null =>
  points.length === 0
    ? null
    : [
        Math.min(...points.map((one) => one.lon)),
        Math.min(...points.map((one) => one.lat)),
        Math.max(...points.map((one) => one.lon)),
        Math.max(...points.map((one) => one.lat)),
      ];
