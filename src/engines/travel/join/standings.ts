import type { RoadMetric } from '../road/roads.ts';
import type { Ground } from './place.ts';
import { Standing } from './standing.ts';

/** Who stands where, for every way of moving under every set of closures asked about. */
export class Standings {
  readonly #ground: Ground;
  readonly #known = new WeakMap<RoadMetric, Standing>();
  /** Ways of moving of the last question. */
  readonly #asked = new Map<RoadMetric, Standing>();

  constructor(ground: Ground) {
    this.#ground = ground;
  }

  of(metric: RoadMetric): Standing {
    const standing = this.#known.get(metric) ?? new Standing(this.#ground, metric);
    this.#known.set(metric, standing);
    this.#asked.set(metric, standing);
    return standing;
  }

  /** Forgets crowds larger than it is worth to remember. Only between questions: while one is answered, keys given out stay good. */
  makeRoom(): void {
    for (const [metric, standing] of this.#asked) if (standing.isCrowded) this.#known.delete(metric);
    this.#asked.clear();
  }
}
