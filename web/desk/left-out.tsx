import { type ReactNode, useMemo, useState } from 'react';
import type { RankingView } from '#wire/api.ts';
import { useForces } from '../api/cache.ts';
import { useNow } from '../stream/now.ts';
import { inZone } from '../text/format.ts';
import { useSay } from '../text/say.ts';
import { W } from '../text/words.ts';
import { Button } from '../ui/button.tsx';
import { ForceIcon, Icon } from '../ui/icon.tsx';
import { leftOutByReason } from './ranking.ts';
import { D } from './words.ts';

type Excluded = RankingView['excluded'][number];

const useReasons = (): ((reasons: Excluded['reasons']) => string) => {
  const say = useSay();
  const now = useNow();
  return (reasons) => reasons.map((reason) => inZone(say(reason.words), now)).join(say(W.sentenceJoint));
};

/** Who is left out and why, folded; opened, each reason once with all it holds for. */
export const LeftOut = (props: { readonly excluded: RankingView['excluded'] }): ReactNode => {
  const say = useSay();
  const reasonsOf = useReasons();
  const [folded, setFolded] = useState(true);
  const groups = useMemo(() => leftOutByReason(props.excluded), [props.excluded]);
  if (groups.length === 0) return null;
  return (
    <div className="excluded">
      <Button tone="quiet" aria-expanded={!folded} onClick={() => setFolded(!folded)}>
        {say(D.excluded, { n: props.excluded.length })}
      </Button>
      {!folded &&
        groups.map(({ reasons, forces }) => (
          <section key={forces[0]} className="excluded-group">
            <h3>
              {reasonsOf(reasons)} <span className="muted figures">{forces.length}</span>
            </h3>
            <p>
              {forces.map((force) => (
                <Named key={force} force={force} />
              ))}
            </p>
          </section>
        ))}
    </div>
  );
};

const Named = (props: { readonly force: string }): ReactNode => {
  const say = useSay();
  const force = useForces().data?.find((one) => one.id === props.force);
  return (
    <span className="excluded-force">
      <ForceIcon kind={force?.kind ?? ''} state={force?.state ?? 'off_duty'} size={13} />
      {force === undefined ? props.force : say(force.name)}
    </span>
  );
};

/** The chosen one is in the ranking no more: sent already, or it fell out while it was looked at; and the way back to the others. */
export const ChosenOut = (props: { readonly excluded: Excluded; readonly onClear: () => void }): ReactNode => {
  const say = useSay();
  const reasonsOf = useReasons();
  const { force, reasons } = props.excluded;
  const known = useForces().data?.find((one) => one.id === force);
  const sent = reasons.some((reason) => reason.code === 'already');
  const why = reasonsOf(reasons);
  return (
    <div className="chosen-out" role="status" data-force={force} data-sent={sent}>
      <Icon name={sent ? 'check' : 'alert'} />
      <p>
        <b>{known === undefined ? force : say(known.name)}</b> {sent ? why : say(D.chosenOut, { why })}
      </p>
      <Button tone="quiet" keycap="Esc" onClick={props.onClear}>
        {say(D.clearForce)}
      </Button>
    </div>
  );
};
