import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Kind } from '#core/matter/kind.ts';
import * as calls from '../api/calls.ts';
import { KEYS, useKinds } from '../api/cache.ts';
import { kindOf } from '../api/kinds.ts';
import { makeKeys } from '../api/keys.ts';
import { wordsOf } from '../api/problem.ts';
import { useSay } from '../text/say.ts';
import { reopeningStep } from '../travel/closures.ts';
import { T } from '../travel/words.ts';
import { useTell } from './notices.tsx';

/** Opens again what a matter closed, and says what came of it. */
export const useReopen = (): ((matter: string, kind: Kind | undefined, name: string) => Promise<void>) => {
  const say = useSay();
  const tell = useTell();
  const cache = useQueryClient();
  return async (matter, kind, name) => {
    const step = kind === undefined ? null : reopeningStep(kind);
    if (step === null) return;
    try {
      await calls.takeStep(matter, step, {});
      tell({ tone: 'done', title: say(T.openedAgain, { name }), about: matter });
    } catch (refused) {
      const { words, advice } = wordsOf(refused);
      tell({ tone: 'failed', title: say(words), about: say(advice) });
    }
    await cache.invalidateQueries({ queryKey: KEYS.conditions });
  };
};

export interface Closing {
  readonly busy: boolean;
  readonly error: unknown;
  /** True when it was filed. */
  readonly file: (kind: Kind, facts: calls.Facts, name: string) => Promise<boolean>;
}

/** Files a closure; the notice that says so offers to open again at once. */
export const useClosing = (): Closing => {
  const say = useSay();
  const tell = useTell();
  const reopen = useReopen();
  const declared = useKinds().data;
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [keys] = useState(() => makeKeys());
  const file = async (kind: Kind, facts: calls.Facts, name: string): Promise<boolean> => {
    if (busy) return false;
    setBusy(true);
    setError(null);
    try {
      const { matter } = await calls.raise(kind.id, facts, keys(facts));
      const undo = (): void => void reopen(matter, kindOf(declared, kind.id), name);
      tell({
        tone: 'done',
        title: say(T.closedNow, { name }),
        about: matter,
        action: { words: say(T.undo), go: undo },
      });
      await cache.invalidateQueries({ queryKey: KEYS.conditions });
      return true;
    } catch (refused) {
      setError(refused);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, file };
};
