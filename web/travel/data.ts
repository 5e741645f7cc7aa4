import { useQueries, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { LonLat } from '#core/base/geo.ts';
import type { ForceView, MatterRow } from '#wire/api.ts';
import { FORCE_KINDS } from '#world/forces/kinds.ts';
import type { ConditionsView } from '#wire/conditions.ts';
import type { IsochroneView } from '#wire/travel.ts';
import * as calls from '../api/calls.ts';
import { KEYS } from '../api/cache.ts';
import { type Closable, closablesOf, type Layer, type LayerName } from './closable.ts';
import { type Itinerary, itineraryOf } from './itinerary.ts';

/** Weather passes and closures end without news: they are looked at again this often. */
const CONDITIONS_MS = 120_000;
export const useConditions = (): UseQueryResult<ConditionsView> =>
  useQuery({ queryKey: KEYS.conditions, queryFn: calls.conditions, refetchInterval: CONDITIONS_MS });

const LAYERS: readonly LayerName[] = ['roads', 'lines', 'piers', 'waters'];
const NO_LAYER: Layer = { features: [] };
const NOTHING: ReadonlyMap<string, Closable> = new Map();
export interface Closables {
  readonly things: ReadonlyMap<string, Closable>;
  readonly waters: Layer;
  readonly pending: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

/** What can be closed, by id. The layers are large: they are fetched once somebody needs them. */
export const useClosables = (wanted: boolean): Closables => {
  const found = useQueries({
    queries: LAYERS.map((name) => ({
      queryKey: [...KEYS.layers, name],
      queryFn: () => calls.layer<Layer>(name),
      enabled: wanted,
      staleTime: Infinity,
    })),
  });
  const [roads, lines, piers, waters] = found.map((one) => one.data);
  const things = useMemo(
    () =>
      [roads, lines, piers, waters].every((one) => one === undefined)
        ? NOTHING
        : closablesOf({
            roads: roads ?? NO_LAYER,
            lines: lines ?? NO_LAYER,
            piers: piers ?? NO_LAYER,
            waters: waters ?? NO_LAYER,
          }),
    [roads, lines, piers, waters],
  );
  return {
    things,
    waters: waters ?? NO_LAYER,
    pending: wanted && found.some((one) => one.isPending),
    error: found.find((one) => one.isError)?.error ?? null,
    retry: () => found.filter((one) => one.isError).forEach((one) => void one.refetch()),
  };
};

export const FIRST_PROFILE = 'car';
const kinds: Readonly<Record<string, calls.Who>> = FORCE_KINDS;
/** How a force moves and turns out; a car that is ready where this page does not know its kind. */
export const whoIs = ({ kind }: Pick<ForceView, 'kind'>): calls.Who => {
  const { profile, turnout_s } = kinds[kind] ?? { profile: FIRST_PROFILE, turnout_s: 0 };
  return { profile, turnout_s };
};

export interface ReachQuestion extends calls.Who {
  readonly from: LonLat;
  readonly limits_s: readonly number[];
}
/**
 * True for questions that differ in their limits only: until the new bands are there, the old ones are not wrong. Those of another
 * start or another way of moving are; and where no limit is chosen, nothing is asked.
 */
export const isSameButLimits = (before: ReachQuestion | null | undefined, now: ReachQuestion | null): boolean =>
  now !== null &&
  before?.profile === now.profile &&
  before.turnout_s === now.turnout_s &&
  before.from[0] === now.from[0] &&
  before.from[1] === now.from[1];

/** What can be reached; asked again by the stream when something is closed or opened, or the weather turns. */
export const useReach = (question: ReachQuestion | null): UseQueryResult<IsochroneView> =>
  useQuery({
    queryKey: [...KEYS.reach, question] as const,
    queryFn: ({ signal }) =>
      question === null
        ? Promise.reject(new Error('nothing to ask'))
        : calls.isochrone(question, question.from, question.limits_s, signal),
    enabled: question !== null && question.limits_s.length > 0,
    placeholderData: (held, before) => (isSameButLimits(before?.queryKey[1], question) ? held : undefined),
    staleTime: CONDITIONS_MS,
  });

const WAYS_MS = 30_000;
const NO_WAYS: readonly Itinerary[] = [];
/** Ways of a force to a matter that differ in kind; none until they are known. Where it stands is read when it is asked. */
export const useWays = (
  force: ForceView | undefined,
  row: Pick<MatterRow, 'position'> | undefined,
): readonly Itinerary[] => {
  const to = row?.position ?? null;
  const answer = useQuery({
    queryKey: [...KEYS.ways, force?.id, to?.lon, to?.lat],
    queryFn: async () => {
      if (force === undefined || to === null) return NO_WAYS;
      const from = force.position ?? force.home;
      const { routes } = await calls.ways(whoIs(force), [from.lon, from.lat], [to.lon, to.lat]);
      return routes.map((one) => itineraryOf(one, one.start_ms ?? 0)).filter((one) => one !== null);
    },
    enabled: force !== undefined && to !== null,
    staleTime: WAYS_MS,
    refetchInterval: WAYS_MS,
  });
  return answer.data ?? NO_WAYS;
};
