import type { Kind } from '#core/matter/kind.ts';
import type { MatterRow } from '#wire/api.ts';

type Standing = Pick<MatterRow, 'open' | 'state' | 'parts'>;

/** Whether forces can be sent to it in this state. */
export const takesForces = (kind: Kind, state: string): boolean => {
  const from = kind.dispatch === undefined ? undefined : kind.steps[kind.dispatch.offer]?.from;
  return from !== undefined && (from === '*' || from === 'open' || from.includes(state));
};

/** Whether a force is on the spot or has been there. Back in its first state a matter begins anew. */
export const wasReached = (kind: Kind, { state, parts }: Standing): boolean =>
  state !== kind.initial &&
  parts.some(
    (one) => kind.dispatch?.shows[one.state] === 'on_scene' || kind.parts[one.part]?.states[one.state]?.keeps === true,
  );

/** Nobody is bound by it yet, and someone should be sent. A kind this page does not know waits for nobody. */
export const isWaiting = (row: Standing, kind: Kind | undefined): boolean =>
  kind !== undefined &&
  row.open &&
  takesForces(kind, row.state) &&
  !row.parts.some((part) => part.active) &&
  !wasReached(kind, row);
