import type { LonLat } from '#core/base/geo.ts';
import type { IsochroneView } from '#wire/travel.ts';
import type { Closable, Layer } from '../travel/closable.ts';
import type { Closure, Standing } from '../travel/closures.ts';
import { type Itinerary, type Stop, stopsOf } from '../travel/itinerary.ts';
import { collect, type Feature, type Features } from './data.ts';

/** What the map draws of travel, as its sources take it. */
export interface TravelDrawn {
  readonly legs: Features;
  readonly stops: Features;
  readonly closures: Features;
  readonly reach: Features;
  /** What the pointer or the list is at while something is chosen to be closed. */
  readonly aimed: Features;
  /** Water areas that can be chosen. */
  readonly waters: Features;
}
const NO_FEATURES: Features = collect([]);
export const NOTHING_DRAWN: TravelDrawn = {
  legs: NO_FEATURES,
  stops: NO_FEATURES,
  closures: NO_FEATURES,
  reach: NO_FEATURES,
  aimed: NO_FEATURES,
  waters: NO_FEATURES,
};

const pointAt = (at: LonLat, properties: Feature['properties']): Feature => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: at },
  properties,
});

export const legFeatures = (way: Itinerary | null): Features =>
  collect(
    (way?.legs ?? [])
      .filter((leg) => leg.mode !== 'wait' && leg.line.length > 1)
      .map((leg) => ({
        type: 'Feature',
        geometry: { type: 'LineString', coordinates: leg.line },
        properties: { mode: leg.mode },
      })),
  );

/** Change points, waits and the end, each with the words beside it. */
export const stopFeatures = (way: Itinerary | null, label: (stop: Stop) => string): Features =>
  collect((way === null ? [] : stopsOf(way)).map((stop) => pointAt(stop.at, { sort: stop.sort, label: label(stop) })));

/**
 * Closed things in their shape, and one badge for each. What is over or not begun yet is drawn faint: nobody is kept from it now.
 * @param standings of the closures, in their order
 * A closed thing that is not on the map has nothing to be drawn by.
 */
export const closureFeatures = (
  closures: readonly Closure[],
  standings: readonly Standing[],
  things: ReadonlyMap<string, Closable>,
  selected: string | null,
  label: (closure: Closure) => string,
): Features =>
  collect(
    closures.flatMap((closure, index): readonly Feature[] => {
      const thing = things.get(closure.what);
      if (thing === undefined) return [];
      const holds = standings[index] === 'now';
      const properties = { matter: closure.matter, holds, selected: closure.matter === selected };
      const shapes = thing.shapes.filter((shape) => shape.type !== 'Point');
      return [
        ...shapes.map((geometry): Feature => ({ type: 'Feature', geometry, properties })),
        pointAt(thing.at, { ...properties, badge: true, label: label(closure) }),
      ];
    }),
  );

/** The bands of an isochrone, the widest first, so that the nearest lies on top. */
export const reachFeatures = (areas: IsochroneView | null, from: LonLat | null): Features =>
  collect([
    ...(areas?.features ?? [])
      .toSorted((a, b) => b.properties.limit_s - a.properties.limit_s)
      .map((one): Feature => ({ type: 'Feature', geometry: one.geometry, properties: one.properties })),
    ...(from === null ? [] : [pointAt(from, { origin: true })]),
  ]);

export const thingFeatures = (things: readonly Closable[]): Features =>
  collect(
    things.flatMap((thing) =>
      thing.shapes.map((geometry): Feature => ({ type: 'Feature', geometry, properties: { id: thing.id } })),
    ),
  );

/** Sea areas that weather is told of. */
export const weatherAreaFeatures = (waters: Layer): Features =>
  collect(
    waters.features.flatMap(({ geometry, properties }) =>
      geometry === null || properties?.['kind'] !== 'weather' ? [] : [{ type: 'Feature', geometry, properties }],
    ),
  );
