import { QueryClient, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { EventView, ForceView, MatterView, SiteView } from '#wire/api.ts';
import * as calls from './calls.ts';
import type { Declared } from './kinds.ts';
import { type Place, places } from './places.ts';
import { ApiError } from './problem.ts';

export const KEYS = {
  site: ['site'],
  sites: ['sites'],
  kinds: ['kinds'],
  places: ['places'],
  forces: ['forces'],
  people: ['people'],
  open: ['matters', 'open'],
  closed: ['matters', 'closed'],
  found: (words: string) => ['found', words],
  matter: (id: string) => ['matter', id],
  events: (id: string) => ['events', id],
  candidates: (id: string) => ['candidates', id],
  journey: (id: string, force: string) => ['journey', id, force],
  conditions: ['conditions'],
  layers: ['layers'],
  ways: ['ways'],
  reach: ['reach'],
} as const;

/** A refusal is an answer and is not asked again; a lost connection is. The stream keeps data fresh, so nothing polls. */
export const makeCache = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 60_000,
        refetchOnWindowFocus: false,
        networkMode: 'always',
        retry: (count, error) => !(error instanceof ApiError && error.status >= 400 && error.status < 500) && count < 1,
        retryDelay: 400,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });

export const useSite = (): UseQueryResult<SiteView> =>
  useQuery({ queryKey: KEYS.site, queryFn: calls.site, staleTime: Infinity });
export const useKinds = (): UseQueryResult<Declared> =>
  useQuery({ queryKey: KEYS.kinds, queryFn: calls.kinds, staleTime: Infinity });
export const usePlaces = (): UseQueryResult<readonly Place[]> =>
  useQuery({ queryKey: KEYS.places, queryFn: places, staleTime: Infinity });
export const useForces = (): UseQueryResult<readonly ForceView[]> =>
  useQuery({ queryKey: KEYS.forces, queryFn: async () => (await calls.forces()).forces });
export const useMatter = (id: string | null): UseQueryResult<MatterView> =>
  useQuery({ queryKey: KEYS.matter(id ?? ''), queryFn: () => calls.matter(id ?? ''), enabled: id !== null });
export const useEvents = (id: string | null): UseQueryResult<readonly EventView[]> =>
  useQuery({
    queryKey: KEYS.events(id ?? ''),
    queryFn: async () => (await calls.events(id ?? '')).events,
    enabled: id !== null,
  });
