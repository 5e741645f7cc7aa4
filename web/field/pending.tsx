import { type ReactNode, useState } from 'react';
import { clock } from '../text/format.ts';
import { useSay } from '../text/say.ts';
import { W } from '../text/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { isCutOff, useOutbox } from './outbox.tsx';
import { usePhoneNow } from './phone-now.ts';
import { canTakeBack, refused, waiting } from './queue.ts';
import { TooLate } from './take-back.tsx';
import { F } from './words.ts';

/** What waits to be sent and what was refused; always in sight, one tap for the reasons. */
export const Pending = (): ReactNode => {
  const say = useSay();
  const now = usePhoneNow();
  const { actions, dismiss, takeBack } = useOutbox();
  const [open, setOpen] = useState(false);
  const waits = waiting(actions).length;
  const bad = refused(actions).length;
  if (actions.length === 0 && !open) return <span className="pending-none" />;
  return (
    <>
      <button type="button" className={bad > 0 ? 'pending pending-refused' : 'pending'} onClick={() => setOpen(true)}>
        {waits > 0 && <span className="figures">{say(F.pending, { n: waits })}</span>}
        {bad > 0 && <span className="figures">{say(F.refused, { n: bad })}</span>}
      </button>
      {open && (
        <Dialog title={say(F.pendingTitle)} onClose={() => setOpen(false)}>
          <p className="muted">{say(F.pendingHint)}</p>
          <TooLate />
          <ul className="pending-list">
            {actions.map((one) => (
              <li key={one.key}>
                <b>{say(one.name)}</b> <span className="muted figures">{one.matter}</span>{' '}
                <time className="figures">{clock(one.at_ms)}</time>{' '}
                {canTakeBack(one, now, isCutOff()) && <Button onClick={() => takeBack(one)}>{say(F.undo)}</Button>}
                {one.refused !== null && (
                  <p className="refusal">
                    <span>
                      {say(one.refused.words)} {say(one.refused.advice)}
                    </span>
                    <Button onClick={() => dismiss(one.key)}>{say(F.dismiss)}</Button>
                  </p>
                )}
              </li>
            ))}
          </ul>
          <div className="actions">
            <Button onClick={() => setOpen(false)}>{say(W.close)}</Button>
          </div>
        </Dialog>
      )}
    </>
  );
};
