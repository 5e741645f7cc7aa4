import { useEffect, useRef } from 'react';
import { boundsOf } from '../map/data.ts';
import type { Itinerary } from '../travel/itinerary.ts';
import { type ReachQuestion, useReach } from '../travel/data.ts';

type Box = NonNullable<ReturnType<typeof boundsOf>>;

/** Brings what can be reached into view once for each question; when it is counted again the map stays where it is. */
export const useFramedReach = (question: ReachQuestion | null, frame: (box: Box) => void): void => {
  const answer = useReach(question);
  const areas = answer.isPlaceholderData ? undefined : answer.data;
  const latest = useRef(frame);
  latest.current = frame;
  const shown = useRef('');
  const asked = JSON.stringify(question);
  useEffect(() => {
    if (areas === undefined || shown.current === asked) return;
    shown.current = asked;
    const points = areas.features.flatMap((one) => one.geometry.coordinates.flat(2));
    const box = boundsOf(points.map(([lon, lat]) => ({ lon, lat })));
    if (box !== null) latest.current(box);
  }, [areas, asked]);
};

/** Brings the way that was chosen into view, once for each choice. */
export const useFramedWay = (chosen: string, way: Itinerary | null, frame: (box: Box) => void): void => {
  const latest = useRef(frame);
  latest.current = frame;
  const shown = useRef('');
  useEffect(() => {
    if (way === null) shown.current = '';
    if (way === null || shown.current === chosen) return;
    shown.current = chosen;
    const box = boundsOf(way.legs.flatMap((leg) => leg.line).map(([lon, lat]) => ({ lon, lat })));
    if (box !== null) latest.current(box);
  }, [chosen, way]);
};
