import type { Journey, When } from '../spi.ts';
import type { Crowd } from './crowd.ts';
import type { Party, Way } from './party.ts';
import { lastInTime } from './search.ts';
import type { Search } from './search.ts';
import { trace } from './trace.ts';

/**
 * The best way and others that differ from it in kind: soonest first where one leaves at a moment; where one has to be there by one, each as late as it may
 * leave, the latest first. All are in time.
 * @param one the traveller, alone
 */
export const alternativesTo = (best: Journey, search: Search, one: Crowd, when: When): readonly Journey[] => {
  const others = 'arrive_by' in when ? inTime(best, search, one, when.arrive_by) : leaving(best, search, one);
  const kinds = new Map<string, Journey>([[kindOf(best), best]]);
  for (const one of others) if (!kinds.has(kindOf(one))) kinds.set(kindOf(one), one);
  return [...kinds.values()];
};

const leaving = ({ start }: Journey, search: Search, one: Crowd): readonly Journey[] => {
  const party = search.party(one, start, start + turnout_ms(one));
  return party
    .ways(0, start, true)
    .toSorted((a, b) => a.arrive - b.arrive)
    .map((way) => trace(party, 0, way, start));
};

const inTime = ({ start }: Journey, search: Search, one: Crowd, by: number): readonly Journey[] => {
  const { party, begin } = search.before(one, turnout_ms(one), start, by);
  const names = new Set([begin, start].flatMap((at) => party.ways(0, at, true).map(nameOf)));
  return [...names]
    .flatMap((name) => {
      const found = lastInTime(party, 0, begin, start + 1, by, (at) => soonest(party, at, name));
      return found === null ? [] : [trace(party, 0, found.way, found.at)];
    })
    .toSorted((a, b) => b.start - a.start);
};

const soonest = (party: Party, at: number, name: string): Way | null =>
  party
    .ways(0, at, true)
    .filter((way) => nameOf(way) === name)
    .reduce<Way | null>((best, way) => (best === null || way.arrive < best.arrive ? way : best), null);

const turnout_ms = ({ travellers: [first] }: Crowd): number => (first?.turnout_s ?? 0) * 1000;

/** What moves somebody, before it is drawn: enough to look for one way of moving at a time. */
const nameOf = (way: Way): string => {
  switch (way.by) {
    case 'road':
      return `road ${way.road}`;
    case 'hubs':
      return `hubs ${way.road} ${way.vehicle ?? ''}`;
    case 'lift':
      return `lift ${way.road} ${way.boat.id}`;
    case 'straight':
    case 'boat':
    case 'air':
      return way.by;
  }
};

/** Journeys are of one kind when the same boats, lines and aircraft carry them; how one gets to these makes no difference. */
const kindOf = (journey: Journey): string =>
  journey.legs
    .filter((leg) => leg.mode === 'ferry' || leg.mode === 'boat' || leg.mode === 'air')
    .map((leg) => `${leg.mode}:${leg.mode === 'air' ? '' : (leg.refs[0] ?? '')}`)
    .join('>');
