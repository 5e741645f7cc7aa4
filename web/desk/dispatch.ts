import { useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useCallback, useState } from 'react';
import * as calls from '../api/calls.ts';
import { KEYS, useForces } from '../api/cache.ts';
import { wordsOf } from '../api/problem.ts';
import { useSay } from '../text/say.ts';
import { D } from './words.ts';

/** Sends a force and says what came of it; warnings (someone else took it in the same second) stay until read. */
export const useDispatch = (): {
  readonly busy: string | null;
  readonly dispatch: (matter: string, force: string) => Promise<void>;
} => {
  const say = useSay();
  const cache = useQueryClient();
  const { notification } = App.useApp();
  const forces = useForces().data;
  const [busy, setBusy] = useState<string | null>(null);
  const dispatch = useCallback(
    async (matter: string, force: string): Promise<void> => {
      const name = forces?.find((one) => one.id === force)?.name ?? { zh: force, en: force };
      setBusy(force);
      try {
        const done = await calls.engage(matter, force);
        const warning = done.warnings.map((words) => say(words)).join(' ');
        if (warning === '')
          notification.success({ title: say(D.dispatched, { force: name }), description: matter, duration: 3 });
        else notification.warning({ title: say(D.dispatched, { force: name }), description: warning, duration: 0 });
      } catch (refused) {
        const { words, advice } = wordsOf(refused);
        notification.error({
          title: `${say(D.failedDispatch)}: ${say(name)}`,
          description: `${say(words)} ${say(advice)}`,
          duration: 0,
        });
      } finally {
        setBusy(null);
        await cache.invalidateQueries({ queryKey: KEYS.matter(matter) });
        await cache.invalidateQueries({ queryKey: KEYS.candidates(matter) });
      }
    },
    [cache, forces, notification, say],
  );
  return { busy, dispatch };
};
