import type { ReactNode } from 'react';
import type { Kind } from '#core/matter/kind.ts';
import type { MatterRow } from '#wire/api.ts';
import { levelName, outcomeName, stateName } from '../api/kinds.ts';
import { useSay } from '../text/say.ts';
import { URGENCY } from '../text/words.ts';

const isUrgency = (value: string | null): value is keyof typeof URGENCY => value !== null && value in URGENCY;

/** Urgency as colour, number and word. */
export const Urgency = (props: { readonly value: string | null; readonly words?: boolean }): ReactNode => {
  const say = useSay();
  if (!isUrgency(props.value)) return null;
  return (
    <span className="urgency" data-urgency={props.value}>
      <i>{props.value}</i>
      {props.words === true && say(URGENCY[props.value])}
    </span>
  );
};

/** Number, kind, state, level and outcome of a matter: one line under its title. */
export const StateLine = (props: { readonly kind: Kind; readonly matter: MatterRow }): ReactNode => {
  const say = useSay();
  const { kind, matter } = props;
  return (
    <p className="state-line">
      <span className="figures">{matter.id}</span>
      <span>{say(kind.name)}</span>
      <b className={matter.open ? 'state-open' : 'state-closed'} data-testid="state" data-state={matter.state}>
        {say(stateName(kind, matter.state))}
      </b>
      {matter.outcome !== null && <span>{say(outcomeName(kind, matter.outcome))}</span>}
      {kind.levels.length > 1 && <span className="muted">{say(levelName(kind, matter.level))}</span>}
    </p>
  );
};
