import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { readFirst } from '#core/base/text.ts';
import type { EventView, MatterView } from '#wire/api.ts';
import * as calls from '../api/calls.ts';
import { KEYS, useEvents } from '../api/cache.ts';
import { makeKeys } from '../api/keys.ts';
import { useNames } from '../api/people.ts';
import { moment } from '../text/format.ts';
import { useNow } from '../stream/now.ts';
import { useSay } from '../text/say.ts';
import { M } from '../text/matter-words.ts';
import { Failed, Loading, Refusal } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { FileField } from './file-field.tsx';
import { Photos } from './photos.tsx';

const listOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
const isSaid = (event: EventView): boolean =>
  listOf(event.facts['said']).length > 0 || listOf(event.facts['files']).length > 0;

/** The conversation and pictures of one matter. */
export const Room = (props: { readonly matter: MatterView }): ReactNode => {
  const say = useSay();
  const { matter } = props;
  const events = useEvents(matter.id);
  const end = useRef<HTMLDivElement>(null);
  const said = (events.data ?? []).filter(isSaid);
  useEffect(() => {
    const { current } = end;
    // Newer browsers answer with a promise, which is no clean-up.
    if (current !== null) current.scrollIntoView({ block: 'nearest' });
  }, [said.length]);
  return (
    <section className="room" aria-label={say(M.room)}>
      {events.isPending && <Loading rows={2} />}
      {events.isError && <Failed error={events.error} onRetry={() => void events.refetch()} />}
      {events.isSuccess && said.length === 0 && <p className="muted">{say(M.roomEmpty)}</p>}
      <div className="room-said">
        {said.map((event) => (
          <Said key={event.seq} event={event} />
        ))}
        <div ref={end} />
      </div>
      {matter.may_speak ? <Speak matter={matter.id} /> : !matter.open && <p className="muted">{say(M.roomClosed)}</p>}
    </section>
  );
};

const Said = ({ event }: { readonly event: EventView }): ReactNode => {
  const say = useSay();
  const now = useNow();
  const nameOf = useNames([event.actor]);
  const files = listOf(event.facts['files']);
  return (
    <article className="said">
      <header>
        <b>{nameOf(event.actor)}</b> <time className="muted figures">{moment(event.time_ms, now)}</time>
      </header>
      {listOf(event.facts['said']).map((words, index) => (
        <p key={index}>{say(readFirst(words))}</p>
      ))}
      {files.length > 0 && event.matter !== null && <Photos files={files} matter={event.matter} />}
    </article>
  );
};

/** What to say, and pictures with it. Sent as one step, so that words and pictures stay together. */
const Speak = (props: { readonly matter: string }): ReactNode => {
  const say = useSay();
  const cache = useQueryClient();
  const [words, setWords] = useState('');
  const [files, setFiles] = useState<readonly string[]>([]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [keys, setKeys] = useState(makeKeys);
  const send = async (): Promise<void> => {
    const said = words.trim();
    if ((said === '' && files.length === 0) || busy) return;
    setBusy(true);
    setError(null);
    try {
      const step = said === '' ? 'attach' : 'say';
      const facts = { ...(said === '' ? {} : { said }), ...(files.length === 0 ? {} : { files }) };
      await calls.takeStep(props.matter, step, { facts }, keys(facts));
      setWords('');
      setFiles([]);
      setKeys(() => makeKeys());
      await cache.invalidateQueries({ queryKey: KEYS.events(props.matter) });
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <form
      className="speak"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        className="input"
        rows={1}
        aria-label={say(M.sayPlaceholder)}
        placeholder={say(M.sayPlaceholder)}
        maxLength={4000}
        value={words}
        onChange={(event) => setWords(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
          event.preventDefault();
          void send();
        }}
      />
      <div className="speak-row">
        <FileField value={files} onChange={setFiles} words={say(M.photo)} />
        <Button type="submit" icon="send" busy={busy} disabled={words.trim() === '' && files.length === 0}>
          {say(M.send)}
        </Button>
      </div>
      <Refusal error={error} />
    </form>
  );
};
