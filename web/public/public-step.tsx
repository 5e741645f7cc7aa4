import { type ReactNode, useState } from 'react';
import type { Kind, Step } from '#core/matter/kind.ts';
import * as calls from '../api/calls.ts';
import { makeKeys } from '../api/keys.ts';
import { asked } from '../api/kinds.ts';
import { FactForm, filled, missing } from '../matter/fact-form.tsx';
import { useSay } from '../text/say.ts';
import { W } from '../text/words.ts';
import { Refusal } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { P } from './words.ts';

interface Props {
  readonly kind: Kind;
  readonly step: string;
  /** The one thing asked of the reporter now. */
  readonly main: boolean;
  readonly receipt: string;
  readonly onDone: () => void;
}

/** One thing the reporter may do now (add, rate), folded until wanted. */
export const PublicStep = (props: Props): ReactNode => {
  const say = useSay();
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState(false);
  const step = props.kind.steps[props.step];
  if (step === undefined) return null;
  const finish = (): void => {
    setOpen(false);
    setDone(true);
    props.onDone();
  };
  if (open) return <StepForm {...props} declared={step} onDone={finish} onCancel={() => setOpen(false)} />;
  return (
    <>
      <Button
        className="large"
        tone={props.main ? 'primary' : 'plain'}
        data-step={props.step}
        onClick={() => setOpen(true)}
      >
        {say(step.name)}
      </Button>
      {done && (
        <p className="chosen" role="status">
          <Icon name="check" /> {say(P.added)}
        </p>
      )}
    </>
  );
};

const StepForm = (props: Props & { readonly declared: Step; readonly onCancel: () => void }): ReactNode => {
  const say = useSay();
  const [facts, setFacts] = useState<calls.Facts>({});
  const [keys] = useState(makeKeys);
  const [gap, setGap] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  // The declared name of what is added speaks of the reporter; here it speaks to them.
  const fields = asked(props.kind, props.declared.takes).map((one) =>
    !props.main && one.fact.type === 'paragraph' ? { ...one, fact: { ...one.fact, name: P.more } } : one,
  );
  const send = async (): Promise<void> => {
    const first = missing(fields, facts);
    setGap(first === null ? null : say(W.notFilled, { name: first.fact.name }));
    if (first !== null) return;
    setBusy(true);
    setError(null);
    try {
      const stated = filled(facts);
      await calls.publicStep(props.receipt, props.step, stated, keys(stated));
      props.onDone();
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  return (
    <form
      className="form public-step"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <FactForm fields={fields} facts={facts} onChange={setFacts} />
      {gap !== null && (
        <p className="refusal" role="alert">
          {gap}
        </p>
      )}
      <Refusal error={error} />
      <div className="step-foot">
        <Button className="large" onClick={props.onCancel}>
          {say(W.cancel)}
        </Button>
        <Button className="large large-go" tone="primary" type="submit" busy={busy}>
          {say(props.declared.name)}
        </Button>
      </div>
    </form>
  );
};
