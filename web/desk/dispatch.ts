import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import * as calls from '../api/calls.ts';
import { KEYS, useForces } from '../api/cache.ts';
import { wordsOf } from '../api/problem.ts';
import { useSay } from '../text/say.ts';
import { useTell } from './notices.tsx';
import { D } from './words.ts';

/** Sends a force and says what came of it; warnings (someone else took it in the same second) stay until read. */
export const useDispatch = (): {
  readonly busy: string | null;
  readonly dispatch: (matter: string, force: string) => Promise<void>;
} => {
  const say = useSay();
  const cache = useQueryClient();
  const tell = useTell();
  const forces = useForces().data;
  const [busy, setBusy] = useState<string | null>(null);
  const dispatch = useCallback(
    async (matter: string, force: string): Promise<void> => {
      const name = forces?.find((one) => one.id === force)?.name ?? { zh: force, en: force };
      setBusy(force);
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
        setBusy(null);
        await cache.invalidateQueries({ queryKey: KEYS.matter(matter) });
        await cache.invalidateQueries({ queryKey: KEYS.candidates(matter) });
      }
    },
    [cache, forces, tell, say],
  );
  return { busy, dispatch };
};
