import { useEffect, useRef } from 'react';
import type { MatterRow } from '#wire/api.ts';
import { eventKey } from '../stream/patch.ts';
import { useRecentEvents } from '../stream/recent.ts';
import { useNow } from '../stream/now.ts';
import { titleParts } from '../matter/title.ts';
import { useSay } from '../text/say.ts';
import { freshContended } from './notice-list.ts';
import { useTell } from './notices.tsx';
import { openMatter } from './selection.ts';
import { D } from './words.ts';

/** A number is not broken at its hyphens. */
const unbroken = (words: string): string => words.replaceAll('-', '\u2011');

/** Tells a desk that a force of a matter open here was also sent elsewhere; it stays until read. */
export const useContendedNotices = (rows: readonly MatterRow[]): void => {
  const say = useSay();
  const tell = useTell();
  const now_ms = useNow();
  const told = useRef(new Set<string>());
  const recent = useRecentEvents();
  const fresh = freshContended(recent, rows, told.current, now_ms);
  useEffect(() => {
    for (const { event, row } of fresh) {
      if (told.current.has(eventKey(event))) continue;
      told.current.add(eventKey(event));
      tell({
        tone: 'warning',
        title: unbroken(say(event.words)),
        about: say(D.contendedHere, { id: unbroken(row.id), what: titleParts(say(row.title)).what }),
        action: { words: say(D.openThis), go: () => openMatter(row.id) },
      });
    }
  });
};
