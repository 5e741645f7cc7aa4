import type { LonLat } from '#core/base/geo.ts';
import { QUAY_M, takesBoats } from '../hubs.ts';
import type { Hub } from '../hubs.ts';
import type { Keeper } from '../keeper.ts';
import {
  berthsPrint,
  crossingsPrint,
  crossingsUnder,
  decodeBerths,
  decodeCrossings,
  encodeBerths,
  encodeCrossings,
  makeCrossings,
} from '../sea/crossings.ts';
import type { Berths, Crossings } from '../sea/crossings.ts';
import type { BoatClass, DraughtClass, Sea, SeaField } from '../sea/water.ts';

/** Fields of the sea that are kept, 160 KB each for a coast like Zhoushan’s: one per free boat, a few per place asked about. */
const FIELDS = 48;
/** Sets of closed areas whose crossings are kept, for each class of boats once. */
const CLOSED = 12;

const AT_A_TURN = 10;

/** Ways by sea between hubs. What costs time and does not depend on the day is kept from one start to the next. */
export class HubWaters {
  readonly #hubs: readonly Hub[];
  readonly #seas: ReadonlyMap<string, Sea>;
  readonly #keeper: Keeper;
  readonly #berths = new Map<string, Berths>();
  readonly #open = new Map<string, Crossings>();
  readonly #closed = new Map<string, Float64Array>();
  readonly #fields = new Map<string, SeaField>();

  constructor(hubs: readonly Hub[], seas: ReadonlyMap<string, Sea>, keeper: Keeper) {
    this.#hubs = hubs;
    this.#seas = seas;
    this.#keeper = keeper;
  }

  /** Makes, some at a turn, what questions about these boats would otherwise make. */
  *ready(boats: Iterable<BoatClass>): Generator<void> {
    for (const boat of boats) {
      yield void this.#openFor(boat);
      const sea = this.#seas.get(boat.draught.id);
      for (const [hub, at] of this.#berthsOf(boat.draught).entries()) {
        if (at !== null) sea?.look(at);
        if (hub % AT_A_TURN === 0) yield;
      }
    }
  }

  /** Where a class of hulls lies off a hub; null where it cannot come. */
  berth({ draught }: BoatClass, hub: number): LonLat | null {
    return this.#berthsOf(draught)[hub] ?? null;
  }

  /** Ways by sea to a hub; null where the boat cannot come there. */
  fieldTo(boat: BoatClass, hub: number, closedAreas: ReadonlySet<string>): SeaField | null {
    const point = this.berth(boat, hub);
    return point === null ? null : this.fieldAt(boat, point, closedAreas);
  }

  /** Ways by sea to a place; null where there is no sea. The same places are asked about again and again: matters, and the hubs near them. */
  fieldAt(boat: BoatClass, at: LonLat, closedAreas: ReadonlySet<string>): SeaField | null {
    return this.#field(boat, at, 'to', closedAreas);
  }

  /** Ways by sea from where a boat lies: one field for all piers it might come to. Null where there is no sea. */
  fieldFrom(boat: BoatClass, at: LonLat, closedAreas: ReadonlySet<string>): SeaField | null {
    return this.#field(boat, at, 'from', closedAreas);
  }

  #field(boat: BoatClass, at: LonLat, direction: 'from' | 'to', closedAreas: ReadonlySet<string>): SeaField | null {
    const sea = this.#seas.get(boat.draught.id);
    if (sea === undefined) return null;
    const key = `${boat.id}|${direction}|${at[0]},${at[1]}|${wordsOf(closedAreas)}`;
    return remembered(this.#fields, key, FIELDS, () => sea.field(at, direction, boat, closedAreas));
  }

  /** Seconds and metres by sea from every hub where boats take people aboard to another of them, side by side: `[2 × from]`. Infinity where there is no way. */
  crossingsTo(boat: BoatClass, to: number, closedAreas: ReadonlySet<string>): Float64Array {
    const count = this.#hubs.length;
    return this.#crossings(boat, closedAreas).subarray(2 * to * count, 2 * (to + 1) * count);
  }

  #crossings(boat: BoatClass, closedAreas: ReadonlySet<string>): Float64Array {
    const open = this.#openFor(boat);
    const sea = this.#seas.get(boat.draught.id);
    if (closedAreas.size === 0 || sea === undefined) return open.cost;
    return remembered(this.#closed, `${boat.id}|${wordsOf(closedAreas)}`, CLOSED, () =>
      crossingsUnder(sea, boat, this.#landings(boat), open, closedAreas),
    );
  }

  /** Crossings of a class of boats while nothing is closed; all of them are made at once. */
  #openFor(boat: BoatClass): Crossings {
    const known = this.#open.get(boat.id);
    if (known !== undefined) return known;
    const made = this.#kept(boat);
    this.#open.set(boat.id, made);
    return made;
  }

  #kept(boat: BoatClass): Crossings {
    const count = this.#hubs.length;
    const sea = this.#seas.get(boat.draught.id);
    if (sea === undefined)
      return { cost: new Float64Array(2 * count * count).fill(Infinity), through: new Uint8Array() };
    const berths = this.#landings(boat);
    const print = crossingsPrint(sea, boat, berths);
    return this.#keeper.keep(`crossings-${boat.id}`, {
      read: (bytes) => decodeCrossings(bytes, print, count, sea.closable),
      make: () => makeCrossings(sea, boat, berths),
      write: (made) => encodeCrossings(made, print),
    });
  }

  /** Where it lies off the hubs where people go aboard. */
  #landings({ draught }: BoatClass): Berths {
    return this.#berthsOf(draught).map((at, hub) => (takesBoats(this.#hubs[hub] as Hub) ? at : null));
  }

  #berthsOf(draught: DraughtClass): Berths {
    const known = this.#berths.get(draught.id);
    if (known !== undefined) return known;
    const made = this.#keptBerths(draught);
    this.#berths.set(draught.id, made);
    return made;
  }

  #keptBerths(draught: DraughtClass): Berths {
    const sea = this.#seas.get(draught.id);
    if (sea === undefined) return this.#hubs.map(() => null);
    const print = berthsPrint(sea, [QUAY_M, this.#hubs.map((hub) => [hub.sea ?? hub.at, mayCome(hub, draught)])]);
    return this.#keeper.keep(`berths-${draught.id}`, {
      read: (bytes) => decodeBerths(bytes, print, this.#hubs.length),
      make: () => this.#hubs.map((hub) => (mayCome(hub, draught) ? sea.join(hub.sea ?? hub.at, QUAY_M) : null)),
      write: (made) => encodeBerths(made, print),
    });
  }
}

const mayCome = (hub: Hub, { draught_m }: DraughtClass): boolean =>
  hub.kind !== 'helipad' && (hub.draught_m === null || hub.draught_m >= draught_m);

const wordsOf = (closedAreas: ReadonlySet<string>): string => [...closedAreas].toSorted().join(',');

/** What is known by a key, or else made and remembered; of more than `most` the one not asked for longest goes. */
const remembered = <T>(known: Map<string, T>, key: string, most: number, make: () => T): T => {
  const found = known.has(key) ? (known.get(key) as T) : make();
  known.delete(key);
  known.set(key, found);
  if (known.size > most) known.delete(known.keys().next().value as string);
  return found;
};
