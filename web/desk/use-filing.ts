import { useState } from 'react';
import type { Kind } from '#core/matter/kind.ts';
import * as calls from '../api/calls.ts';
import { asked } from '../api/kinds.ts';
import { wordsOf } from '../api/problem.ts';
import { filled, missing } from '../matter/fact-form.tsx';
import { useSay } from '../text/say.ts';
import { W } from '../text/words.ts';
import type { Draft } from './draft.ts';
import { useTell } from './notices.tsx';
import { D } from './words.ts';

export interface Filing {
  readonly busy: boolean;
  readonly error: unknown;
  /** What is still to be filled in, in words. */
  readonly gap: string | null;
  readonly file: () => Promise<void>;
}

/** Files a draft once; what fails leaves it as it was. */
export const useFiling = (kind: Kind | undefined, draft: Draft, onFiled: (id: string) => void): Filing => {
  const say = useSay();
  const tell = useTell();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [gap, setGap] = useState<string | null>(null);
  // The call itself is filed by now; a link that fails must not look as if it were not.
  const link = async (matter: string, to: string): Promise<void> => {
    const facts = { related: [to] };
    try {
      await calls.takeStep(matter, 'link', { facts }, draft.keys([matter, facts]));
    } catch (refused) {
      const { words, advice } = wordsOf(refused);
      tell({ tone: 'warning', title: say(words), about: say(advice) });
    }
  };
  const file = async (): Promise<void> => {
    if (kind === undefined || busy) return;
    const fields = asked(kind, kind.raise.takes);
    const first = missing(fields, draft.facts);
    setGap(first === null ? null : say(W.notFilled, { name: first.fact.name }));
    if (first !== null) return;
    setBusy(true);
    setError(null);
    const known = new Set(fields.map((one) => one.name));
    const facts = Object.fromEntries(Object.entries(filled(draft.facts)).filter(([name]) => known.has(name)));
    try {
      const done = await calls.raise(kind.id, facts, draft.keys([kind.id, facts]));
      if (draft.linkTo !== null) await link(done.matter, draft.linkTo);
      tell({ tone: 'done', title: say(D.filed, { id: done.matter }) });
      onFiled(done.matter);
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  return { busy, error, gap, file };
};
