import { type KeyboardEvent, useState } from 'react';
import type { ForceView, MatterRow } from '#wire/api.ts';
import { useKinds, usePlaces } from '../api/cache.ts';
import { kindOf } from '../api/kinds.ts';
import type { Place } from '../api/places.ts';
import { takesForces } from '../matter/forces.ts';
import { signOf } from '../text/names.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { type Command, find, type Found, type Hint, hints, matterOf, parseCommand, type Ranked } from './command.ts';
import { useFound, useRanking } from './data.ts';
import { useTell } from './notices.tsx';
import type { Closable } from '../travel/closable.ts';
import type { Closed, TravelHint } from './command-travel.ts';
import { useTravelLine } from './use-travel-line.ts';
import { D } from './words.ts';

export interface CommandProps {
  readonly rows: readonly MatterRow[];
  readonly forces: readonly ForceView[];
  readonly onMatter: (row: MatterRow) => void;
  readonly onForce: (force: ForceView) => void;
  readonly onPlace: (place: Place) => void;
  readonly onDispatch: (matter: string, force: string) => void;
  readonly sends: boolean;
  readonly travel: TravelDoing;
}
/** What the line can do about travel. */
export interface TravelDoing {
  readonly closes: boolean;
  readonly onClose: (thing: Closable) => void;
  readonly onOpenAgain: (closed: Closed) => void;
  readonly onReach: (force: ForceView, minutes: number | undefined) => void;
}
export type Listed = Found | Hint | TravelHint;

export interface CommandState {
  readonly line: string;
  readonly type: (line: string) => void;
  readonly listed: readonly Listed[];
  /** Index of the one the keys are at. */
  readonly at: number;
  /** Does what a row of the list stands for. */
  readonly choose: (one: Listed) => void;
  readonly key: (event: KeyboardEvent<HTMLInputElement>) => void;
}

/** What stands in the line, what it may mean, and what the keys do about it. */
export const useCommand = (props: CommandProps): CommandState => {
  const [line, setLine] = useState('');
  const [at, setAt] = useState(0);
  /** True once the person moved in the list: only then does Enter send what is merely suggested. */
  const [moved, setMoved] = useState(false);
  const ranked = useRanked(line, props);
  const travel = useTravelLine(line, props);
  const dispatches = useHints(line, ranked, props);
  const suggested: readonly (Hint | TravelHint)[] = travel.verb === null ? dispatches : travel.hints;
  const places = usePlaces().data ?? [];
  const command = parseCommand(line, props.rows, props.forces, ranked);
  const searched = command.type === 'search' && suggested.length === 0 && travel.command === null;
  const also = useFound(searched ? command.words : '');
  const listed: readonly Listed[] = searched ? find(command.words, props.rows, props.forces, places, also) : suggested;
  const here = listed[Math.min(at, listed.length - 1)];
  const fill = (next: string): void => {
    setLine(next);
    setAt(0);
    setMoved(false);
  };
  const leave = (): void => {
    fill('');
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };
  const tellGap = useGapTeller(props.rows);
  const send = (matter: string, force: string): void => {
    if (tellGap({ type: 'dispatch', matter, force })) return;
    props.onDispatch(matter, force);
    leave();
  };
  const choose = (one: Listed): void => {
    if (isHint(one) && !isTravel(one)) {
      if (one.type === 'send') send(one.matter, one.force.id);
      else fill(one.line);
      return;
    }
    if (isTravel(one)) travel.take(one);
    if (one.type === 'matter') props.onMatter(one.row);
    if (one.type === 'force') props.onForce(one.force);
    if (one.type === 'place') props.onPlace(one.place);
    leave();
  };
  const run = (): void => {
    if (travel.command !== null && !moved) {
      if (travel.run()) leave();
    } else if (command.type === 'dispatch' && !moved) {
      if (props.sends) send(command.matter, command.force);
    } else if (here === undefined || (command.type === 'no-rank' && !moved)) tellGap(command);
    else if (isHint(here) && !moved) fill(here.line);
    else choose(here);
  };
  const step = (by: -1 | 1): void => {
    setAt(Math.max(0, Math.min(at + by, listed.length - 1)));
    setMoved(true);
  };
  const key = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    const completes = event.key === 'Tab' && !event.shiftKey && here !== undefined && isHint(here);
    if (event.key === 'Escape') leave();
    else if (event.key === 'Enter') run();
    else if (event.key === 'ArrowDown') step(1);
    else if (event.key === 'ArrowUp') step(-1);
    else if (completes) fill(here.line);
    if (completes || ['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key)) event.preventDefault();
  };
  return { line, type: fill, listed, at: Math.min(at, listed.length - 1), choose, key };
};

/** A hint carries the line it leads to; a find does not. */
export const isHint = (one: Listed): one is Hint | TravelHint => 'line' in one;
const TRAVEL: ReadonlySet<string> = new Set(['close', 'open', 'reach']);
const isTravel = (one: Listed): one is TravelHint => TRAVEL.has(one.type);

/** The candidates of the matter the line speaks of; null while they are not known. */
const useRanked = (line: string, { rows, sends }: CommandProps): readonly Ranked[] | null => {
  const matter = matterOf(line, rows);
  const placed = rows.some((row) => row.id === matter && row.position !== null);
  return useRanking(matter ?? '', sends && placed).data?.candidates ?? null;
};

const useHints = (
  line: string,
  ranked: readonly Ranked[] | null,
  { rows, forces, sends }: CommandProps,
): readonly Hint[] => {
  const lang = useLanguage();
  const declared = useKinds().data;
  if (!sends) return [];
  return hints(line, {
    rows,
    forces,
    ranked: ranked ?? [],
    takesForces: (row) => {
      const kind = kindOf(declared, row.kind);
      return kind !== undefined && takesForces(kind, row.state);
    },
    sign: (force) => signOf(force, lang),
  });
};

/** Says what a line names that is not there or takes no forces; true when there was something to say. */
const useGapTeller = (rows: readonly MatterRow[]): ((command: Command) => boolean) => {
  const say = useSay();
  const tell = useTell();
  const declared = useKinds().data;
  const wordsOf = (command: Command): string | null => {
    switch (command.type) {
      case 'no-matter':
        return say(D.noSuchMatter, { n: command.number });
      case 'no-force':
        return say(D.noSuchForce, { n: command.sign });
      case 'no-rank':
        return say(command.ranked ? D.noSuchRank : D.notRanked, { n: command.sign });
      case 'dispatch': {
        const row = rows.find((one) => one.id === command.matter);
        const kind = kindOf(declared, row?.kind ?? '');
        return kind !== undefined && kind.dispatch === undefined ? say(D.takesNoForces) : null;
      }
      default:
        return null;
    }
  };
  return (command) => {
    const title = wordsOf(command);
    if (title !== null) {
      const about = command.type === 'dispatch' ? { about: command.matter } : {};
      tell({ tone: 'warning', title, ...about });
    }
    return title !== null;
  };
};
