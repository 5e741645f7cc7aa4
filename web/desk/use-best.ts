import { useKinds, useMatter } from '../api/cache.ts';
import { kindOf } from '../api/kinds.ts';
import { useRanking } from './data.ts';
import { bestOf } from './ranking.ts';
import type { Focus } from './use-focus.ts';

/** The force the key D sends: the chosen candidate, or the first one; null when nothing can be sent or the chosen one cannot go. */
export const useBest = ({ matter, candidate }: Focus): string | null => {
  const held = useMatter(matter).data;
  const offer = kindOf(useKinds().data, held?.kind ?? '')?.dispatch?.offer;
  const possible =
    held !== undefined &&
    held.position !== null &&
    held.steps.some((one) => one.step === offer && one.refused === null);
  const ranking = useRanking(matter ?? '', possible);
  return possible ? bestOf(ranking.data?.candidates, candidate) : null;
};
