import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { MatterView } from '#wire/api.ts';
import * as calls from '../api/calls.ts';
import { KEYS } from '../api/cache.ts';
import { makeKeys } from '../api/keys.ts';
import { useHelps } from './context.tsx';
import type { OfferedStep } from './step-list.ts';

export interface Taking {
  /** Id of the step on its way. */
  readonly busy: string | null;
  readonly error: unknown;
  /** True when it was taken; else `error` says why not. */
  readonly take: (one: OfferedStep, facts: calls.Facts) => Promise<boolean>;
}

/** Takes steps of one matter, one at a time; pressing twice, or again after a lost answer, does it once. */
export const useTaking = (matter: Pick<MatterView, 'id'>): Taking => {
  const cache = useQueryClient();
  const { done } = useHelps();
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [keys, setKeys] = useState(makeKeys);
  const take = async (one: OfferedStep, facts: calls.Facts): Promise<boolean> => {
    setBusy(one.id);
    setError(null);
    try {
      const body = { subject: one.subject, facts };
      const answer = await calls.takeStep(matter.id, one.id, body, keys([matter.id, one.id, body]));
      setKeys(() => makeKeys());
      done?.({ step: one.step, facts, answer });
      return true;
    } catch (refused) {
      setError(refused);
      return false;
    } finally {
      setBusy(null);
      await cache.invalidateQueries({ queryKey: KEYS.matter(matter.id) });
    }
  };
  return { busy, error, take };
};
