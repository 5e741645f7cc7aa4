import { type RefObject, useMemo, useRef } from 'react';
import { useKinds } from '../api/cache.ts';
import * as calls from '../api/calls.ts';
import { kindOf } from '../api/kinds.ts';
import type { MapHandle } from '../map/map-view.tsx';
import type { Helps, Taken } from '../matter/context.tsx';
import { isPosition } from '../matter/values.ts';
import { useSay } from '../text/say.ts';
import { useTell } from './notices.tsx';
import type { Focus } from './use-focus.ts';
import { D } from './words.ts';

/** What the desk does about a step taken here: the map goes to a corrected place, and what was opened is offered to open. */
export const useDeskHelps = (focus: Focus, map: RefObject<MapHandle | null>): Helps => {
  const say = useSay();
  const tell = useTell();
  const kinds = useKinds().data;
  const done = ({ step, facts, answer }: Taken): void => {
    const at = Object.values(facts).find(isPosition);
    if (at !== undefined) map.current?.goTo(at);
    const [id] = answer.also;
    const name = kindOf(kinds, step.opens?.kind ?? '')?.name;
    if (id === undefined || name === undefined) return;
    tell({
      tone: 'done',
      title: say(D.opened, { kind: name, id }),
      action: { words: say(D.openThis), go: () => focus.openById(id) },
    });
  };
  const latest = useRef(done);
  latest.current = done;
  return useMemo(() => ({ upload: calls.upload, places: true, done: (taken) => latest.current(taken) }), []);
};
