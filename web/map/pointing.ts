import type { Map as MapLibre, MapGeoJSONFeature, MapMouseEvent, Point as Pixel, PointLike } from 'maplibre-gl';
import { useEffect, useRef, useState } from 'react';
import type { Props } from './map-view.tsx';
import { CHOOSABLE, CLOSED } from './travel-style.ts';

/** Something on the map is being chosen: a way, a pier, an area. */
export interface Aim {
  /** What the pointer is at, in words; null while at nothing. */
  readonly words: string | null;
  readonly onAim: (id: string | null) => void;
  readonly onChoose: (id: string) => void;
}

const REACH_PX = 8;
const around = ({ x, y }: Pixel): [PointLike, PointLike] => [
  [x - REACH_PX, y - REACH_PX],
  [x + REACH_PX, y + REACH_PX],
];

/** What lies within reach of a pixel in these layers, in the order of the layers; a bridge before the road that leads to it. */
const hitsIn = (map: MapLibre, at: Pixel, layers: readonly string[]): readonly MapGeoJSONFeature[] =>
  map
    .queryRenderedFeatures(around(at), { layers: layers.filter((id) => map.getLayer(id) !== undefined) })
    .toSorted(
      (a, b) =>
        layers.indexOf(a.layer.id) - layers.indexOf(b.layer.id) ||
        Number(b.properties['bridge'] === true) - Number(a.properties['bridge'] === true),
    );

const thingAt = (map: MapLibre, at: Pixel): string | null => {
  const id: unknown = hitsIn(map, at, CHOOSABLE)[0]?.properties['id'];
  return typeof id === 'string' || typeof id === 'number' ? String(id) : null;
};

/** A click gives a position where one is waited for, chooses a thing, or opens a matter, a closure, a force, in this order. */
export const clicked = (map: MapLibre, event: MapMouseEvent, props: Props): void => {
  if (props.picking) {
    props.onPick({ lon: event.lngLat.lng, lat: event.lngLat.lat });
    return;
  }
  const aim = props.aim ?? null;
  if (aim !== null) {
    const id = thingAt(map, event.point);
    if (id !== null) aim.onChoose(id);
    return;
  }
  const [first] = hitsIn(map, event.point, ['matters', 'closed-sign', 'forces', ...CLOSED]);
  if (first === undefined) return;
  if (first.layer.id === 'matters') props.onMatter(String(first.properties['id']));
  else if (first.layer.id === 'forces') props.onForce(String(first.properties['id']));
  else props.onMatter(String(first.properties['matter']));
};

/** Where the pointer is while something under it can be chosen, in px; null elsewhere. */
export const useAim = (
  map: { readonly current: MapLibre | null },
  ready: number,
  aim: Aim | null,
): { readonly x: number; readonly y: number } | null => {
  const [at, setAt] = useState<{ readonly x: number; readonly y: number } | null>(null);
  const latest = useRef(aim);
  latest.current = aim;
  const aiming = aim !== null;
  useEffect(() => {
    const made = map.current;
    if (made === null || ready === 0 || !aiming) return;
    let frame = 0;
    const moved = (event: MapMouseEvent): void => {
      // One look a frame: the pointer moves more often than the screen is drawn.
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => {
        const id = thingAt(made, event.point);
        latest.current?.onAim(id);
        setAt(id === null ? null : { x: event.point.x, y: event.point.y });
      });
    };
    const left = (): void => {
      latest.current?.onAim(null);
      setAt(null);
    };
    made.on('mousemove', moved);
    made.on('mouseout', left);
    return () => {
      cancelAnimationFrame(frame);
      made.off('mousemove', moved);
      made.off('mouseout', left);
      setAt(null);
    };
  }, [map, ready, aiming]);
  return at;
};
