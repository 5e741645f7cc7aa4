import { type ButtonHTMLAttributes, type KeyboardEvent, type ReactNode, useId, useMemo, useState } from 'react';
import type { Text } from '#core/base/text.ts';
import type { Kind, Step } from '#core/matter/kind.ts';
import type { MatterView } from '#wire/api.ts';
import type * as calls from '../api/calls.ts';
import { useKinds } from '../api/cache.ts';
import { type Asked, asked, firstOf, kindOf, stateName } from '../api/kinds.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { M } from '../text/matter-words.ts';
import { W } from '../text/words.ts';
import { Refusal } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { confirms } from './confirm-key.ts';
import { type Asker, Helping, type Helps, useHelps } from './context.tsx';
import { FactForm, missing } from './fact-form.tsx';
import { doesNothing, knownFacts, toState } from './known.ts';
import { usePlaceWords } from './place-words.ts';
import { type OfferedStep, offeredSteps, type Refusals, refusals, sendingLeads } from './step-list.ts';
import { maySettle, useOpenSupports } from './supports.ts';
import { useEscape } from './use-escape.ts';
import { useTaking } from './use-taking.ts';
import { textOf, valuesOf } from './values.ts';

interface Props {
  readonly kind: Kind;
  readonly matter: MatterView;
  readonly subject: string | null;
  readonly small?: boolean;
}
const SHOWN = 4;
/** Beside a force's name there is room for its next verb only. */
const SHOWN_SMALL = 1;

/** The verbs possible now. What asks for nothing and harms nothing is done on the click; the rest asks first. */
export const StepBar = ({ kind, matter, subject, small }: Props): ReactNode => {
  const say = useSay();
  const why = useId();
  const [open, setOpen] = useState<OfferedStep | null>(null);
  const [all, setAll] = useState(false);
  /** The refused step somebody is at, with the pointer or the keyboard. */
  const [at, setAt] = useState<string | null>(null);
  useEscape(all, () => setAll(false));
  const { busy, error, take } = useTaking(matter);
  const steps = offeredSteps(kind, matter, subject);
  const supports = useOpenSupports(
    matter,
    steps.some((one) => maySettle(kind, one.step)),
  );
  if (steps.length === 0) return null;
  const quiet = small === true || sendingLeads(kind, matter);
  const room = small === true ? SHOWN_SMALL : SHOWN;
  const shown = all || steps.length <= room ? steps : steps.slice(0, room);
  const refused = refusals(shown);
  const asks = (step: Step): boolean =>
    maySettle(kind, step) && (supports.asking || supports.open.length > 0) ? true : !isPlain(kind, step);
  const press = (one: OfferedStep): void => {
    if (one.refused !== null) return;
    if (asks(one.step)) setOpen(one);
    else void take(one, {});
  };
  return (
    <div className={small === true ? 'steps steps-small' : 'steps'}>
      {shown.map((one, index) => (
        <Button
          key={one.id}
          data-step={one.id}
          tone={toneOf(one, index, quiet)}
          busy={busy === one.id}
          // Not `disabled`: who comes by with Tab must hear why it cannot be done.
          aria-disabled={one.refused !== null}
          aria-describedby={one.refused === null ? undefined : `${why}-${refused.findIndex(sameWhy(one))}`}
          onClick={() => press(one)}
          {...(one.refused === null ? {} : told(one.id, setAt))}
        >
          {say(one.step.name)}
        </Button>
      ))}
      {steps.length > room && (
        <Button tone="quiet" aria-expanded={all} onClick={() => setAll(!all)}>
          {say(all ? M.fewer : M.more)}
        </Button>
      )}
      <Why id={why} refused={refused} asked={shown.find((one) => one.id === at && one.refused !== null)} />
      <Refusal error={error} />
      {open !== null && <StepDialog kind={kind} matter={matter} offered={open} onClose={() => setOpen(null)} />}
    </div>
  );
};

/** Tells which refused step the person is at. A finger has no hover: the press tells. */
const told = (
  id: string,
  setAt: (id: string | null) => void,
): Pick<ButtonHTMLAttributes<HTMLButtonElement>, 'onMouseEnter' | 'onMouseLeave' | 'onFocus' | 'onBlur'> => ({
  onMouseEnter: () => setAt(id),
  onMouseLeave: () => setAt(null),
  onFocus: () => setAt(id),
  onBlur: () => setAt(null),
});

/** Why steps are refused, in one line: the reason of the one asked about, the only reason there is, or which they are. */
const Why = (props: {
  readonly id: string;
  readonly refused: readonly Refusals[];
  readonly asked: OfferedStep | undefined;
}): ReactNode => {
  const say = useSay();
  const { refused, asked } = props;
  const [only] = refused;
  if (only === undefined) return null;
  const names = (steps: readonly Step[]): string => steps.map((step) => say(step.name)).join(say(W.listJoint));
  const reason = (steps: readonly Step[], why: Text): string => say(M.unavailableStep, { step: names(steps), why });
  const line = (): string => {
    if (asked !== undefined && asked.refused !== null) return reason([asked.step], asked.refused);
    if (refused.length === 1) return reason(only.steps, only.why);
    return say(M.unavailableSteps, { steps: names(refused.flatMap((one) => one.steps)) });
  };
  return (
    <>
      <p className="step-why" data-asked={asked !== undefined} title={line()}>
        {line()}
      </p>
      {refused.map((one, index) => (
        <span key={one.why.zh} id={`${props.id}-${index}`} hidden>
          {reason(one.steps, one.why)}
        </span>
      ))}
    </>
  );
};

