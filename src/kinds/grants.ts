import type { Grant } from '#core/matter/kind.ts';
import type { RoleName } from './roles.ts';

/** A role without any bond to the matter. */
export const role = (name: RoleName): Grant => ({ role: name });
/** A role, when it acts for the subject of the part the step is about. */
export const forSubject = (name: RoleName): Grant => ({ role: name, bound: 'subject' });
/** A role, while it acts for an active subject of that part of the matter. */
export const inPart = (name: RoleName, part: string): Grant => ({ role: name, bound: { part } });
/** The same, and still after it has worked on the matter. */
export const keptInPart = (name: RoleName, part: string): Grant => ({ role: name, bound: { part, kept: true } });
/** A role, when it acts for the unit that fact names. */
export const forFact = (name: RoleName, fact: string): Grant => ({ role: name, bound: { fact } });
/** Whoever raised the matter in that role. */
export const raiser = (name: RoleName): Grant => ({ role: name, bound: 'raiser' });
/** Whoever holds the receipt. */
export const RECEIPT: Grant = { role: 'reporter', bound: 'receipt' };
/** The command room: dispatchers and the duty commander. */
export const COMMAND: readonly Grant[] = [role('dispatcher'), role('commander')];
