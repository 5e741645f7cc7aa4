import { type ReactNode, useState } from 'react';
import { useSay } from '../text/say.ts';
import { W } from '../text/words.ts';
import { Refusal } from '../ui/blank.tsx';
import { Button, type Tone } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';

interface PurposeProps {
  readonly title: string;
  /** What stands above the purpose: what will happen, and to which matter. */
  readonly children: ReactNode;
  readonly label: string;
  readonly example: string;
  readonly verb: string;
  readonly tone: Tone;
  readonly focus: boolean;
  /** Done with the purpose, trimmed; when it throws, the refusal is shown and may be tried again. */
  readonly work: (purpose: string) => Promise<void>;
  readonly onClose: () => void;
}

/** Asks for what personal facts are touched; nothing is done without it. */
export const PurposeDialog = (props: PurposeProps): ReactNode => {
  const say = useSay();
  const [purpose, setPurpose] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const go = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await props.work(purpose.trim());
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void go();
        }}
      >
        {props.children}
        <label className="field">
          <span className="field-name">{props.label}</span>
          <input
            className="input"
            autoFocus={props.focus}
            required
            minLength={4}
            maxLength={200}
            placeholder={props.example}
            value={purpose}
            onChange={(event) => setPurpose(event.target.value)}
          />
        </label>
        <Refusal error={error} />
        <div className="actions">
          <Button tone={props.tone} type="submit" busy={busy}>
            {props.verb}
          </Button>
          <Button tone="quiet" onClick={props.onClose}>
            {say(W.cancel)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
