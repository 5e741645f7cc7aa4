import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import type { Kind } from '#core/matter/kind.ts';
import type { Follow } from '#wire/api.ts';
import * as calls from '../api/calls.ts';
import { asked } from '../api/kinds.ts';
import { Helping, type Helps } from '../matter/context.tsx';
import { useNow } from '../stream/now.ts';
import { clock, duration, moment } from '../text/format.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { Failed, Loading } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { ComingMap } from './coming-map.tsx';
import { PublicStep } from './public-step.tsx';
import { P } from './words.ts';

const WHILE_OPEN_MS = 5_000;
const WHEN_CLOSED_MS = 60_000;

/** Who has it, what happens now, and when. Renews itself. */
export const FollowPage = (props: { readonly receipt: string; readonly kinds: readonly Kind[] }): ReactNode => {
  const say = useSay();
  const now = useNow();
  const follow = useQuery({
    queryKey: ['follow', props.receipt],
    queryFn: () => calls.follow(props.receipt),
    refetchInterval: (query) => (query.state.data?.open === false ? WHEN_CLOSED_MS : WHILE_OPEN_MS),
    refetchOnWindowFocus: true,
  });
  const helps = useMemo((): Helps => ({ upload: calls.publicUpload, places: false }), []);
  if (follow.data === undefined)
    return follow.isError ? (
      <Failed error={follow.error} onRetry={() => void follow.refetch()} />
    ) : (
      <Loading rows={5} />
    );
  const held = follow.data;
  const kind = props.kinds.find((one) => one.id === held.kind);
  return (
    <Helping value={helps}>
      <main className="follow">
        <p className="muted figures">
          {held.number} · {say(P.fresh, { time: clock(follow.dataUpdatedAt) })}
        </p>
        <h1 data-testid="tells">{say(held.outcome ?? held.tells)}</h1>
        {follow.isError && <Failed error={follow.error} />}
        <Coming follow={held} />
        {held.position !== null && (held.coming.count > 0 || held.coming.on_scene > 0) && <ComingMap follow={held} />}
        {kind !== undefined &&
          offered(held, kind).map((step) => (
            <PublicStep
              key={step}
              kind={kind}
              step={step}
              receipt={props.receipt}
              onDone={() => void follow.refetch()}
            />
          ))}
        {held.rated && <p className="chosen">{say(P.thanks)}</p>}
        <Told follow={held} kind={kind} />
        <section>
          <h2>{say(P.history)}</h2>
          <ol className="history">
            {held.history.map((one, index) => (
              <li key={index}>
                <time className="figures muted">{moment(one.time_ms, now)}</time> {say(one.words)}
              </li>
            ))}
          </ol>
        </section>
        <Reported follow={held} kind={kind} />
      </main>
    </Helping>
  );
};

const Coming = ({ follow }: { readonly follow: Follow }): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const { count, eta_s, on_scene } = follow.coming;
  if (!follow.open || (count === 0 && on_scene === 0)) return null;
  const when = eta_s === null ? '' : say(eta_s < 60 ? P.etaSoon : P.eta, { time: duration(eta_s, lang) });
  return (
    <p className="coming">
      <Icon name={on_scene > 0 ? 'check' : 'next'} size={22} />
      <b>{on_scene > 0 ? say(P.onScene) : say(P.coming, { n: count })}</b>{' '}
      {on_scene === 0 && <span className="figures">{when}</span>}
    </p>
  );
};

/** Judged once is enough. */
const offered = (follow: Follow, kind: Kind): readonly string[] =>
  follow.may.filter((step) => !(follow.rated && step === kind.rating));

/** What those who handle it have told the reporter: open facts that the reporter did not state. */
const Told = ({ follow, kind }: { readonly follow: Follow; readonly kind: Kind | undefined }): ReactNode => {
  const say = useSay();
  if (kind === undefined) return null;
  const own = new Set([
    ...Object.keys(kind.raise.takes),
    ...Object.values(kind.steps)
      .filter((step) => step.who.some((grant) => grant.bound === 'receipt'))
      .flatMap((step) => Object.keys(step.takes)),
  ]);
  const told = Object.entries(kind.facts).filter(
    ([name, fact]) => fact.type === 'paragraph' && !own.has(name) && follow.facts[name] !== undefined,
  );
  return told.map(([name, fact]) => (
    <section key={name} className="told">
      <h2>{say(fact.name)}</h2>
      {[follow.facts[name]].flat().map((one, index) => (
        <p key={index}>{String(one)}</p>
      ))}
    </section>
  ));
};

/** What the reporter wrote, in the declared order, as text. */
const Reported = ({ follow, kind }: { readonly follow: Follow; readonly kind: Kind | undefined }): ReactNode => {
  const say = useSay();
  const [open, setOpen] = useState(false);
  if (kind === undefined) return null;
  const facts = asked(kind, kind.raise.takes).filter(
    ({ name, fact }) => follow.facts[name] !== undefined && ['line', 'paragraph', 'choice'].includes(fact.type),
  );
  if (facts.length === 0) return null;
  return (
    <section>
      <Button tone="quiet" aria-expanded={open} onClick={() => setOpen(!open)}>
        {say(P.reported)}
      </Button>
      {open &&
        facts.map(({ name, fact }) => {
          const value = follow.facts[name];
          const one = Array.isArray(value) ? value.join('\n') : String(value);
          return (
            <p key={name}>
              <span className="muted">{say(fact.name)}</span>{' '}
              {fact.choices?.[one] === undefined ? one : say(fact.choices[one])}
            </p>
          );
        })}
    </section>
  );
};
