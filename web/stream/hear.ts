import type { QueryClient } from '@tanstack/react-query';
import type { EventView } from '#wire/api.ts';
import { KEYS } from '../api/cache.ts';
import type { MatterPage } from '../api/calls.ts';
import { ring } from '../ui/sound.ts';

/** Sounds once for a batch of events, by the highest urgency among the matters that `calls` for it. The rows are in the list already. */
export const hear = (cache: QueryClient, events: readonly EventView[], calls: (event: EventView) => boolean): void => {
  const about = new Set(events.filter(calls).map((event) => event.matter));
  const rows = cache.getQueryData<MatterPage>(KEYS.open)?.rows.filter((row) => about.has(row.id)) ?? [];
  const loudest = rows.map((row) => row.urgency ?? '3').toSorted()[0];
  if (loudest !== undefined) ring(loudest);
};