const sameWhy =
  (one: OfferedStep) =>
  ({ why }: { readonly why: NonNullable<OfferedStep['refused']> }): boolean =>
    why.zh === one.refused?.zh;

const toneOf = (one: OfferedStep, index: number, quiet: boolean): 'primary' | 'plain' | 'danger' => {
  if (one.step.danger !== undefined) return 'danger';
  return index === 0 && one.step.primary === true && !quiet ? 'primary' : 'plain';
};
const isPlain = (kind: Kind, step: Step): boolean => step.danger === undefined && asked(kind, step.takes).length === 0;

/** What is still to be filled in. */
const Gap = ({ words }: { readonly words: string | null }): ReactNode =>
  words !== null && (
    <p className="refusal" role="alert">
      {words}
    </p>
  );

const isConfirming = ({ key, ctrlKey, nativeEvent, target }: KeyboardEvent<HTMLFormElement>): boolean =>
  confirms({
    key,
    ctrlKey,
    isComposing: nativeEvent.isComposing,
    target: {
      role: (target as HTMLElement).getAttribute('role'),
      checked: (target as HTMLElement).ariaChecked === 'true',
    },
  });

type Asking = Pick<MatterView, 'id' | 'position' | 'level' | 'facts' | 'links'>;

/** What the face lends, where the matter is, words for the position chosen, and a place for words that name none. */
const useFormHelps = (
  about: Asker,
  place: Asked | undefined,
  known: calls.Facts,
  position: string | undefined,
  change: (next: (facts: calls.Facts) => calls.Facts) => void,
): Helps => {
  const lent = useHelps();
  const near = about.position;
  const chosen = usePlaceWords({ place: place?.name, position }, known, change);
  return useMemo(() => {
    if (place === undefined) return { ...lent, near, about, chosen };
    const keep = (words: string): void => change((held) => ({ ...held, [place.name]: words }));
    return { ...lent, near, about, chosen, keepWords: { fact: place.fact.name, keep } };
  }, [lent, near, about, chosen, place, change]);
};

/** What the step asks, what stands in the form, and what of it would be stated; `idle` while the step would do nothing. */
const useStepForm = (kind: Kind, matter: Asking, step: Step) => {
  const lang = useLanguage();
  const fields = useMemo(() => asked(kind, step.takes), [kind, step]);
  const [known] = useState(() => knownFacts(step, fields, matter, lang));
  const [facts, setFacts] = useState<calls.Facts>(known);
  const place = fields.find((one) => one.name === kind.row.place);
  const { id, position } = matter;
  const story = firstOf(asked(kind, kind.raise.takes), 'paragraph')?.name ?? '';
  const words = valuesOf(matter, story).map(textOf).join(' ');
  const about = useMemo(() => ({ id, kind: kind.id, position, words }), [id, kind, position, words]);
  const helps = useFormHelps(about, place, known, firstOf(fields, 'position')?.name, setFacts);
  const stated = toState(fields, known, facts);
  return { fields, facts, setFacts, helps, stated, idle: doesNothing(step, fields, stated) };
};

/** Asks for what the step takes, with the consequence in words where it cannot be undone. */
export const StepDialog = (props: {
  readonly kind: Kind;
  readonly matter: Asking;
  readonly offered: OfferedStep;
  readonly onClose: () => void;
  /** Takes the step another way, e.g. through the phone's queue. */
  readonly take?: (facts: calls.Facts) => void;
}): ReactNode => {
  const say = useSay();
  const { kind, matter, offered, onClose } = props;
  const { step } = offered;
  const why = useId();
  const { fields, facts, setFacts, helps, stated, idle } = useStepForm(kind, matter, step);
  const [gap, setGap] = useState<string | null>(null);
  const { busy, error, take } = useTaking(matter);
  const go = async (): Promise<void> => {
    if (idle || busy !== null) return;
    const first = missing(fields, facts);
    setGap(first === null ? null : say(W.notFilled, { name: first.fact.name }));
    if (first !== null) return;
    if (props.take !== undefined) props.take(stated);
    else if (!(await take(offered, stated))) return;
    onClose();
  };
  const tone = step.danger === undefined ? 'primary' : 'danger';
  return (
    <Dialog title={say(step.name)} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void go();
        }}
        onKeyDown={(event) => {
          if (!isConfirming(event)) return;
          event.preventDefault();
          void go();
        }}
      >
        {step.danger !== undefined && <p className="consequence">{say(step.danger)}</p>}
        <StillOpen kind={kind} matter={matter} step={step} />
        <Helping value={helps}>
          <FactForm fields={fields} facts={facts} onChange={setFacts} />
        </Helping>
        <Gap words={gap} />
        <Refusal error={error} />
        {idle && (
          <p id={why} className="muted">
            {say(M.nothingToState, { step: step.name })}
          </p>
        )}
        <div className="actions">
          <Button
            tone={tone}
            type="submit"
            busy={busy !== null}
            disabled={idle}
            aria-describedby={idle ? why : undefined}
          >
            {say(step.name)}
          </Button>
          <Button tone="quiet" onClick={onClose}>
            {say(W.cancel)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};

/** Names the support that stays open when the matter is closed. */
const StillOpen = (props: { readonly kind: Kind; readonly matter: Asking; readonly step: Step }): ReactNode => {
  const say = useSay();
  const declared = useKinds().data;
  const { open } = useOpenSupports(props.matter, maySettle(props.kind, props.step));
  return open.map((one) => (
    <p key={one.id} className="consequence" data-matter={one.id}>
      {say(M.stillOpen, {
        id: one.id,
        state: stateName(kindOf(declared, one.kind), one.state),
        what: one.title,
        step: props.step.name,
      })}
    </p>
  ));
};
