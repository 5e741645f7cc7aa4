import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { SiteState, SitesView } from '#wire/sites.ts';
import { KEYS } from '../api/cache.ts';
import * as calls from '../api/calls.ts';

const EVERY_MS = 2_000;

/** How the sites of the deployment stand. What stands alone is asked once; links may be cut without any event, so the others are asked again. */
export const useSites = (): UseQueryResult<SitesView> =>
  useQuery({
    queryKey: KEYS.sites,
    queryFn: calls.sites,
    refetchInterval: ({ state }) => ((state.data?.sites.length ?? 0) > 0 ? EVERY_MS : false),
    refetchIntervalInBackground: true,
  });

/** The site that handles a matter, when it is another than this one. */
export const useElsewhere = (site: string): SiteState | null => {
  const one = useSites().data?.sites.find(({ id }) => id === site);
  return one === undefined || one.link === 'own' ? null : one;
};
