import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useMemo } from 'react';
import type { Kind } from '#core/matter/kind.ts';
import type { Follow } from '#wire/api.ts';
import * as calls from '../api/calls.ts';
import { useSite } from '../api/cache.ts';
import { isOffline } from '../api/problem.ts';
import { Helping, type Helps } from '../matter/context.tsx';
import { useNow } from '../stream/now.ts';
import { clock, duration, moment } from '../text/format.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { Failed, Loading, Refusal } from '../ui/blank.tsx';
import { DrillBanner } from '../ui/chrome.tsx';
import { Icon } from '../ui/icon.tsx';
import { ComingMap } from './coming-map.tsx';
import { HaveReceipt } from './have-receipt.tsx';
import { PublicStep } from './public-step.tsx';
import { Rated, Reported, Told, toldIn } from './stated.tsx';
import { P } from './words.ts';

const WHILE_OPEN_MS = 5_000;
const WHEN_CLOSED_MS = 60_000;

/** Who has it, what happens now, and when. Renews itself. */
export const FollowPage = (props: { readonly receipt: string; readonly kinds: readonly Kind[] }): ReactNode => {
  const say = useSay();
  const now = useNow();
  const site = useSite().data;
  const follow = useQuery({
    queryKey: ['follow', props.receipt],
    queryFn: () => calls.follow(props.receipt),
    refetchInterval: (query) => (query.state.data?.open === false ? WHEN_CLOSED_MS : WHILE_OPEN_MS),
    refetchOnWindowFocus: true,
  });
  const helps = useMemo((): Helps => ({ upload: calls.publicUpload, places: false }), []);
  if (follow.data === undefined)
    return follow.isError ? (
      <>
        <Failed error={follow.error} {...(isOffline(follow.error) ? { onRetry: () => void follow.refetch() } : {})} />
        <HaveReceipt open />
      </>
    ) : (
      <Loading rows={5} />
    );
  const held = follow.data;
  const kind = props.kinds.find((one) => one.id === held.kind);
  const told = toldIn({ follow: held, kind });
  return (
    <Helping value={helps}>
      <main className="follow">
        {held.facts['drill'] === true && site?.demonstration === false && <DrillBanner matter />}
        <p className="muted figures">
          {held.number} · {say(P.fresh, { time: clock(follow.dataUpdatedAt) })}
        </p>
        <h1 data-testid="tells">{say(held.outcome ?? held.tells)}</h1>
        {held.open && held.outcome !== null && told.length === 0 && <p className="muted">{say(held.tells)}</p>}
        {follow.isError && <Refusal error={follow.error} />}
        <Coming follow={held} />
        {held.position !== null && held.coming.positions.length > 0 && <ComingMap follow={held} />}
        <Told told={told} />
        <Rated follow={held} kind={kind} />
        {kind !== undefined &&
          offered(held, kind).map((step) => (
            <PublicStep
              key={step}
              kind={kind}
              step={step}
              main={step === kind.rating}
              receipt={props.receipt}
              onDone={() => void follow.refetch()}
            />
          ))}
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
        <Reported follow={held} kind={kind} receipt={props.receipt} />
      </main>
    </Helping>
  );
};

/** Who is still on the way. That someone is there already is what the page says first. */
const Coming = ({ follow }: { readonly follow: Follow }): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const { count, eta_s, on_scene } = follow.coming;
  if (!follow.open || count === 0) return null;
  return (
    <p className="coming">
      <Icon name="next" size={22} />
      <b>{say(on_scene > 0 ? P.alsoComing : P.coming, { n: count })}</b>{' '}
      {eta_s !== null && (
        <span className="figures">{say(eta_s < 60 ? P.etaSoon : P.eta, { time: duration(eta_s, lang) })}</span>
      )}
    </p>
  );
};

/** The judgement first, and once is enough. */
const offered = (follow: Follow, kind: Kind): readonly string[] =>
  follow.may
    .filter((step) => !(follow.rated && step === kind.rating))
    .toSorted((a, b) => Number(b === kind.rating) - Number(a === kind.rating));
