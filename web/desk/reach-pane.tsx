import type { ReactNode } from 'react';
import type { ForceView } from '#wire/api.ts';
import { PROFILES } from '#engines/travel/profiles.ts';
import { useForces } from '../api/cache.ts';
import { clock, coordinates, duration } from '../text/format.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { useReach } from '../travel/data.ts';
import { T } from '../travel/words.ts';
import { isStale } from '../map/images.ts';
import { useNow } from '../stream/now.ts';
import { Empty, Failed, Loading } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useKeys } from './keys.ts';
import type { TravelPaneProps } from './travel-pane.tsx';
import { MINUTES, type TravelState } from './use-travel.ts';

/** From where, moving how, within how many minutes: drawn on the map as bands. */
export const ReachPane = (props: TravelPaneProps): ReactNode => {
  const say = useSay();
  const { travel } = props;
  const { reach, setReach } = travel;
  const force = useForces().data?.find((one) => one.id === props.force);
  // The key that opened the pane goes on in it: the first of its buttons.
  useKeys({ r: () => (force === undefined ? travel.pickPoint(true) : travel.reachFrom(force)) });
  const toggle = (minutes: number): void =>
    setReach({
      minutes: reach.minutes.includes(minutes)
        ? reach.minutes.filter((one) => one !== minutes)
        : [...reach.minutes, minutes].toSorted((a, b) => a - b),
    });
  return (
    <div className="travel-body">
      <div className="field">
        <span className="field-name">{say(T.reachOf)}</span>
        <div className="actions">
          {force !== undefined && (
            <Button keycap="R" onClick={() => travel.reachFrom(force)}>
              {say(T.fromForce, { name: force.name })}
            </Button>
          )}
          <Button
            icon="place"
            {...(force === undefined ? { keycap: 'R' } : {})}
            aria-pressed={travel.pickingPoint}
            onClick={() => travel.pickPoint(!travel.pickingPoint)}
          >
            {say(T.pickPoint)}
          </Button>
        </div>
      </div>
      <label className="field">
        <span className="field-name">{say(T.profile)}</span>
        <select className="input" value={reach.profile} onChange={(event) => setReach({ profile: event.target.value })}>
          {Object.values(PROFILES).map((profile) => (
            <option key={profile.id} value={profile.id}>
              {say(profile.name)}
            </option>
          ))}
        </select>
      </label>
      <div className="field" role="group" aria-label={say(T.limits)}>
        <span className="field-name">{say(T.limits)}</span>
        <div className="choices">
          {[...new Set([...MINUTES, ...reach.minutes])]
            .toSorted((a, b) => a - b)
            .map((minutes) => (
              <Button
                key={minutes}
                className="chip-button"
                aria-pressed={reach.minutes.includes(minutes)}
                onClick={() => toggle(minutes)}
              >
                {minutes}
              </Button>
            ))}
        </div>
      </div>
      {reach.from === null && <Empty words={T.reachNone} hint={T.reachNoneHint} />}
      {reach.from !== null && reach.minutes.length === 0 && <p className="muted">{say(T.chooseLimit)}</p>}
      <ReachLegend travel={travel} />
    </div>
  );
};

/** That a force may be elsewhere than where its bands begin. */
const OriginAge = ({ force }: { readonly force: ForceView }): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const now = useNow();
  const { position } = force;
  if (position !== null && !isStale(position.time_ms, now)) return null;
  return (
    <p className="reach-old figures">
      {position === null ? say(T.fromHome) : say(T.fromOld, { age: duration((now - position.time_ms) / 1000, lang) })}
    </p>
  );
};

/** What the bands mean, how old they are, and the end of them; or that they are on their way, or why they are not there. */
export const ReachLegend = (props: { readonly travel: TravelState; readonly floating?: boolean }): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const { travel } = props;
  const { reach, question } = travel;
  const answer = useReach(question);
  const forces = useForces().data;
  if (question === null || reach.from === null) return null;
  const force = forces?.find((one) => one.id === reach.from?.force);
  const bands = (answer.data?.features ?? []).toSorted((a, b) => a.properties.limit_s - b.properties.limit_s);
  const nothing = answer.isSuccess && bands.every((band) => band.geometry.coordinates.length === 0);
  const profile = PROFILES[question.profile]?.name ?? { zh: question.profile, en: question.profile };
  const [lon, lat] = question.from;
  return (
    <section
      className={props.floating === true ? 'reach-legend reach-floating' : 'reach-legend'}
      aria-label={say(T.reach)}
    >
      <p>
        <Icon name="reach" size={14} /> <b>{force === undefined ? coordinates({ lon, lat }) : say(force.name)}</b>{' '}
        {say(profile)}
        {question.turnout_s > 0 && (
          <span className="muted"> {say(T.withTurnout, { time: duration(question.turnout_s, lang) })}</span>
        )}
      </p>
      {force !== undefined && <OriginAge force={force} />}
      {answer.isPending && <Loading rows={2} />}
      {answer.isError && <Failed error={answer.error} onRetry={() => void answer.refetch()} />}
      {nothing && !answer.isError && <Empty words={T.reachNothing} hint={T.reachNothingHint} />}
      {!nothing && !answer.isError && bands.length > 0 && (
        <ul className="bands" aria-busy={answer.isFetching}>
          {bands.map((band, index) => (
            <li key={band.properties.limit_s} data-limit={band.properties.limit_s}>
              <i style={{ '--layers': bands.length - index } as Record<string, number>} />
              <span className="figures">{say(T.within, { n: band.properties.limit_s / 60 })}</span>
            </li>
          ))}
        </ul>
      )}
      <div className="actions">
        {answer.isSuccess && (
          <span className="muted figures">{say(T.reachAt, { when: clock(answer.dataUpdatedAt) })}</span>
        )}
        {force !== undefined && props.floating !== true && (
          <Button tone="quiet" onClick={() => travel.reachFrom(force)}>
            {say(T.recount)}
          </Button>
        )}
        <Button tone="quiet" keycap="Esc" onClick={() => travel.setReach({ from: null })}>
          {say(T.clearReach)}
        </Button>
      </div>
    </section>
  );
};
