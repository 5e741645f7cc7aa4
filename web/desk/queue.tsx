import { Segmented, Select } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Language } from '#core/base/text.ts';
import type { Kind } from '#core/matter/kind.ts';
import type { ForceView, MatterRow } from '#wire/api.ts';
import { useForces, useKinds } from '../api/cache.ts';
import { kindOf, stateName } from '../api/kinds.ts';
import { clockTone } from '../matter/clocks.tsx';
import { isWaiting } from '../matter/forces.ts';
import { Urgency } from '../matter/head.tsx';
import { usePlaceName } from '../matter/place-name.ts';
import { titleParts } from '../matter/title.ts';
import { useElsewhere } from '../sites/use-sites.ts';
import { useNow } from '../stream/now.ts';
import { moment, stopwatch } from '../text/format.ts';
import { signOf } from '../text/names.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { Empty, Failed, Loading, Refusal } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { ageing } from './queue-order.ts';
import type { Rights } from './use-rights.ts';
import type { View } from './use-view.ts';
import { D } from './words.ts';

export interface Filter {
  readonly state: 'open' | 'closed';
  readonly kind: string;
  readonly words: string;
}
export const NO_FILTER: Filter = { state: 'open', kind: '', words: '' };

export const passes = (row: MatterRow, filter: Filter): boolean => {
  const wanted = filter.words.trim().toLowerCase();
  if (filter.kind !== '' && row.kind !== filter.kind) return false;
  return wanted === '' || `${row.id} ${row.title.zh} ${row.title.en} ${row.place ?? ''}`.toLowerCase().includes(wanted);
};

interface Props {
  readonly view: View;
  readonly rights: Rights;
  readonly chosen: string | null;
  readonly onChoose: (row: MatterRow) => void;
  readonly onNew: () => void;
}

export const Queue = (props: Props): ReactNode => {
  const say = useSay();
  const { rights } = props;
  const { rows, query, more } = props.view;
  return (
    <section className="queue" aria-label={say(D.queue)}>
      <header className="pane-head">
        <h2>{say(D.queue)}</h2>
        <span className="count figures">{rows.length}</span>
        {rights.raise !== null && (
          <Button tone="primary" keycap="N" onClick={props.onNew}>
            {say(rights.raise)}
          </Button>
        )}
      </header>
      <QueueFilter {...props.view} />
      <div className="queue-rows" role="listbox" aria-label={say(D.queue)}>
        {query.isPending && <Loading rows={5} />}
        {query.isError && query.data === undefined && (
          <Failed error={query.error} onRetry={() => void query.refetch()} />
        )}
        {query.isSuccess && rows.length === 0 && <NoRows {...props} />}
        {rows.map((row) => (
          <QueueRow key={row.id} row={row} chosen={row.id === props.chosen} onChoose={props.onChoose} />
        ))}
        {more !== null && (
          <p className="queue-more">
            <span className="muted figures">{say(D.closedFirst, { n: query.data?.rows.length ?? 0 })}</span>
            <Button busy={more.busy} onClick={more.go}>
              {say(D.loadMore)}
            </Button>
            <Refusal error={more.error} />
          </p>
        )}
      </div>
    </section>
  );
};

const QueueFilter = ({ filter, setFilter }: View): ReactNode => {
  const say = useSay();
  const kinds = useKinds().data?.kinds ?? [];
  return (
    <div className="queue-filter">
      <Segmented
        size="small"
        aria-label={say(D.openOrClosed)}
        value={filter.state}
        onChange={(state) => setFilter({ ...filter, state })}
        options={[
          { value: 'open' as const, label: say(D.open) },
          { value: 'closed' as const, label: say(D.closed) },
        ]}
      />
      <Select
        size="small"
        variant="borderless"
        aria-label={say(D.allKinds)}
        popupMatchSelectWidth={false}
        value={filter.kind}
        onChange={(kind) => setFilter({ ...filter, kind })}
        options={[
          { value: '', label: say(D.allKinds) },
          ...kinds.map((kind) => ({ value: kind.id, label: say(kind.name) })),
        ]}
      />
      <input
        className="input input-small"
        type="search"
        placeholder={say(D.search)}
        aria-label={say(D.search)}
        value={filter.words}
        onChange={(event) => setFilter({ ...filter, words: event.target.value })}
      />
    </div>
  );
};

