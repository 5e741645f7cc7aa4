import type { Kind, Step } from '#core/matter/kind.ts';
import type { MatterView } from '#wire/api.ts';
import { ROOM_STEPS } from '../api/kinds.ts';

export interface OfferedStep {
  readonly id: string;
  readonly step: Step;
  readonly subject: string | null;
  readonly refused: MatterView['steps'][number]['refused'];
}

/**
 * The steps a person sees as buttons: primary first, then as declared, what is refused now last.
 * @param subject null for the steps of the matter itself, a force or unit for those of its part
 */
export const offeredSteps = (
  kind: Kind | undefined,
  matter: MatterView,
  subject: string | null,
): readonly OfferedStep[] => {
  if (kind === undefined) return [];
  const order = Object.keys(kind.steps);
  return matter.steps
    .flatMap((one) => {
      const step = kind.steps[one.step];
      const hidden =
        step === undefined || ROOM_STEPS.has(one.step) || one.subject !== subject || isOffer(kind, step, one.step);
      return hidden ? [] : [{ id: one.step, step, subject: one.subject, refused: one.refused }];
    })
    .toSorted((a, b) => weight(a, order) - weight(b, order));
};

/** Offering a force happens from its row among the candidates, not from a form. */
const isOffer = (kind: Kind, step: Step, id: string): boolean =>
  kind.dispatch?.offer === id && step.part?.from === 'none';

const weight = (one: OfferedStep, order: readonly string[]): number =>
  (one.refused === null ? 0 : 10_000) +
  (one.step.primary === true ? 0 : 1000) +
  (one.step.danger === undefined ? 0 : 500) +
  order.indexOf(one.id);
