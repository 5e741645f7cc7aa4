import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import type { Kind } from '#core/matter/kind.ts';
import type { MatterView } from '#wire/api.ts';
import * as calls from '../api/calls.ts';
import { KEYS } from '../api/cache.ts';
import { makeKeys } from '../api/keys.ts';
import { asked } from '../api/kinds.ts';
import { useSay } from '../text/say.ts';
import { M } from '../text/matter-words.ts';
import { W } from '../text/words.ts';
import { Refusal } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Helping, type Helps, useHelps } from './context.tsx';
import { FactForm, filled, missing } from './fact-form.tsx';
import { type OfferedStep, offeredSteps, sendingLeads } from './step-list.ts';

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
  const cache = useQueryClient();
  const [open, setOpen] = useState<OfferedStep | null>(null);
  const [all, setAll] = useState(false);
  const [busy, setBusy] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const steps = offeredSteps(kind, matter, subject);
  if (steps.length === 0) return null;
  const quiet = small === true || sendingLeads(kind, matter);
  const room = small === true ? SHOWN_SMALL : SHOWN;
  const shown = all || steps.length <= room ? steps : steps.slice(0, room);
  const now = async (one: OfferedStep): Promise<void> => {
    setBusy(one.id);
    setError(null);
    try {
      await calls.takeStep(matter.id, one.id, { subject });
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(null);
      await cache.invalidateQueries({ queryKey: KEYS.matter(matter.id) });
    }
  };
  return (
    <div className={small === true ? 'steps steps-small' : 'steps'}>
      {shown.map((one, index) => (
        <Button
          key={one.id}
          data-step={one.id}
          tone={toneOf(one, index, quiet)}
          busy={busy === one.id}
          disabled={one.refused !== null}
          title={one.refused === null ? undefined : say(M.unavailableStep, { step: one.step.name, why: one.refused })}
          onClick={() => (isPlain(kind, one) ? void now(one) : setOpen(one))}
        >
          {say(one.step.name)}
        </Button>
      ))}
      {shown.length < steps.length && (
        <Button tone="quiet" onClick={() => setAll(true)}>
          {say(M.more)}
        </Button>
      )}
      <Refusal error={error} />
      {open !== null && <StepDialog kind={kind} matter={matter} offered={open} onClose={() => setOpen(null)} />}
    </div>
  );
};

const toneOf = (one: OfferedStep, index: number, quiet: boolean): 'primary' | 'plain' | 'danger' => {
  if (one.step.danger !== undefined) return 'danger';
  return index === 0 && one.step.primary === true && !quiet ? 'primary' : 'plain';
};
const isPlain = (kind: Kind, one: OfferedStep): boolean =>
  one.step.danger === undefined && asked(kind, one.step.takes).length === 0;

/** What is still to be filled in. */
const Gap = ({ words }: { readonly words: string | null }): ReactNode =>
  words !== null && (
    <p className="refusal" role="alert">
      {words}
    </p>
  );

/** What the face lends, and where the matter is. */
const useNear = (near: MatterView['position']): Helps => {
  const lent = useHelps();
  return useMemo(() => ({ ...lent, near }), [lent, near]);
};

/** Asks for what the step takes, with the consequence in words where it cannot be undone. */
export const StepDialog = (props: {
  readonly kind: Kind;
  readonly matter: Pick<MatterView, 'id' | 'position'>;
  readonly offered: OfferedStep;
  readonly onClose: () => void;
  /** Takes the step another way, e.g. through the phone's queue. */
  readonly take?: (facts: calls.Facts) => void;
}): ReactNode => {
  const say = useSay();
  const cache = useQueryClient();
  const { kind, matter, offered, onClose } = props;
  const [facts, setFacts] = useState<calls.Facts>({});
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [gap, setGap] = useState<string | null>(null);
  // Pressing twice, or again after a lost answer, does it once.
  const [keys] = useState(makeKeys);
  const helps = useNear(matter.position);
  const fields = asked(kind, offered.step.takes);
  const take = async (): Promise<void> => {
    const first = missing(fields, facts);
    setGap(first === null ? null : say(W.notFilled, { name: first.fact.name }));
    if (first !== null) return;
    setBusy(true);
    setError(null);
    try {
      const stated = filled(facts);
      if (props.take === undefined)
        await calls.takeStep(matter.id, offered.id, { subject: offered.subject, facts: stated }, keys(stated));
      else props.take(stated);
      onClose();
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
      await cache.invalidateQueries({ queryKey: KEYS.matter(matter.id) });
    }
  };
  return (
    <Dialog title={say(offered.step.name)} onClose={onClose}>
      <form
        className="form"
        onSubmit={(event) => {
          event.preventDefault();
          void take();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.ctrlKey) void take();
        }}
      >
        {offered.step.danger !== undefined && <p className="consequence">{say(offered.step.danger)}</p>}
        <Helping value={helps}>
          <FactForm fields={fields} facts={facts} onChange={setFacts} />
        </Helping>
        <Gap words={gap} />
        <Refusal error={error} />
        <div className="actions">
          <Button tone={offered.step.danger === undefined ? 'primary' : 'danger'} type="submit" busy={busy}>
            {say(offered.step.name)}
          </Button>
          <Button tone="quiet" onClick={onClose}>
            {say(W.cancel)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
};
