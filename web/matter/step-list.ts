import type { Text } from '#core/base/text.ts';
import type { Kind, Step } from '#core/matter/kind.ts';
import type { MatterView } from '#wire/api.ts';
import { ROOM_STEPS } from '../api/kinds.ts';
import { wasReached } from './forces.ts';

export interface OfferedStep {
  readonly id: string;
  readonly step: Step;
  readonly subject: string | null;
  readonly refused: MatterView['steps'][number]['refused'];
}

/**
 * True while sending a force comes before any verb of the matter itself: forces can be sent and none has been there yet.
 * Then the button among the candidates is the primary one.
 */
export const sendingLeads = (kind: Kind, matter: MatterView): boolean =>
  matter.steps.some((one) => one.step === kind.dispatch?.offer && one.refused === null) && !wasReached(kind, matter);

/**
 * The steps a person sees as buttons: primary first unless a force must be sent before, then as declared, dangerous ones and
 * what is refused now last.
 * @param subject null for the steps of the matter itself, a force or unit for those of its part
 */
export const offeredSteps = (
  kind: Kind | undefined,
  matter: MatterView,
  subject: string | null,
): readonly OfferedStep[] => {
  if (kind === undefined) return [];
  const order = Object.keys(kind.steps);
  const leads = subject !== null || !sendingLeads(kind, matter);
  return matter.steps
    .flatMap((one) => {
      const step = kind.steps[one.step];
      const hidden =
        step === undefined || ROOM_STEPS.has(one.step) || one.subject !== subject || isOffer(kind, step, one.step);
      return hidden ? [] : [{ id: one.step, step, subject: one.subject, refused: one.refused }];
    })
    .toSorted((a, b) => weight(a, order, leads) - weight(b, order, leads));
};

export interface Refusals {
  readonly why: Text;
  readonly steps: readonly Step[];
}
/** Why steps cannot be taken now, each reason once with all it stands for. */
export const refusals = (steps: readonly OfferedStep[]): readonly Refusals[] => {
  const found = new Map<string, Refusals>();
  for (const { step, refused } of steps) {
    if (refused === null) continue;
    const before = found.get(refused.zh)?.steps ?? [];
    found.set(refused.zh, { why: refused, steps: [...before, step] });
  }
  return [...found.values()];
};

/** Offering a force happens from its row among the candidates, not from a form. */
const isOffer = (kind: Kind, step: Step, id: string): boolean =>
  kind.dispatch?.offer === id && step.part?.from === 'none';

const weight = (one: OfferedStep, order: readonly string[], leads: boolean): number =>
  (one.refused === null ? 0 : 10_000) +
  (one.step.primary === true && leads ? 0 : 1000) +
  (one.step.danger === undefined ? 0 : 500) +
  order.indexOf(one.id);
