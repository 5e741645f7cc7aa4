import { useState } from 'react';
import type { LonLat } from '#core/base/geo.ts';
import type { ForceView } from '#wire/api.ts';
import type { Closable } from '../travel/closable.ts';
import { FIRST_PROFILE, type ReachQuestion, whoIs } from '../travel/data.ts';

/** What the pane of travel covers of the map. */
export const PANE_PX = 300;

export type PaneName = 'closures' | 'reach' | 'weather';

/** Where an isochrone begins: where a force was when it was asked, or a point. */
export interface Origin {
  readonly force: string | null;
  readonly at: LonLat;
  /** Turnout of the force; 0 for a point. */
  readonly turnout_s: number;
}
export const MINUTES = [5, 10, 20, 30] as const;

export interface ReachState {
  readonly from: Origin | null;
  readonly profile: string;
  readonly minutes: readonly number[];
}

/** The pane of travel over the map, and what is being chosen in it. */
export interface TravelState {
  readonly pane: PaneName | null;
  readonly show: (pane: PaneName | null) => void;
  /** Something to close is being chosen on the map. */
  readonly choosing: boolean;
  readonly aimed: string | null;
  readonly aim: (id: string | null) => void;
  /** What is about to be closed. */
  readonly thing: Closable | null;
  /** Begins to choose, or goes on to the form with what was chosen. */
  readonly close: (thing: Closable | null) => void;
  readonly stopClosing: () => void;
  readonly reach: ReachState;
  readonly setReach: (change: Partial<ReachState>) => void;
  readonly question: ReachQuestion | null;
  readonly pickingPoint: boolean;
  readonly pickPoint: (picking: boolean) => void;
  readonly reachFrom: (force: ForceView, minutes?: number) => void;
  /** Folds what was opened last; false when there was nothing of travel to fold. */
  readonly fold: () => boolean;
}

const whereIs = (force: ForceView): LonLat => {
  const { lon, lat } = force.position ?? force.home;
  return [lon, lat];
};

/** The question of what is chosen; null while there is nothing to ask. */
export const questionOf = ({ from, profile, minutes }: ReachState): ReachQuestion | null =>
  from === null || minutes.length === 0
    ? null
    : {
        profile,
        turnout_s: from.turnout_s,
        from: from.at,
        limits_s: minutes.toSorted((a, b) => a - b).map((one) => one * 60),
      };

export const useTravel = (): TravelState => {
  const [pane, setPane] = useState<PaneName | null>(null);
  const [closing, setClosing] = useState<'no' | 'choosing' | Closable>('no');
  const [aimed, aim] = useState<string | null>(null);
  const [pickingPoint, pickPoint] = useState(false);
  const [reach, change] = useState<ReachState>({ from: null, profile: FIRST_PROFILE, minutes: MINUTES });
  const setReach = (next: Partial<ReachState>): void => change((held) => ({ ...held, ...next }));
  const stopClosing = (): void => {
    setClosing('no');
    aim(null);
  };
  const show = (next: PaneName | null): void => {
    setPane(next);
    stopClosing();
    pickPoint(false);
  };
  const reachFrom = (force: ForceView, minutes?: number): void => {
    const { profile, turnout_s } = whoIs(force);
    show('reach');
    setReach({
      from: { force: force.id, at: whereIs(force), turnout_s },
      profile,
      ...(minutes === undefined ? {} : { minutes: [minutes] }),
    });
  };
  const close = (thing: Closable | null): void => {
    show('closures');
    setClosing(thing ?? 'choosing');
  };
  const fold = (): boolean => {
    if (pickingPoint) pickPoint(false);
    else if (closing !== 'no') stopClosing();
    else if (reach.from !== null && (pane === 'reach' || pane === null)) setReach({ from: null });
    else if (pane !== null) setPane(null);
    else return false;
    return true;
  };
  return {
    pane,
    show,
    aimed,
    aim,
    close,
    stopClosing,
    reach,
    setReach,
    pickingPoint,
    pickPoint,
    reachFrom,
    fold,
    choosing: closing === 'choosing',
    thing: typeof closing === 'string' ? null : closing,
    question: questionOf(reach),
  };
};
