import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { JourneyView, RankingView } from '#wire/api.ts';
import * as calls from '../api/calls.ts';
import { KEYS } from '../api/cache.ts';

const LIMIT = 200;
export const useOpenRows = (): UseQueryResult<calls.MatterPage> =>
  useQuery({ queryKey: KEYS.open, queryFn: () => calls.matters({ state: 'open', limit: LIMIT }) });
export const useClosedRows = (wanted: boolean): UseQueryResult<calls.MatterPage> =>
  useQuery({ queryKey: KEYS.closed, queryFn: () => calls.matters({ state: 'closed', limit: LIMIT }), enabled: wanted });

/** Forces move all the time: the ranking is asked again this often while it is looked at. */
const RANK_EVERY_MS = 15_000;
export const useRanking = (id: string, wanted: boolean): UseQueryResult<RankingView> =>
  useQuery({
    queryKey: KEYS.candidates(id),
    queryFn: () => calls.candidates(id),
    enabled: wanted,
    refetchInterval: RANK_EVERY_MS,
  });

export const useJourney = (id: string | null, force: string | null): UseQueryResult<JourneyView> =>
  useQuery({
    queryKey: KEYS.journey(id ?? '', force ?? ''),
    queryFn: () => calls.journey(id ?? '', force ?? ''),
    enabled: id !== null && force !== null,
    staleTime: RANK_EVERY_MS,
  });
