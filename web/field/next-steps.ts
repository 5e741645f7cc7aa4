import type { Kind, Step } from '#core/matter/kind.ts';
import type { MatterView } from '#wire/api.ts';
import { type Action, waiting } from './queue.ts';

export interface MyStep {
  readonly id: string;
  readonly step: Step;
}

/** My part as it will be once all that waits on this phone has been sent. */
export const myPartState = (
  kind: Kind,
  matter: Pick<MatterView, 'id' | 'parts'>,
  unit: string,
  actions: readonly Action[],
): string | null => {
  const part = matter.parts.find((one) => one.subject === unit);
  const state = part?.state ?? null;
  return waiting(actions)
    .filter((one) => one.matter === matter.id && one.subject === unit)
    .reduce<string | null>((now, one) => kind.steps[one.step]?.part?.to ?? now, state);
};

/**
 * The steps on my own part, the next verb first. While nothing waits the server's own list is taken; while something does,
 * the declaration says what follows, so that the phone goes on without a link.
 */
export const mySteps = (
  kind: Kind,
  matter: MatterView,
  unit: string,
  actions: readonly Action[],
): readonly MyStep[] => {
  const offline = waiting(actions).some((one) => one.matter === matter.id && one.subject === unit);
  const state = myPartState(kind, matter, unit, actions);
  const mine = offline
    ? Object.entries(kind.steps).filter(([, step]) => follows(step, state))
    : matter.steps
        .filter((one) => one.subject === unit && one.refused === null)
        .flatMap((one): [string, Step][] => {
          const step = kind.steps[one.step];
          return step === undefined ? [] : [[one.step, step]];
        });
  const order = Object.keys(kind.steps);
  return mine
    .map(([id, step]) => ({ id, step }))
    .toSorted(
      (a, b) =>
        Number(b.step.primary === true) - Number(a.step.primary === true) || order.indexOf(a.id) - order.indexOf(b.id),
    );
};

/** Whether the step ends my part: the matter then leaves this phone, so a slip must be easy to take back. */
export const endsMyPart = (kind: Kind, step: Step): boolean =>
  step.part !== undefined && kind.parts[step.part.of]?.states[step.part.to]?.active === false;

/** Part steps from this state that someone bound to the part takes; those of the command room are not for the phone. */
const follows = (step: Step, state: string | null): boolean =>
  step.part !== undefined &&
  state !== null &&
  step.part.from !== 'none' &&
  step.part.from.includes(state) &&
  step.who.some((grant) => grant.bound === 'subject');
