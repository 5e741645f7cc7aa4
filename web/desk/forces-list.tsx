import { type ReactNode, useState } from 'react';
import type { ForceView } from '#wire/api.ts';
import { useForces } from '../api/cache.ts';
import { isStale } from '../map/images.ts';
import { useNow } from '../stream/now.ts';
import { duration } from '../text/format.ts';
import { signOf } from '../text/names.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { STATES } from '../text/words.ts';
import { Empty, Failed, Loading } from '../ui/blank.tsx';
import { ForceIcon, StateIcon } from '../ui/icon.tsx';
import { D } from './words.ts';

type StateKey = keyof typeof STATES;
const ORDER: readonly StateKey[] = ['on_scene', 'on_the_way', 'assigned', 'available', 'unavailable'];

interface Props {
  readonly chosen: string | null;
  readonly onChoose: (force: ForceView) => void;
}

/** Everyone on duty, counted by state; a state opens to show who. */
export const ForcesList = (props: Props): ReactNode => {
  const say = useSay();
  const forces = useForces();
  const [state, setState] = useState<StateKey>('available');
  const onDuty = (forces.data ?? []).filter((force) => force.on_duty);
  const chosen = onDuty.find((force) => force.id === props.chosen);
  const listed = onDuty.filter((force) => force.state === (chosen?.state ?? state));
  return (
    <section className="forces" aria-label={say(D.forces)}>
      <header className="pane-head">
        <h2>{say(D.forces)}</h2>
        <span className="count figures">{say(D.onDuty, { n: onDuty.length })}</span>
      </header>
      {forces.isPending && <Loading rows={3} />}
      {forces.isError && forces.data === undefined && (
        <Failed error={forces.error} onRetry={() => void forces.refetch()} />
      )}
      {forces.isSuccess && onDuty.length === 0 && <Empty words={D.noForces} hint={D.noForcesHint} />}
      {onDuty.length > 0 && (
        <>
          <div className="force-states" role="tablist">
            {ORDER.map((one) => (
              <button
                key={one}
                type="button"
                role="tab"
                aria-selected={one === (chosen?.state ?? state)}
                className="force-state"
                style={{ color: `var(--state-${one})` }}
                onClick={() => setState(one)}
              >
                <b className="figures">
                  <StateIcon state={one} size={12} /> {onDuty.filter((force) => force.state === one).length}
                </b>
                <span>{say(STATES[one])}</span>
              </button>
            ))}
          </div>
          <div className="force-rows">
            {listed.map((force) => (
              <ForceRow key={force.id} force={force} chosen={force.id === props.chosen} onChoose={props.onChoose} />
            ))}
          </div>
        </>
      )}
    </section>
  );
};

const ForceRow = (props: {
  readonly force: ForceView;
  readonly chosen: boolean;
  readonly onChoose: (force: ForceView) => void;
}): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const now = useNow();
  const { force } = props;
  const sign = signOf(force, lang);
  const at = force.position;
  const stale = at === null || isStale(at.time_ms, now);
  return (
    <button
      type="button"
      className="force-row"
      aria-pressed={props.chosen}
      data-force={force.id}
      onClick={() => props.onChoose(force)}
    >
      <ForceIcon kind={force.kind} state={force.state} stale={stale} size={14} />
      {sign === force.call_sign ? (
        <>
          <span className="force-sign figures">{sign}</span>
          <span className="force-name">{say(force.name)}</span>
        </>
      ) : (
        <>
          <span className="force-first">{sign}</span>
          <span className="force-name figures">{force.call_sign}</span>
        </>
      )}
      {stale && (
        <span className="force-old figures">
          {at === null ? say(D.neverSeen) : say(D.lastSeen, { age: duration((now - at.time_ms) / 1000, lang) })}
        </span>
      )}
    </button>
  );
};
