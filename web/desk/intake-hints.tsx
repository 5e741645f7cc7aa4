import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { Kind } from '#core/matter/kind.ts';
import type { Duplicates, RankingView } from '#wire/api.ts';
import * as calls from '../api/calls.ts';
import { useForces } from '../api/cache.ts';
import { asked, firstOf } from '../api/kinds.ts';
import { isPosition } from '../matter/values.ts';
import { distance, duration } from '../text/format.ts';
import { M } from '../text/matter-words.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { Failed } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { promised_s } from '../travel/itinerary.ts';
import { ForceIcon } from '../ui/icon.tsx';
import { useStill } from '../ui/still.ts';
import { D } from './words.ts';

interface Props {
  readonly kind: Kind;
  readonly facts: calls.Facts;
  readonly linkTo: string | null;
  readonly onLink: (id: string | null) => void;
  readonly onOpen: (id: string) => void;
}

/** Beneath the form while the caller still speaks: is it known already, and who could go. */
export const IntakeHints = (props: Props): ReactNode => {
  const { kind } = props;
  const fields = asked(kind, kind.raise.takes);
  const where = props.facts[kind.row.position ?? firstOf(fields, 'position')?.name ?? ''];
  const story = props.facts[firstOf(fields, 'paragraph')?.name ?? ''];
  const still = useStill({
    position: isPosition(where) ? where : null,
    words: typeof story === 'string' ? story : '',
    facts: choices(kind, props.facts),
  });
  const duplicates = useQuery({
    queryKey: ['duplicates', kind.id, still.position, still.words],
    queryFn: ({ signal }) => calls.duplicates(kind.id, still.position, still.words, signal),
    enabled: still.position !== null || still.words.trim().length > 1,
  });
  const preview = useQuery({
    queryKey: ['preview', kind.id, still.position, still.facts],
    queryFn: ({ signal }) =>
      calls.preview(
        kind.id,
        { ...still.facts, ...(kind.row.position === undefined ? {} : { [kind.row.position]: still.position }) },
        signal,
      ),
    enabled: still.position !== null && kind.dispatch !== undefined,
    staleTime: 10_000,
  });
  return (
    <div className="hints">
      <DuplicateHints found={duplicates.data} {...props} />
      {kind.dispatch !== undefined && (
        <PreviewHints ranking={preview.data} placed={still.position !== null} error={preview.error} />
      )}
    </div>
  );
};

/** What a ranking depends on: the choices made, never the words typed. */
const choices = (kind: Kind, facts: calls.Facts): calls.Facts =>
  Object.fromEntries(
    Object.entries(facts).filter(([name, value]) => kind.facts[name]?.type === 'choice' && value !== undefined),
  );

const DuplicateHints = (props: Props & { readonly found: Duplicates | undefined }): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const rows = props.found?.rows ?? [];
  if (props.found === undefined) return null;
  if (rows.length === 0) return <p className="muted hint-none">{say(D.noDuplicates)}</p>;
  return (
    <section className="duplicates" aria-label={say(D.duplicates)}>
      <h3>{say(D.duplicates)}</h3>
      {rows.slice(0, 3).map(({ row, distance_m, age_s }) => (
        <div key={row.id} className="duplicate" data-matter={row.id}>
          <span>
            <b>{say(row.title)}</b>
            <em className="figures">
              {distance_m === null ? say(D.similarWords) : say(D.away, { distance: distance(distance_m, lang) })}
              {' · '}
              {say(M.ago, { time: duration(age_s, lang) })} <span className="muted">{row.id}</span>
            </em>
          </span>
          <Button tone="quiet" onClick={() => props.onOpen(row.id)}>
            {say(D.openThis)}
          </Button>
          <Button
            aria-pressed={props.linkTo === row.id}
            onClick={() => props.onLink(props.linkTo === row.id ? null : row.id)}
          >
            {say(props.linkTo === row.id ? D.linked : D.linkThis)}
          </Button>
        </div>
      ))}
    </section>
  );
};

const PREVIEW_SHOWN = 3;
const PreviewHints = (props: {
  readonly ranking: RankingView | undefined;
  readonly placed: boolean;
  readonly error: unknown;
}): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const forces = useForces().data ?? [];
  const { ranking } = props;
  if (!props.placed) return <p className="muted hint-none">{say(D.needsPlace)}</p>;
  if (ranking === undefined)
    return props.error === null ? <p className="muted hint-none">{say(D.counting)}</p> : <Failed error={props.error} />;
  return (
    <section className="preview" aria-label={say(D.candidates)}>
      <h3>{say(D.canGo, { n: ranking.candidates.length })}</h3>
      <ul>
        {ranking.candidates.slice(0, PREVIEW_SHOWN).map((one) => {
          const force = forces.find((held) => held.id === one.force);
          return (
            <li key={one.force}>
              <ForceIcon kind={force?.kind ?? ''} state={force?.state ?? 'available'} stale={one.uncertain} size={13} />
              <span>{force === undefined ? one.force : say(force.name)}</span>
              <b className="figures">{duration(promised_s(one.eta_s), lang)}</b>
            </li>
          );
        })}
      </ul>
    </section>
  );
};
