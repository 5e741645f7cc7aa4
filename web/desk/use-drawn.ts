import { useMemo, useRef } from 'react';
import { useNow } from '../stream/now.ts';
import { clock, moment } from '../text/format.ts';
import { useSay } from '../text/say.ts';
import {
  closureFeatures,
  legFeatures,
  reachFeatures,
  stopFeatures,
  thingFeatures,
  type TravelDrawn,
  weatherAreaFeatures,
} from '../map/travel-data.ts';
import { type Closure, type Standing, standingOf } from '../travel/closures.ts';
import { type Closables, useConditions, useReach } from '../travel/data.ts';
import type { Itinerary, Stop } from '../travel/itinerary.ts';
import { T } from '../travel/words.ts';
import type { TravelState } from './use-travel.ts';

const NONE: readonly Closure[] = [];

/** What the desk's map draws of travel: the chosen way, what is closed, what can be reached, what is being chosen. */
export const useDrawn = (
  travel: TravelState,
  closables: Closables,
  way: Itinerary | null,
  matter: string | null,
): TravelDrawn => {
  const say = useSay();
  const now_ms = useNow();
  const now = useRef(now_ms);
  now.current = now_ms;
  const closures = useConditions().data?.closures ?? NONE;
  const areas = useReach(travel.question).data ?? null;
  const { things, waters } = closables;
  // Drawn anew when one begins or ends, not every second.
  const standings = JSON.stringify(closures.map((one) => standingOf(one, now_ms)));
  const ways = useMemo(() => {
    const label = ({ arrive_ms, wait_s, sort }: Stop): string => {
      const at = say(T.arrives, { when: clock(arrive_ms) });
      return sort === 'wait' ? `${at} · ${say(T.leaves, { when: clock(arrive_ms + wait_s * 1000) })}` : at;
    };
    return { legs: legFeatures(way), stops: stopFeatures(way, label) };
  }, [way, say]);
  const closed = useMemo(() => {
    const label = (one: Closure): string =>
      [
        say(T.closed),
        one.why === null ? null : say(one.why),
        one.until === null ? null : say(T.until, { when: moment(one.until, now.current) }),
      ]
        .filter((each) => each !== null)
        .join(' · ');
    return closureFeatures(closures, JSON.parse(standings) as Standing[], things, matter, label);
  }, [closures, things, standings, matter, say]);
  const from = travel.reach.from?.at ?? null;
  const reach = useMemo(() => reachFeatures(from === null ? null : areas, from), [areas, from]);
  const aimed = useMemo(() => {
    const one = travel.thing ?? things.get(travel.aimed ?? '');
    return thingFeatures(one === undefined ? [] : [one]);
  }, [travel.thing, travel.aimed, things]);
  // Areas of the sea are drawn while they are spoken of: those with weather, or those that can be closed.
  const areasShown = useMemo(() => {
    if (travel.pane === 'weather') return weatherAreaFeatures(waters);
    return thingFeatures(travel.choosing ? [...things.values()].filter((one) => one.sort === 'area') : []);
  }, [travel.pane, travel.choosing, things, waters]);
  return useMemo(
    () => ({ ...ways, closures: closed, reach, aimed, waters: areasShown }),
    [ways, closed, reach, aimed, areasShown],
  );
};
