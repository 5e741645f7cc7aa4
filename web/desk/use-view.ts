import { useMemo, useState } from 'react';
import type { UseQueryResult } from '@tanstack/react-query';
import type { MatterRow } from '#wire/api.ts';
import type { MatterPage } from '../api/calls.ts';
import { useKinds } from '../api/cache.ts';
import { kindOf } from '../api/kinds.ts';
import { type More, useClosedRows, useMore, useOpenRows } from './data.ts';
import { type Filter, NO_FILTER, passes } from './queue.tsx';
import { inOrder, latestFirst } from './queue-order.ts';

const NO_ROWS: readonly MatterRow[] = [];

/** The list on the left: which rows, in which order, and all that is open (the map and the command line know no filter). */
export interface View {
  readonly query: UseQueryResult<MatterPage>;
  readonly rows: readonly MatterRow[];
  /** Fetches what comes after; null when all is here. */
  readonly more: More | null;
  readonly openRows: readonly MatterRow[];
  readonly filter: Filter;
  readonly setFilter: (filter: Filter) => void;
}

export const useView = (): View => {
  const [filter, setFilter] = useState<Filter>(NO_FILTER);
  const declared = useKinds().data;
  const open = useOpenRows();
  const closed = useClosedRows(filter.state === 'closed');
  const openData = open.data?.rows ?? NO_ROWS;
  const openRows = useMemo(() => inOrder(openData, (row) => kindOf(declared, row.kind)), [openData, declared]);
  const closedRows = closed.data?.rows ?? NO_ROWS;
  const rows = useMemo(
    () => (filter.state === 'open' ? openRows : latestFirst(closedRows)).filter((row) => passes(row, filter)),
    [filter, openRows, closedRows],
  );
  const more = useMore(filter.state, (filter.state === 'open' ? open : closed).data);
  return { query: filter.state === 'open' ? open : closed, rows, more, openRows, filter, setFilter };
};
