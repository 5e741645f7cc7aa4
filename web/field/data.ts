import { useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { MatterRow, MatterView } from '#wire/api.ts';
import * as calls from '../api/calls.ts';
import { KEYS } from '../api/cache.ts';

/** Open matters in which one of my units has an active part, offers first, then the most urgent. */
export const mine = (rows: readonly MatterRow[], units: readonly string[]): readonly MatterRow[] =>
  rows
    .filter((row) => row.open && row.parts.some((part) => part.active && units.includes(part.subject)))
    .toSorted((a, b) => Number(a.urgency ?? 9) - Number(b.urgency ?? 9) || a.raised_ms - b.raised_ms);

export const unitIn = (row: Pick<MatterRow, 'parts'>, units: readonly string[]): string | null =>
  row.parts.find((part) => part.active && units.includes(part.subject))?.subject ?? null;

export const useMine = (
  units: readonly string[],
): {
  readonly rows: readonly MatterRow[];
  readonly error: unknown;
  readonly pending: boolean;
  readonly again: () => void;
} => {
  const query = useQuery({
    queryKey: KEYS.open,
    queryFn: () => calls.matters({ state: 'open', limit: 100 }),
    enabled: units.length > 0,
  });
  return {
    rows: mine(query.data?.rows ?? [], units),
    error: query.data === undefined ? query.error : null,
    pending: query.isPending,
    again: () => void query.refetch(),
  };
};

/** Fetches each of my matters while there is a link, so that it can still be read when there is none. */
export const useKept = (rows: readonly MatterRow[]): readonly (MatterView | undefined)[] => {
  const cache = useQueryClient();
  const results = useQueries({
    queries: rows.map((row) => ({ queryKey: KEYS.matter(row.id), queryFn: () => calls.matter(row.id) })),
  });
  const ids = rows.map((row) => row.id).join(' ');
  useEffect(() => {
    for (const id of ids.split(' ').filter(Boolean))
      void cache.prefetchQuery({ queryKey: KEYS.events(id), queryFn: async () => (await calls.events(id)).events });
  }, [cache, ids]);
  return results.map((result) => result.data);
};
