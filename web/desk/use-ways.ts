import { useMemo } from 'react';
import type { Text } from '#core/base/text.ts';
import type { MatterRow } from '#wire/api.ts';
import { useForces } from '../api/cache.ts';
import { useWays } from '../travel/data.ts';
import { choicesOf, type Itinerary, itineraryOf } from '../travel/itinerary.ts';
import { useJourney } from './data.ts';

export interface Ways {
  /** The way that was ranked first, then others that differ in kind. */
  readonly choices: readonly Itinerary[];
  /** Why nothing gets there. */
  readonly reason: Text | null;
  readonly pending: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

/** How a force gets to a matter. */
export const useChoices = (row: Pick<MatterRow, 'id' | 'position'> | undefined, force: string | null): Ways => {
  const { data, dataUpdatedAt, isPending, error, refetch } = useJourney(row, force);
  const others = useWays(
    useForces().data?.find((one) => one.id === force),
    row,
  );
  const choices = useMemo(
    () => choicesOf(data === undefined ? null : itineraryOf(data, dataUpdatedAt), others),
    [data, dataUpdatedAt, others],
  );
  return { choices, reason: data?.reason ?? null, pending: isPending, error, retry: () => void refetch() };
};

/** The one chosen among them, or the first. */
export const chosenOf = (choices: readonly Itinerary[], key: string | null): Itinerary | null =>
  choices.find((one) => one.key === key) ?? choices[0] ?? null;
