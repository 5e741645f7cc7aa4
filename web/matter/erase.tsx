import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import * as calls from '../api/calls.ts';
import { KEYS } from '../api/cache.ts';
import { E } from '../text/erase-words.ts';
import { useSay } from '../text/say.ts';
import { W } from '../text/words.ts';
import { Refusal } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** Asks for the reason, says the consequence, and destroys the sealed facts of one matter; without `matter` it asks for the number. */
export const EraseDialog = (props: { readonly matter: string | null; readonly onClose: () => void }): ReactNode => {
  const say = useSay();
  const cache = useQueryClient();
  const [number, setNumber] = useState(props.matter ?? '');
  const [purpose, setPurpose] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [gone, setGone] = useState<readonly string[] | null>(null);
  const erase = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const { erased } = await calls.erase(number.trim(), purpose.trim());
      setGone(erased);
      for (const id of erased) await cache.invalidateQueries({ queryKey: KEYS.matter(id) });
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
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
    <Dialog title={say(E.title)} onClose={props.onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void erase();
        }}
      >
        <p className="consequence">{say(E.consequence)}</p>
        {props.matter === null ? (
          <Line label={say(E.number)} value={number} onChange={(value) => setNumber(value.toUpperCase())} />
        ) : (
          <p className="figures">
            {say(E.number)} <b>{props.matter}</b>
          </p>
        )}
        <Line label={say(E.purpose)} hint={say(E.purposeExample)} min={4} value={purpose} onChange={setPurpose} />
        <Refusal error={error} />
        <div className="actions">
          <Button tone="danger" type="submit" busy={busy}>
            {say(E.go)}
          </Button>
          <Button tone="quiet" onClick={props.onClose}>
            {say(W.cancel)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};

const Line = (props: {
  readonly label: string;
  readonly hint?: string;
  readonly min?: number;
  readonly value: string;
  readonly onChange: (value: string) => void;
}): ReactNode => (
  <label className="field">
    <span className="field-name">{props.label}</span>
    <input
      className="input"
      required
      minLength={props.min}
      maxLength={200}
      placeholder={props.hint}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
    />
  </label>
);