/** Why the list is empty, for this person and this filter, and what to do. */
const NoRows = ({ view, rights }: Props): ReactNode => {
  const { filter } = view;
  if (rights.sees === 'none') return <Empty words={D.noSight} hint={D.noSightHint} />;
  if (filter.words !== '' || filter.kind !== '') return <Empty words={D.noMatch} />;
  if (filter.state === 'closed') return <Empty words={D.noClosed} />;
  if (rights.sees === 'own') return <Empty words={D.noOwn} hint={D.noOwnHint} />;
  return <Empty words={D.noMatters} hint={rights.raise === null ? D.noMattersSeen : D.noMattersHint} />;
};

const QueueRow = (props: {
  readonly row: MatterRow;
  readonly chosen: boolean;
  readonly onChoose: (row: MatterRow) => void;
}): ReactNode => {
  const { row, chosen } = props;
  const say = useSay();
  const now = useNow();
  const kind = kindOf(useKinds().data, row.kind);
  const forces = useForces().data ?? [];
  const ref = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (chosen) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [chosen]);
  const placeName = usePlaceName();
  const who = signs(row, forces, useLanguage());
  const late = row.clocks.some((clock) => clockTone(clock, now) === 'late');
  const waiting = isWaiting(row, kind);
  const elsewhere = useElsewhere(row.site);
  return (
    <button
      ref={ref}
      type="button"
      role="option"
      aria-selected={chosen}
      className="queue-row"
      data-matter={row.id}
      data-urgency={row.urgency ?? undefined}
      data-ageing={ageing(row, kind, now)}
      data-old={elsewhere?.link === 'cut'}
      onClick={() => props.onChoose(row)}
    >
      <span className="queue-title">
        <Urgency value={row.urgency} />
        <Title words={say(row.title)} />
      </span>
      <span className="queue-meta">
        <span className="queue-number figures" title={row.id}>{`#${Number(row.id.split('-').at(-1))}`}</span>
        {elsewhere !== null && <span className="queue-site">{say(elsewhere.name)}</span>}
        <span className={row.open ? 'queue-age figures' : 'queue-age figures muted'}>
          {late && <Icon name="clock" size={12} />}
          {row.open ? stopwatch((now - row.raised_ms) / 1000) : moment(row.changed_ms, now)}
        </span>
        <span className={waiting ? 'queue-wait' : undefined}>
          {waiting ? say(D.unassigned) : kind !== undefined && say(stateName(kind, row.state))}
        </span>
        {row.urgency === null && kind !== undefined && <Ungraded kind={kind} />}
        {who !== '' && <span className="queue-who">{who}</span>}
        {row.place !== null && <span className="queue-place">{placeName(row.place)}</span>}
      </span>
    </button>
  );
};

/** What it is stands out; what was said follows. */
const Title = ({ words }: { readonly words: string }): ReactNode => {
  const { what, story } = titleParts(words);
  return (
    <span className="queue-words">
      <b>{story === '' ? words : what}</b> {story}
    </span>
  );
};

/** A report nobody graded yet says so: it may be anything. Other kinds have no grades and say what they are. */
const Ungraded = ({ kind }: { readonly kind: Kind }): ReactNode => {
  const say = useSay();
  return kind.row.urgency === undefined ? (
    <span>{say(kind.name)}</span>
  ) : (
    <span className="queue-ungraded">{say(D.ungraded)}</span>
  );
};

/** Names are longer than signs. */
const SIGNS_MAX = { zh: 3, en: 1 } as const;
const signs = (row: MatterRow, forces: readonly ForceView[], lang: Language): string => {
  const active = row.parts.filter((part) => part.active);
  const shown = active.slice(0, SIGNS_MAX[lang]).map((part) => {
    const force = forces.find((one) => one.id === part.subject);
    return force === undefined ? part.subject : signOf(force, lang);
  });
  return `${shown.join(' ')}${active.length > shown.length ? ` +${active.length - shown.length}` : ''}`;
};
