import { Worker } from 'node:worker_threads';
import type { Engines } from '#app/dispatching.ts';
import type { Keeper } from '#engines/travel/keeper.ts';
import type { ServedPlaces } from '../http/context.ts';
import { keeperOf, preparedKeeper, Unprepared } from './kept.ts';
import { enginesOn, inPlace, layersOf, PlaceError, readPlace } from './load.ts';
import type { Made } from './preparing.ts';
import { loadTravel } from './travel.ts';

/** A place that is served while it is made ready for travel. */
export interface OpenPlace {
  readonly served: ServedPlaces;
  /** Their travel is null until the place is ready. */
  readonly engines: () => Engines;
  /**
   * Makes the place ready for travel: reads what is kept beside it, a piece at a turn. Where something is missing, a thread of its own makes it.
   * Answers false when it was closed before.
   * @param turn lets others go on
   * @param preparing told when something has to be made, which takes seconds
   * @throws PlaceError
   */
  readonly makeReady: (turn: () => Promise<void>, preparing: () => void) => Promise<boolean>;
  /** Ends what is still being made. */
  readonly close: () => Promise<void>;
}

/** Opens a place directory for a server. @throws PlaceError naming the file that is missing or not JSON */
export const openPlace = (dir: string): OpenPlace => {
  const place = inPlace(dir, () => readPlace(dir));
  const preparation = new Preparation(dir);
  let engines = enginesOn(place, null);
  let layers = layersOf(dir, place, null);
  const open = async (keeper: Keeper, turn: () => Promise<void>): Promise<void> => {
    const drawn = layersOf(dir, place, keeper);
    const travel = loadTravel(dir, place.land, place.piers, keeper);
    for (const _ of travel.ground.ready()) await turn();
    engines = enginesOn(place, travel);
    layers = drawn;
  };
  const makeReady: OpenPlace['makeReady'] = async (turn, preparing) => {
    try {
      await open(preparedKeeper(dir), turn);
    } catch (error) {
      if (!(error instanceof Unprepared)) throw error;
      preparing();
      const made = await preparation.done();
      if (made === null) return false;
      await open(keeperOf(dir, new Map(made)), turn);
    }
    return true;
  };
  return {
    served: { ...place.served, layers: () => layers },
    engines: () => engines,
    makeReady: (...how) =>
      makeReady(...how).catch((error: unknown) => {
        throw new PlaceError(dir, error);
      }),
    close: () => preparation.stop(),
  };
};

/** Room for young objects of that thread; as much as the server has would only lie about. */
const YOUNG_MB = 6;

/** The thread that makes what is missing. */
class Preparation {
  readonly #dir: string;
  #worker: Worker | null = null;
  #isStopped = false;

  constructor(dir: string) {
    this.#dir = dir;
  }

  /** Null when it was stopped before. */
  async done(): Promise<Made | null> {
    if (this.#isStopped) return null;
    const worker = new Worker(new URL('./preparing.ts', import.meta.url), {
      workerData: this.#dir,
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    this.#worker = worker;
    return new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => resolve(null));
    });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#worker?.terminate();
  }
}
