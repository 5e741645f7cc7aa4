import { useQueries } from '@tanstack/react-query';
import type { Kind, Step } from '#core/matter/kind.ts';
import type { MatterView } from '#wire/api.ts';
import * as calls from '../api/calls.ts';
import { KEYS } from '../api/cache.ts';

/** Whether a step may lead where the matter is closed. */
export const maySettle = (kind: Kind, step: Step): boolean => {
  const ends = typeof step.to === 'string' ? [step.to] : (step.to ?? []).map((rule) => rule.to);
  return ends.some((state) => kind.states[state]?.open === false);
};

/** Numbers of the matters that were opened to support this one. */
export const supportsOf = (matter: Pick<MatterView, 'links'>): readonly string[] =>
  matter.links.filter((link) => link.relation === 'supports' && !link.outgoing).map((link) => link.to);

/**
 * Support asked for this matter that is not settled; `asking` while that is not known yet. One the person may not see is
 * none of their business.
 * @param wanted nothing is asked of the server otherwise
 */
export const useOpenSupports = (
  matter: Pick<MatterView, 'links'>,
  wanted: boolean,
): { readonly asking: boolean; readonly open: readonly MatterView[] } => {
  const found = useQueries({
    queries: (wanted ? supportsOf(matter) : []).map((id) => ({
      queryKey: KEYS.matter(id),
      queryFn: () => calls.matter(id),
    })),
  });
  return {
    asking: found.some((one) => one.isPending),
    open: found.flatMap(({ data }) => (data?.open === true ? [data] : [])),
  };
};
