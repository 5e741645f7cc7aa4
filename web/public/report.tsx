import { type ReactNode, useMemo, useState } from 'react';
import type { Kind } from '#core/matter/kind.ts';
import * as calls from '../api/calls.ts';
import { makeKeys } from '../api/keys.ts';
import { asked, type Asked, firstOf } from '../api/kinds.ts';
import { Helping, type Helps } from '../matter/context.tsx';
import { filled } from '../matter/fact-form.tsx';
import { isBlank, textOf } from '../matter/values.ts';
import { useSay } from '../text/say.ts';
import { W } from '../text/words.ts';
import { Refusal } from '../ui/blank.tsx';
import { AskPhone } from './ask-phone.tsx';
import { AskWhat } from './ask-what.tsx';
import { AskWhere } from './ask-where.tsx';
import { Question } from './question.tsx';
import { P } from './words.ts';

/** The facts a citizen is asked for, found in the declaration by what they are. */
export interface Fields {
  readonly story: Asked | undefined;
  readonly sort: Asked | undefined;
  readonly photos: Asked | undefined;
  readonly where: Asked | undefined;
  readonly place: Asked | undefined;
  readonly phone: Asked | undefined;
}
const fieldsOf = (kind: Kind): Fields => {
  const all = asked(kind, kind.raise.takes);
  const named = (name: string | undefined): Asked | undefined => all.find((one) => one.name === name);
  return {
    story: firstOf(all, 'paragraph'),
    sort: all.find((one) => one.fact.type === 'choice' && kind.row.title.includes(one.name)),
    photos: firstOf(all, 'file'),
    where: named(kind.row.position) ?? firstOf(all, 'position'),
    place: named(kind.row.place),
    phone: firstOf(all, 'phone'),
  };
};

export interface AskProps {
  readonly fields: Fields;
  readonly facts: calls.Facts;
  readonly set: (name: string | undefined, value: unknown) => void;
}

const PHONE = /^\+?[0-9][0-9 ()-]{2,19}$/;

/** Three questions, then it is sent. Nothing typed is lost by going back or by a lost link. */
export const Report = (props: {
  readonly kind: Kind;
  readonly onSent: (receipt: string, number: string) => void;
}): ReactNode => {
  const say = useSay();
  const fields = useMemo(() => fieldsOf(props.kind), [props.kind]);
  const [facts, setFacts] = useState<calls.Facts>({});
  const [step, setStep] = useState(1);
  const [gap, setGap] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [keys] = useState(makeKeys);
  const helps = useMemo((): Helps => ({ upload: calls.publicUpload, places: false }), []);
  const set = (name: string | undefined, value: unknown): void => {
    if (name !== undefined) setFacts((held) => ({ ...held, [name]: value }));
    setGap(null);
  };
  const lacks = (field: Asked | undefined): boolean => field === undefined || isBlank(facts[field.name]);
  const go = (): void => {
    if (step === 1 && fields.story !== undefined && textOf(facts[fields.story.name]).trim() === '')
      return setGap(say(W.notFilled, { name: P.what }));
    if (step === 2 && lacks(fields.where) && lacks(fields.place)) return setGap(say(P.needPlace));
    setGap(null);
    if (step < 3) return setStep(step + 1);
    const phone = fields.phone === undefined ? '' : textOf(facts[fields.phone.name]).trim();
    if (phone !== '' && !PHONE.test(phone)) return setGap(say(P.phoneWrong));
    void send();
  };
  const send = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const stated = filled(facts);
      const { receipt, number } = await calls.publicReport(stated, keys(stated));
      props.onSent(receipt, number);
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  const ask = { fields, facts, set };
  const back = { onBack: () => setStep(step - 1) };
  return (
    <Helping value={helps}>
      <Question
        key={step}
        step={step}
        title={step === 1 ? P.what : step === 2 ? P.where : P.call}
        hint={step === 1 ? P.whatHint : step === 2 ? P.whereHint : P.callHint}
        go={step === 3 ? P.send : P.next}
        busy={busy}
        onGo={go}
        {...(step > 1 ? back : {})}
      >
        {step === 1 && <AskWhat {...ask} />}
        {step === 2 && <AskWhere {...ask} />}
        {step === 3 && <AskPhone {...ask} />}
        {gap !== null && (
          <p className="refusal" role="alert">
            {gap}
          </p>
        )}
        <Refusal error={error} />
      </Question>
    </Helping>
  );
};
