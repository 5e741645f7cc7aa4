import type { LonLat } from '#core/base/geo.ts';
import type { Text } from '#core/base/text.ts';
import type { ForceKind, Tier } from '#world/forces/force.ts';

/** Forces sent together, once the matter has reached the tier they are called at. */
export interface Wave {
  readonly tier: Tier;
  /** Forces of this wave. */
  readonly count: number;
  /** Sorts of forces wanted first; the best ranked of all when none of them can come. */
  readonly prefer?: readonly ForceKind[];
  /** Why the tier is called; needed by every wave above the tier the matter begins at. */
  readonly why?: Text;
}

/** Departments named in a whistle. */
export interface Whistle {
  readonly departments: readonly string[];
  readonly ask: Text;
  readonly thanks: Text;
}

/** What a scenario turns into when it is none for the police. */
export interface Divert {
  readonly why: Text;
  readonly topic: string;
  readonly agency: string;
  readonly tier: 'street' | 'district' | 'city';
  /** What the reporter said when called back. */
  readonly call_back: Text;
}

/** A scenario of the mission, played as a drill. Everything in it is invented; places are real. */
export interface Drill {
  readonly id: string;
  readonly title: Text;
  readonly place: Text;
  readonly where: LonLat;
  readonly category: string;
  readonly urgency: '1' | '2' | '3' | '4';
  readonly people: number;
  /** What the caller says. */
  readonly narrative: Text;
  /** What the crews report. */
  readonly report: Text;
  /** Seconds of work on the scene, in the field's own time. */
  readonly work_s: readonly [least: number, most: number];
  readonly waves: readonly Wave[];
  readonly whistle?: Whistle;
  readonly divert?: Divert;
  readonly ending: 'settled' | 'unfounded' | 'no_action' | 'handed_over';
  readonly result: Text;
  readonly feedback: Text;
}
