import { type KeyboardEvent, type ReactNode, useState } from 'react';
import { useKinds } from '../api/cache.ts';
import { useSession } from '../session/session.tsx';
import { useNow } from '../stream/now.ts';
import { duration, moment } from '../text/format.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { type Closable, closableName, searchClosables, sortWords } from '../travel/closable.ts';
import { closingKindFor, type Closure, inOrder, standingOf } from '../travel/closures.ts';
import { useConditions } from '../travel/data.ts';
import { T } from '../travel/words.ts';
import { Empty, Failed, Loading } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { ClosingForm } from './closing-form.tsx';
import { useKeys } from './keys.ts';
import type { TravelPaneProps } from './travel-pane.tsx';
import type { TravelState } from './use-travel.ts';

const NONE: readonly Closure[] = [];

/** What is closed and how much longer; and the way to close one more. */
export const ClosuresPane = (props: TravelPaneProps): ReactNode => {
  const say = useSay();
  const { travel } = props;
  const { session } = useSession();
  const kind = closingKindFor(useKinds().data, session.roles);
  const conditions = useConditions();
  const now = useNow();
  // The key that opened the pane goes on in it; what is chosen already is kept.
  useKeys({ c: () => kind !== null && travel.thing === null && travel.close(null) });
  if (travel.thing !== null && kind !== null) {
    return <ClosingForm key={travel.thing.id} kind={kind} thing={travel.thing} {...props} />;
  }
  if (travel.choosing && kind !== null) return <Chooser {...props} />;
  const closures = inOrder(conditions.data?.closures ?? NONE, now);
  return (
    <div className="travel-body">
      {kind !== null && (
        <div className="actions">
          <Button icon="plus" keycap="C" onClick={() => travel.close(null)}>
            {say(T.closeOne)}
          </Button>
        </div>
      )}
      {conditions.isPending && <Loading rows={2} />}
      {conditions.isError && conditions.data === undefined && (
        <Failed error={conditions.error} onRetry={() => void conditions.refetch()} />
      )}
      {conditions.isSuccess && closures.length === 0 && (
        <Empty words={T.noClosures} hint={kind === null ? T.noClosuresSeen : T.noClosuresHint} />
      )}
      <ul className="closures">
        {closures.map((closure) => (
          <ClosureRow key={closure.matter} closure={closure} {...props} />
        ))}
      </ul>
    </div>
  );
};

const ClosureRow = (props: TravelPaneProps & { readonly closure: Closure }): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const now = useNow();
  const { closure, closables } = props;
  const thing = closables.things.get(closure.what);
  const standing = standingOf(closure, now);
  const time = (): string => {
    if (standing === 'over') return say(T.over);
    if (standing === 'later') return say(T.begins, { when: moment(closure.from, now) });
    if (closure.until === null) return say(T.noEnd);
    const left = say(T.left, { time: duration((closure.until - now) / 1000, lang) });
    return `${say(T.until, { when: moment(closure.until, now) })} · ${left}`;
  };
  return (
    <li>
      <button
        type="button"
        className="closure"
        data-matter={closure.matter}
        data-standing={standing}
        onClick={() => {
          props.onOpen(closure.matter);
          if (thing !== undefined) props.goTo(thing.at);
        }}
      >
        <Icon name={standing === 'over' ? 'alert' : 'closed'} size={16} />
        <b>{thing === undefined ? closure.what : say(closableName(thing))}</b>
        <span>
          {closure.why !== null && say(closure.why)}
          {thing === undefined && !closables.pending && <em className="muted"> {say(T.notOnMap)}</em>}
        </span>
        <span className="figures closure-time">{time()}</span>
      </button>
    </li>
  );
};

/** As many as are listed at once. */
const LISTED = 8;

/** Chooses what to close: by a click on the map, or by name or id here; what the list is at is shown on the map. */
const Chooser = (props: TravelPaneProps): ReactNode => {
  const say = useSay();
  const { travel, closables } = props;
  const [words, setWords] = useState('');
  /** Before the first one until the keys go down the list. */
  const [at, setAt] = useState(-1);
  const [more, found] = firstOf(searchClosables(closables.things.values(), words, LISTED + 1));
  const look = (thing: Closable | undefined): void => {
    travel.aim(thing?.id ?? null);
    if (thing !== undefined) props.goTo(thing.at);
  };
  const move = (by: -1 | 1): void => {
    const next = Math.max(0, Math.min(found.length - 1, at + by));
    setAt(next);
    look(found[next]);
  };
  const pressed = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    const here = found[Math.max(0, at)];
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter' && here !== undefined) travel.close(here);
    else return;
    event.preventDefault();
  };
  return (
    <div className="travel-body">
      <p className="muted">{say(T.chooseWhat)}</p>
      <label className="thing-search">
        <Icon name="search" size={14} />
        <input
          className="input"
          type="search"
          autoFocus
          autoComplete="off"
          aria-label={say(T.searchThing)}
          placeholder={say(T.searchThing)}
          value={words}
          onChange={(event) => {
            setWords(event.target.value);
            setAt(-1);
          }}
          onKeyDown={pressed}
        />
      </label>
      {closables.pending && <Loading rows={2} />}
      {closables.error !== null && <Failed error={closables.error} onRetry={closables.retry} />}
      {!closables.pending && words.trim() !== '' && found.length === 0 && (
        <p className="muted">{say(T.noSuchThing, { words })}</p>
      )}
      <ThingList found={found} at={Math.max(0, at)} travel={travel} />
      {more && <p className="muted">{say(T.moreThings)}</p>}
      <div className="actions">
        <Button tone="quiet" keycap="Esc" onClick={travel.stopClosing}>
          {say(T.cancel)}
        </Button>
      </div>
    </div>
  );
};

const firstOf = (found: readonly Closable[]): readonly [more: boolean, listed: readonly Closable[]] => [
  found.length > LISTED,
  found.slice(0, LISTED),
];

const ThingList = (props: {
  readonly found: readonly Closable[];
  readonly at: number;
  readonly travel: TravelState;
}): ReactNode => {
  const say = useSay();
  const { found, at, travel } = props;
  return (
    <ul className="things">
      {found.map((thing, index) => (
        <li key={thing.id}>
          <button
            type="button"
            className="thing"
            data-thing={thing.id}
            aria-current={index === at}
            onMouseEnter={() => travel.aim(thing.id)}
            onClick={() => travel.close(thing)}
          >
            <b>{say(closableName(thing))}</b>
            <span className="muted">
              {say(sortWords(thing))} · {thing.id}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
};
