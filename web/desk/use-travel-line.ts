import type { ForceView } from '#wire/api.ts';
import { signOf } from '../text/names.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { useClosables, useConditions } from '../travel/data.ts';
import { parseTravel, type TravelCommand, type TravelHint, travelHints, travelVerb } from './command-travel.ts';
import { useTell } from './notices.tsx';
import type { TravelDoing } from './use-command.ts';
import { D } from './words.ts';

/** What a line about travel means, what it may become, and what it does. */
export const useTravelLine = (
  line: string,
  props: { readonly forces: readonly ForceView[]; readonly travel: TravelDoing },
) => {
  const say = useSay();
  const lang = useLanguage();
  const tell = useTell();
  const verb = travelVerb(line)?.verb ?? null;
  const { things } = useClosables(verb === 'close' || verb === 'open');
  const closures = useConditions().data?.closures ?? [];
  const { closes, onClose, onOpenAgain, onReach } = props.travel;
  const from = { things, closures, forces: props.forces, closes, sign: (one: ForceView) => signOf(one, lang) };
  const command = parseTravel(line, from);
  const gap = (one: TravelCommand): string | null => {
    if (one.type === 'close') return one.thing === null ? say(D.noSuchThing, { n: one.words }) : null;
    if (one.type === 'open') return one.closed === null ? say(D.noSuchClosed, { n: one.words }) : null;
    return one.force === null ? say(D.noSuchForce, { n: one.words }) : null;
  };
  /** True when something was done; otherwise it was said why not. */
  const run = (): boolean => {
    if (command === null) return false;
    const title = gap(command);
    if (title !== null) tell({ tone: 'warning', title });
    if (command.type === 'close' && command.thing !== null) onClose(command.thing);
    if (command.type === 'open' && command.closed !== null) onOpenAgain(command.closed);
    if (command.type === 'reach' && command.force !== null) onReach(command.force, command.minutes ?? undefined);
    return title === null;
  };
  const take = (hint: TravelHint): void => {
    if (hint.type === 'close') onClose(hint.thing);
    else if (hint.type === 'open') onOpenAgain(hint.closed);
    else onReach(hint.force, hint.minutes ?? undefined);
  };
  return {
    verb: command === null && verb !== 'reach' && !closes ? null : verb,
    command,
    run,
    take,
    hints: travelHints(line, from),
  };
};
