import type { ReactNode } from 'react';
import { useSay } from '../text/say.ts';
import { Button } from '../ui/button.tsx';
import { isCutOff, useOutbox } from './outbox.tsx';
import { usePhoneNow } from './phone-now.ts';
import { type Action, heldFor_ms } from './queue.ts';
import { F } from './words.ts';

/** Said when the tap came after the step had gone: a slip nobody is told of would stand. */
export const TooLate = (): ReactNode => {
  const say = useSay();
  const { tooLate, readTooLate } = useOutbox();
  if (tooLate === null) return null;
  return (
    <p className="too-late" role="alert">
      <span>{say(F.tooLate, { what: tooLate.name })}</span>
      <Button onClick={readTooLate}>{say(F.dismiss)}</Button>
    </p>
  );
};

/**
 * In place of the big button: what goes out in a moment, and the way to take it back. The button stands above the spot the
 * thumb is on, so that a second tap of the same slip does nothing.
 */
export const TakeBack = ({ action }: { readonly action: Action }): ReactNode => {
  const say = useSay();
  const now = usePhoneNow();
  const { takeBack } = useOutbox();
  return (
    <section className="take-back" role="status">
      <Button icon="back" data-undo={action.step} onClick={() => takeBack(action)}>
        {say(F.undo)}
      </Button>
      <p className="take-back-what">
        <b>{say(action.name)}</b>
        <span className="figures">
          {isCutOff() ? say(F.heldCut) : say(F.heldBack, { s: Math.ceil(heldFor_ms(action, now) / 1000) })}
        </span>
        <span className="muted">{say(F.heldHint)}</span>
      </p>
    </section>
  );
};
