import type { SiteId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';

/** Neighbours hear from each other at least this often. */
export const BEAT_MS = 2_000;
/** After so long without a word a link counts as cut: longer than a slow satellite link keeps one waiting. */
export const CUT_MS = 9_000;
/** Clocks that differ by more than this are told to people. */
export const SKEW_MS_MAX = 2_000;
/** Measurements the difference of clocks is taken from: the one with the shortest way counts (RFC 5905 §10). */
const SAMPLES = 8;

/** Says that the sender is there, and what time it is there. */
export interface Beat {
  readonly type: 'beat';
  /** Wall clock of the sender. */
  readonly sent: Instant;
  /** The last beat heard from the receiver, as it stood there, and when it came by the sender's wall clock. */
  readonly echo: { readonly sent: Instant; readonly heard: Instant } | null;
}

interface Sample {
  readonly skew_ms: number;
  readonly roundTrip_ms: number;
}

/** The link to a neighbour as one end knows it. */
export interface LinkState {
  readonly peer: SiteId;
  readonly linked: boolean;
  /** Of the steady clock: when it was found linked or cut; null before either. */
  readonly since: number | null;
  /** Of the steady clock: when the neighbour was last heard; null when never. */
  readonly heard: number | null;
  /** How far the neighbour's wall clock is ahead of ours; null until measured. */
  readonly skew_ms: number | null;
  readonly roundTrip_ms: number | null;
}

export type LinkChange = { readonly type: 'linked' | 'cut'; readonly peer: SiteId };

/** Both clocks of a site at one moment: the wall, which may be set, and one that only ever goes on. */
export interface Clocks {
  readonly wall: Instant;
  readonly steady: number;
}

interface Known {
  linked: boolean;
  since: number | null;
  heard: number | null;
  echo: Beat['echo'];
  samples: readonly Sample[];
}

/**
 * Which neighbours can be heard, and how far their clocks are off (rule S10). A link counts as linked with the first word that comes
 * over it and as cut when none came for `CUT_MS`, whatever the transport believes.
 */
export class Links {
  readonly #known: ReadonlyMap<SiteId, Known>;

  constructor(neighbours: readonly SiteId[]) {
    this.#known = new Map(
      neighbours.map((peer) => [peer, { linked: false, since: null, heard: null, echo: null, samples: [] }]),
    );
  }

  /** Something came from a neighbour. @returns what changed by that; a stranger changes nothing */
  heard(peer: SiteId, { steady }: Clocks): readonly LinkChange[] {
    const known = this.#known.get(peer);
    if (known === undefined) return [];
    known.heard = steady;
    if (known.linked) return [];
    known.linked = true;
    known.since = steady;
    return [{ type: 'linked', peer }];
  }

  /** A beat came; the word itself was `heard`. Offset and delay are those of RFC 5905 §8. */
  beaten(peer: SiteId, beat: Beat, { wall }: Clocks): void {
    const known = this.#known.get(peer);
    if (known === undefined) return;
    known.echo = { sent: beat.sent, heard: wall };
    if (beat.echo === null) return;
    const [t1, t2, t3, t4] = [beat.echo.sent, beat.echo.heard, beat.sent, wall];
    const roundTrip_ms = t4 - t1 - (t3 - t2);
    // A clock that was set meanwhile measures nothing.
    if (roundTrip_ms < 0 || roundTrip_ms > CUT_MS) known.samples = [];
    else known.samples = [...known.samples, { skew_ms: (t2 - t1 + t3 - t4) / 2, roundTrip_ms }].slice(-SAMPLES);
  }

  /** What to send to each neighbour, linked or not: somebody has to say the first word. */
  beats({ wall }: Clocks): readonly { readonly to: SiteId; readonly beat: Beat }[] {
    return [...this.#known].map(([to, { echo }]) => ({ to, beat: { type: 'beat', sent: wall, echo } }));
  }

  /** Links that fell silent. */
  silent({ steady }: Clocks): readonly LinkChange[] {
    const changes: LinkChange[] = [];
    for (const [peer, known] of this.#known) {
      known.since ??= steady;
      if (!known.linked || steady - (known.heard ?? steady) < CUT_MS) continue;
      known.linked = false;
      known.since = known.heard;
      known.samples = [];
      known.echo = null;
      changes.push({ type: 'cut', peer });
    }
    return changes;
  }

  states(): readonly LinkState[] {
    return [...this.#known].map(([peer, { linked, since, heard, samples }]) => {
      const best = samples.reduce<Sample | null>(
        (sofar, one) => (sofar === null || one.roundTrip_ms < sofar.roundTrip_ms ? one : sofar),
        null,
      );
      return {
        peer,
        linked,
        since,
        heard,
        skew_ms: best === null ? null : Math.round(best.skew_ms),
        roundTrip_ms: best === null ? null : Math.round(best.roundTrip_ms),
      };
    });
  }
}
