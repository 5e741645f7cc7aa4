import { useQuery } from '@tanstack/react-query';
import type { EventView } from '#wire/api.ts';
import { RECENT_EVENTS } from './patch.ts';

const NONE: readonly EventView[] = [];

/** What happened lately in all that is in sight. Nothing is fetched here: the stream writes this list. */
export const useRecentEvents = (): readonly EventView[] =>
  useQuery({
    queryKey: RECENT_EVENTS,
    queryFn: () => NONE,
    enabled: false,
    initialData: NONE,
    gcTime: Infinity,
  }).data;
