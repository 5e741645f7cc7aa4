import { useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import type { JourneyView, MatterRow, RankingView } from '#wire/api.ts';
import * as calls from '../api/calls.ts';
import { KEYS } from '../api/cache.ts';
import { merge } from '../stream/patch.ts';
import { useStill } from '../ui/still.ts';
import { RANK_EVERY_MS } from './ranking.ts';

const LIMIT = { open: 200, closed: 50 } as const;
/** As many as the command line shows. */
const FOUND_MAX = 5;
export const useOpenRows = (): UseQueryResult<calls.MatterPage> =>
  useQuery({ queryKey: KEYS.open, queryFn: () => calls.matters({ state: 'open', limit: LIMIT.open }) });
export const useClosedRows = (wanted: boolean): UseQueryResult<calls.MatterPage> =>
  useQuery({
    queryKey: KEYS.closed,
    queryFn: () => calls.matters({ state: 'closed', limit: LIMIT.closed }),
    enabled: wanted,
  });

const NONE: readonly MatterRow[] = [];
/** Matters that hold the words, closed ones too, once the words stand still; none while they are typed. */
export const useFound = (words: string): readonly MatterRow[] => {
  const still = useStill(words);
  const found = useQuery({
    queryKey: KEYS.found(still),
    queryFn: ({ signal }) => calls.searchMatters(still, FOUND_MAX, signal),
    enabled: still !== '' && still === words,
    staleTime: 0,
  });
  return still === words && still !== '' ? (found.data?.rows ?? NONE) : NONE;
};

export interface More {
  readonly go: () => void;
  readonly busy: boolean;
  readonly error: unknown;
}

/** The page after those held, put behind them; null when there is none. */
export const useMore = (state: 'open' | 'closed', held: calls.MatterPage | undefined): More | null => {
  const cache = useQueryClient();
  const page = useMutation({
    mutationFn: (before: string) => calls.matters({ state, limit: LIMIT[state], before }),
    onSuccess: (fetched) => {
      cache.setQueryData<calls.MatterPage>(KEYS[state], (now) =>
        now === undefined ? now : { ...now, rows: merge(fetched.rows, now.rows), next: fetched.next },
      );
    },
  });
  const next = held?.next ?? null;
  return next === null ? null : { go: () => page.mutate(next), busy: page.isPending, error: page.error };
};

export const useRanking = (id: string, wanted: boolean): UseQueryResult<RankingView> =>
  useQuery({
    queryKey: KEYS.candidates(id),
    queryFn: () => calls.candidates(id),
    enabled: wanted,
    refetchInterval: RANK_EVERY_MS,
  });

/** Asks the way of a force to a matter; another one when the matter's place was corrected. */
export const journeyQuery = (id: string, force: string, to: MatterRow['position']) => ({
  queryKey: [...KEYS.journey(id, force), to?.lon, to?.lat],
  queryFn: () => calls.journey(id, force),
  staleTime: RANK_EVERY_MS,
});
export const useJourney = (
  row: Pick<MatterRow, 'id' | 'position'> | undefined,
  force: string | null,
): UseQueryResult<JourneyView> =>
  useQuery({
    ...journeyQuery(row?.id ?? '', force ?? '', row?.position ?? null),
    enabled: row !== undefined && force !== null,
  });
