import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { EventView, MatterRow } from '#wire/api.ts';
import { TOLD } from '../stream/patch.ts';
import { useNow } from '../stream/now.ts';
import { duration } from '../text/format.ts';
import { M } from '../text/matter-words.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { clockTone } from './clocks.tsx';
import { Urgency } from './head.tsx';
import { usePlaceName } from './place-name.ts';
import { titleParts } from './title.ts';

const NONE: readonly EventView[] = [];
/** More than these are counted; the list has them all. */
const SHOWN_MAX = 3;

/** Deadlines that passed and that this person is told of, until seen, met or closed: what ran out, where, and the way there. */
export const Told = (props: {
  readonly rows: readonly MatterRow[];
  readonly onOpen: (id: string) => void;
  /** How many there is room for; three unless told. */
  readonly room?: number;
}): ReactNode => {
  const say = useSay();
  const cache = useQueryClient();
  const now_ms = useNow();
  // Nothing is fetched here: the stream writes this list.
  const told = useQuery({ queryKey: TOLD, queryFn: () => NONE, enabled: false, initialData: NONE, gcTime: Infinity });
  const late = told.data.flatMap((event) => {
    const row = props.rows.find((one) => one.id === event.matter);
    const runs = row?.open === true && row.clocks.some((clock) => clockTone(clock, now_ms) === 'late');
    return row !== undefined && runs ? [{ event, row }] : [];
  });
  if (late.length === 0) return null;
  const room = Math.max(0, props.room ?? SHOWN_MAX);
  const seen = (ids: readonly string[]): void => {
    cache.setQueryData<readonly EventView[]>(TOLD, (held) =>
      (held ?? NONE).filter((event) => !ids.includes(event.matter ?? '')),
    );
  };
  return (
    <section className="told" role="status" aria-label={say(M.told)}>
      {late
        .toReversed()
        .slice(0, room)
        .map(({ event, row }) => (
          <Notice
            key={row.id}
            event={event}
            row={row}
            now_ms={now_ms}
            onSeen={() => seen([row.id])}
            onOpen={() => {
              seen([row.id]);
              props.onOpen(row.id);
            }}
          />
        ))}
      {late.length > room && (
        <p className="told-more">
          <span className="muted">{say(M.toldMore, { n: late.length - room })}</span>
          <Button tone="quiet" onClick={() => seen(late.map((one) => one.row.id))}>
            {say(M.toldAll)}
          </Button>
        </p>
      )}
    </section>
  );
};

const Notice = (props: {
  readonly event: EventView;
  readonly row: MatterRow;
  readonly now_ms: number;
  readonly onOpen: () => void;
  readonly onSeen: () => void;
}): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const placeName = usePlaceName();
  const { event, row } = props;
  const ago = duration((props.now_ms - event.time_ms) / 1000, lang);
  return (
    <article className="told-one" data-matter={row.id} data-urgency={row.urgency ?? undefined}>
      <p>
        <b>
          <Icon name="alert" size={14} /> {say(event.words)}
        </b>{' '}
        <span className="muted figures">{say(M.ago, { time: ago })}</span>
      </p>
      <p className="told-what">
        <Urgency value={row.urgency} /> {titleParts(say(row.title)).what} {placeName(row.place)}{' '}
        <span className="muted figures">{row.id}</span>
      </p>
      <Button onClick={props.onOpen}>{say(M.toldOpen)}</Button>
      <Button tone="quiet" icon="close" aria-label={say(M.toldSeen)} title={say(M.toldSeen)} onClick={props.onSeen} />
    </article>
  );
};
