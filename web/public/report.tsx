import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { Kind } from '#core/matter/kind.ts';
import { publicTakes } from '#core/matter/public.ts';
import { PHONE } from '#core/matter/values.ts';
import * as calls from '../api/calls.ts';
import { makeKeys } from '../api/keys.ts';
import { asked, type Asked, firstOf } from '../api/kinds.ts';
import { Helping } from '../matter/context.tsx';
import { filled, missing } from '../matter/fact-form.tsx';
import type { Change } from '../matter/files.ts';
import { isBlank, textOf } from '../matter/values.ts';
import { type Say, useSay } from '../text/say.ts';
import { W } from '../text/words.ts';
import { AskPhone } from './ask-phone.tsx';
import { AskWhat } from './ask-what.tsx';
import { AskWhere } from './ask-where.tsx';
import { Check } from './check.tsx';
import { usePictures } from './pictures.ts';
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
  /** Whatever else the declaration asks, in its order. */
  readonly more: readonly Asked[];
}
const fieldsOf = (kind: Kind): Fields => {
  const all = asked(kind, publicTakes(kind));
  const named = (name: string | undefined): Asked | undefined => all.find((one) => one.name === name);
  const own = {
    story: firstOf(all, 'paragraph'),
    sort: all.find((one) => one.fact.type === 'choice' && kind.row.title.includes(one.name)),
    photos: firstOf(all, 'file'),
    where: named(kind.row.position) ?? firstOf(all, 'position'),
    place: named(kind.row.place),
    phone: firstOf(all, 'phone'),
  };
  return { ...own, more: all.filter((one) => !Object.values(own).includes(one)) };
};

export interface AskProps {
  readonly fields: Fields;
  readonly facts: calls.Facts;
  readonly set: (name: string | undefined, change: Change<unknown>) => void;
}

const LAST = 3;

/** What still stands in the way of leaving this screen, in words; null when nothing does. */
const gapIn = (step: number, fields: Fields, facts: calls.Facts, say: Say): string | null => {
  const textIn = (field: Asked | undefined): string => (field === undefined ? '' : textOf(facts[field.name]).trim());
  const lacks = (field: Asked | undefined): boolean => field === undefined || isBlank(facts[field.name]);
  if (step === 1 && fields.story !== undefined && textIn(fields.story) === '')
    return say(W.notFilled, { name: P.what });
  if (step === 2 && lacks(fields.where) && textIn(fields.place) === '') return say(P.needPlace);
  if (step === LAST && textIn(fields.phone) !== '' && !PHONE.test(textIn(fields.phone))) return say(P.phoneWrong);
  const blank = step === LAST ? missing(fields.more, facts) : null;
  return blank === null ? null : say(W.notFilled, { name: blank.fact.name });
};

/** The caret goes where the screen begins, or to the fact that is to be changed. */
const useCaret = (step: number, fact: string | null): void => {
  useEffect(() => {
    const field = fact === null ? null : document.querySelector<HTMLElement>(`[data-fact="${fact}"]`);
    const caret = field?.matches('input, textarea, button')
      ? field
      : (field?.querySelector<HTMLElement>('[aria-checked=true]') ??
        field?.querySelector<HTMLElement>('input, textarea, button') ??
        null);
    if (caret === null) {
      scrollTo(0, 0);
      document.querySelector<HTMLElement>('.question h1')?.focus({ preventScroll: true });
    } else {
      caret.focus();
      caret.scrollIntoView({ block: 'nearest' });
    }
  }, [step, fact]);
};

/** What was answered so far. */
const useFacts = (changed: () => void): Pick<AskProps, 'facts' | 'set'> => {
  const [facts, setFacts] = useState<calls.Facts>({});
  const set: AskProps['set'] = (name, change) => {
    if (name !== undefined) setFacts((held) => ({ ...held, [name]: change(held[name]) }));
    changed();
  };
  return { facts, set };
};

const SCREENS = {
  1: { title: P.what, hint: P.whatHint },
  2: { title: P.where, hint: P.whereHint },
  3: { title: P.call, hint: P.callHint },
} as const;
type Screen = keyof typeof SCREENS;

/** Three questions, a look at all of it, then it is sent. Nothing typed is lost by going back or by a lost link. */
export const Report = (props: {
  readonly kind: Kind;
  readonly onSent: (receipt: string, number: string) => void;
  /** Stands below the first question only. */
  readonly foot: ReactNode;
}): ReactNode => {
  const say = useSay();
  const fields = useMemo(() => fieldsOf(props.kind), [props.kind]);
  const pictures = usePictures();
  const [step, setStep] = useState<Screen>(1);
  const [changing, setChanging] = useState<string | null>(null);
  const [gap, setGap] = useState<string | null>(null);
  const { facts, set } = useFacts(() => setGap(null));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [keys] = useState(makeKeys);
  useCaret(step, changing ?? (step === 1 ? (fields.story?.name ?? null) : null));
  const to = (screen: Screen, fact: string | null): void => {
    setGap(null);
    setError(null);
    setChanging(fact);
    setStep(screen);
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
  const go = (): void => {
    const found = gapIn(step, fields, facts, say);
    if (found !== null) setGap(found);
    else if (step === LAST) void send();
    else to(step === 2 || changing !== null ? LAST : 2, null);
  };
  const change = (name: string): void => {
    if (name === fields.photos?.name) pictures.shownLost();
    to(name === fields.where?.name || name === fields.place?.name ? 2 : 1, name);
  };
  const ask = { fields, facts, set };
  return (
    <Helping value={pictures.helps}>
      <Question
        key={step}
        step={step}
        {...SCREENS[step]}
        go={step === LAST ? P.send : changing === null ? P.next : P.changed}
        busy={busy || (step === LAST && pictures.going > 0)}
        gap={gap}
        error={error}
        onGo={go}
        {...(step > 1 && changing === null ? { onBack: () => to(step === LAST ? 2 : 1, null) } : {})}
      >
        {step === 1 && <AskWhat {...ask} />}
        {step === 2 && <AskWhere {...ask} />}
        {step === LAST && <AskPhone {...ask} />}
        {step === LAST && <Check {...ask} pictures={pictures} onChange={change} />}
      </Question>
      {step === 1 && changing === null && props.foot}
    </Helping>
  );
};
