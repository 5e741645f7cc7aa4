import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import * as calls from '../api/calls.ts';
import { KEYS, useForces } from '../api/cache.ts';
import { wordsOf } from '../api/problem.ts';
import { useSay } from '../text/say.ts';
import { useTell } from './notices.tsx';
import { begun, ended, type Sent } from './under-way.ts';
import { D } from './words.ts';

/** Sends forces, several at a time, and says what came of each; warnings (someone else took it in the same second) stay until read. */
export const useDispatch = (): {
  readonly underWay: readonly Sent[];
  readonly dispatch: (matter: string, force: string) => Promise<void>;
} => {
  const say = useSay();
  const cache = useQueryClient();
  const tell = useTell();
  const forces = useForces().data;
  const [underWay, setUnderWay] = useState<readonly Sent[]>([]);
  // Two presses may come before the screen is drawn again.
  const latest = useRef(underWay);
  const dispatch = useCallback(
    async (matter: string, force: string): Promise<void> => {
      const name = forces?.find((one) => one.id === force)?.name ?? { zh: force, en: force };
      const sent = { matter, force };
      const more = begun(latest.current, sent);
      if (more === null) return;
      latest.current = more;
      setUnderWay(more);
      try {
        const done = await calls.engage(matter, force);
        const warning = done.warnings.map((words) => say(words)).join(' ');
        tell({
          tone: warning === '' ? 'done' : 'warning',
          title: say(D.dispatched, { force: name }),
          about: warning === '' ? matter : warning,
        });
      } catch (refused) {
        const { words, advice } = wordsOf(refused);
        tell({
          tone: 'failed',
          title: `${say(D.failedDispatch)}: ${say(name)}`,
          about: `${say(words)} ${say(advice)}`,
        });
      } finally {
        latest.current = ended(latest.current, sent);
        setUnderWay(latest.current);
        await cache.invalidateQueries({ queryKey: KEYS.matter(matter) });
        await cache.invalidateQueries({ queryKey: KEYS.candidates(matter) });
      }
    },
    [cache, forces, tell, say],
  );
  return { underWay, dispatch };
};
