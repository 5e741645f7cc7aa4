import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import * as calls from '../api/calls.ts';
import { KEYS } from '../api/cache.ts';
import { E } from '../text/erase-words.ts';
import { useSay } from '../text/say.ts';
import { W } from '../text/words.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { PurposeDialog } from './purpose-dialog.tsx';

/** Asks for the reason, says the consequence, and destroys the sealed facts of one matter; without `matter` it asks for the number. */
export const EraseDialog = (props: { readonly matter: string | null; readonly onClose: () => void }): ReactNode => {
  const say = useSay();
  const cache = useQueryClient();
  const [number, setNumber] = useState(props.matter ?? '');
  const [gone, setGone] = useState<readonly string[] | null>(null);
  const erase = async (purpose: string): Promise<void> => {
    const { erased } = await calls.erase(number.trim(), purpose);
    setGone(erased);
    for (const id of erased) await cache.invalidateQueries({ queryKey: KEYS.matter(id) });
  };
  if (gone !== null) {
    return (
      <Dialog title={say(E.title)} onClose={props.onClose}>
        <p>{say(E.done, { n: gone.length })}</p>
        <p className="figures">{gone.join('  ')}</p>
        <div className="actions">
          <Button onClick={props.onClose}>{say(W.close)}</Button>
        </div>
      </Dialog>
    );
  }
  return (
    <PurposeDialog
      title={say(E.title)}
      label={say(E.purpose)}
      example={say(E.purposeExample)}
      verb={say(E.go)}
      tone="danger"
      focus={props.matter !== null}
      work={erase}
      onClose={props.onClose}
    >
      <p className="consequence">{say(E.consequence)}</p>
      {props.matter === null ? (
        <label className="field">
          <span className="field-name">{say(E.number)}</span>
          <input
            className="input"
            autoFocus
            required
            maxLength={200}
            value={number}
            onChange={(event) => setNumber(event.target.value.toUpperCase())}
          />
        </label>
      ) : (
        <p className="figures">
          {say(E.number)} <b>{props.matter}</b>
        </p>
      )}
    </PurposeDialog>
  );
};
