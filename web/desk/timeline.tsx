import type { UseQueryResult } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Text } from '#core/base/text.ts';
import type { EventView } from '#wire/api.ts';
import { useEvents } from '../api/cache.ts';
import { useNames } from '../api/people.ts';
import { wordsOf } from '../api/problem.ts';
import { useLink } from '../stream/live.tsx';
import { useRecentEvents } from '../stream/recent.ts';
import { useNow } from '../stream/now.ts';
import { clockSeconds } from '../text/format.ts';
import { M } from '../text/matter-words.ts';
import { useSay } from '../text/say.ts';
import { W } from '../text/words.ts';
import { D } from './words.ts';

const HOUR_MS = 3_600_000;
const NONE: readonly EventView[] = [];

/** Nothing happened, not fetched yet, or not reachable: three different sentences. */
const emptyWords = (
  all: boolean,
  connected: boolean,
  own: Pick<UseQueryResult, 'isError' | 'isPending' | 'error'>,
): Text => {
  if (all) return connected ? D.timelineEmpty : W.loading;
  if (own.isError) return wordsOf(own.error).words;
  return own.isPending ? W.loading : M.noEvents;
};

/** What happened, oldest left: of the chosen matter, or of the last hour. */
export const Timeline = (props: {
  readonly matter: string | null;
  readonly onOpen: (id: string) => void;
}): ReactNode => {
  const say = useSay();
  const now = useNow();
  const connected = useLink().heard_ms !== null;
  const own = useEvents(props.matter);
  const recent = useRecentEvents();
  const hour = recent.filter((event) => event.matter !== null && now - event.time_ms < HOUR_MS);
  const events = props.matter === null ? hour : (own.data ?? NONE);
  const nameOf = useNames(events.map((event) => event.actor));
  const strip = useRef<HTMLOListElement>(null);
  useEffect(() => {
    if (strip.current !== null) strip.current.scrollLeft = strip.current.scrollWidth;
  }, [events.length, props.matter]);
  // A number is not broken at its hyphens.
  const heading =
    props.matter === null ? say(D.timelineAll) : say(D.timelineOf, { id: props.matter.replaceAll('-', '\u2011') });
  return (
    <footer className="timeline" aria-label={heading}>
      <h2>{heading}</h2>
      {events.length === 0 && <p className="muted">{say(emptyWords(props.matter === null, connected, own))}</p>}
      <ol ref={strip}>
        {events.map((event) => (
          <li key={event.seq}>
            <time className="figures">{clockSeconds(event.time_ms)}</time>
            <p>{say(event.words)}</p>
            <span className="muted">
              {nameOf(event.actor)}
              {props.matter === null && event.matter !== null && (
                <button type="button" className="link-button figures" onClick={() => props.onOpen(event.matter ?? '')}>
                  {event.matter.split('-').at(-1)}
                </button>
              )}
            </span>
          </li>
        ))}
      </ol>
    </footer>
  );
};
