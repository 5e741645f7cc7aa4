import type { Hash, SiteId } from '#core/base/ids.ts';
import type { Stamp } from '#core/base/instant.ts';
import type { Chain } from '#core/ledger/chain.ts';
import type { Matter } from '#core/matter/matter.ts';
import type { Position } from '#world/forces/force.ts';
import type { Answer } from './answers.ts';
import type { Ask } from './asks.ts';
import type { Standing } from './roster.ts';
import type { Reached, Views } from './views.ts';
import type { WeatherTold } from './weather.ts';

/** Raised whenever the shape of a line changes: an older snapshot is then left aside and the ledger folded anew. */
const SNAPSHOT_VERSION = 4;

/** One line of a snapshot, told apart by its first element. */
type Line =
  | readonly [
      'head',
      { readonly version: number; readonly declarations: Hash; readonly chain: Chain; readonly stamp: Stamp | null },
    ]
  | readonly ['ask', Ask]
  | readonly ['foreign', readonly (readonly [SiteId, Reached])[]]
  | readonly ['numbers', readonly (readonly [string, number])[]]
  | readonly ['force', Omit<Standing, 'state'>]
  | readonly ['position', Position]
  | readonly ['open', Matter]
  | readonly ['closed', Matter]
  | readonly ['answer', readonly [string, Answer]]
  | readonly ['weather', readonly [string, readonly WeatherTold[]]];

/** What a snapshot needs besides the views: where the ledger stood. */
export interface Standpoint {
  readonly chain: Chain;
  readonly stamp: Stamp | null;
}

/** The views as lines. Matters are immutable, so lines may be made while commands go on. */
export const snapshotLines = (views: Views, standpoint: Standpoint, declarations: Hash): Iterable<string> => {
  const { chain, stamp } = standpoint;
  const lines: Line[] = [
    ['head', { version: SNAPSHOT_VERSION, declarations, chain, stamp }],
    ['foreign', [...views.foreign]],
    ...views.asks.all().map((ask): Line => ['ask', ask]),
    ['numbers', [...views.numbers]],
    ...[...views.roster.all()].map(({ state: _, ...standing }): Line => ['force', standing]),
    ...[...views.positions.all()].map((position): Line => ['position', position]),
    ...[...views.book.open()].map((matter): Line => ['open', matter]),
    ...[...views.book.closed()].map((matter): Line => ['closed', matter]),
    ...[...views.answers.entries()].map((answer): Line => ['answer', answer]),
    ...[...views.weather.areas()].map((area): Line => ['weather', area]),
  ];
  return (function* () {
    for (const line of lines) yield JSON.stringify(line);
  })();
};

/**
 * Fills empty views from a snapshot's lines; answers where the ledger stood, or null when it is not usable (another version,
 * folded by other declarations, unreadable). On null the views must be thrown away.
 */
export const restore = (views: Views, lines: readonly string[], declarations: Hash): Standpoint | null => {
  let standpoint: Standpoint | null = null;
  try {
    for (const text of lines) {
      const line = JSON.parse(text) as Line;
      if (line[0] !== 'head') {
        if (standpoint === null) return null;
        put(views, line);
        continue;
      }
      if (line[1].version !== SNAPSHOT_VERSION || line[1].declarations !== declarations) return null;
      standpoint = { chain: line[1].chain, stamp: line[1].stamp };
      views.seq = line[1].chain.size;
    }
  } catch {
    return null;
  }
  return standpoint;
};

const put = (views: Views, line: Exclude<Line, readonly ['head', unknown]>): void => {
  switch (line[0]) {
    case 'ask':
      views.asks.put(line[1]);
      return;
    case 'foreign':
      for (const [origin, reached] of line[1]) views.reach(origin, reached);
      return;
    case 'numbers':
      for (const [day, running] of line[1]) views.numbers.set(day, running);
      return;
    case 'force':
      views.roster.put(line[1]);
      return;
    case 'position':
      views.positions.restore(line[1]);
      return;
    case 'open':
      views.restore(line[1]);
      return;
    case 'weather':
      views.weather.put(line[1][0], line[1][1]);
      return;
    case 'closed':
      views.book.putLean(line[1]);
      return;
    case 'answer':
      views.answers.put(line[1][0], line[1][1]);
  }
};

/** True when the ledger's event at the snapshot's end is the one it was made after. */
export const belongs = (standpoint: Standpoint, hashAt: Hash | null): boolean => standpoint.chain.last === hashAt;
