import type { Hash, MatterId } from '#core/base/ids.ts';
import { compareStamps } from '#core/base/instant.ts';
import type { Envelope } from '#core/ledger/envelope.ts';
import { evolve } from '#core/matter/evolve.ts';
import type { Kind } from '#core/matter/kind.ts';
import type { Matter } from '#core/matter/matter.ts';

export type Kinds = ReadonlyMap<string, Kind>;

/** Closed matters kept whole in memory; the others are folded from the ledger when someone asks. */
const WHOLE_CLOSED_MAX = 500;

/**
 * All matters of the site. Open ones are whole; of closed ones a lean form stays (row, units, links), enough to list them and
 * to judge who may see them.
 */
export class Book {
  readonly #kinds: Kinds;
  readonly #open = new Map<MatterId, Matter>();
  readonly #lean = new Map<MatterId, Matter>();
  readonly #whole = new Map<MatterId, Matter>();
  readonly #receipts = new Map<Hash, Set<MatterId>>();
  /** Closed matters that went on from their lean form while a ledger was folded: to be folded anew from the beginning. */
  readonly #halves = new Set<MatterId>();

  constructor(kinds: Kinds) {
    this.#kinds = kinds;
  }

  /** Folds one event of a matter; the matter after it, or null when its kind is not known here. */
  fold(event: Envelope): Matter | null {
    const id = event.matter;
    const kind = this.#kinds.get(event.kind);
    if (id === null || kind === undefined) return null;
    const before = this.#open.get(id) ?? this.#whole.get(id) ?? null;
    const known = before ?? this.#lean.get(id) ?? null;
    if (before === null && known !== null) this.#halves.add(id);
    const after = evolve(kind, known, event);
    this.put(after);
    return after;
  }

  /** Places a matter, e.g. from a snapshot or folded anew from the ledger. */
  put(matter: Matter): void {
    const kind = this.#kinds.get(matter.kind);
    if (kind === undefined) return;
    this.#noteReceipt(matter);
    if (kind.states[matter.state]?.open === true) {
      this.#open.set(matter.id, matter);
      this.#lean.delete(matter.id);
      this.#whole.delete(matter.id);
      return;
    }
    this.#open.delete(matter.id);
    // Set anew, so that the order stays that of the last change.
    this.#lean.delete(matter.id);
    this.#lean.set(matter.id, lean(kind, matter));
    this.keepWhole(matter);
  }

  /** A receipt is shared by the matter it was given for and those that follow it. */
  #noteReceipt(matter: Matter): void {
    if (matter.receipt === null) return;
    const holders = this.#receipts.get(matter.receipt);
    if (holders === undefined) this.#receipts.set(matter.receipt, new Set([matter.id]));
    else holders.add(matter.id);
  }

  /** Remembers a closed matter whole, as the one used last. */
  keepWhole(matter: Matter): void {
    this.#whole.delete(matter.id);
    this.#whole.set(matter.id, matter);
  }

  /** Lets go of closed matters not used lately. Never in the middle of a command: those just used stay. */
  trim(): void {
    for (const id of this.#whole.keys()) {
      if (this.#whole.size <= WHOLE_CLOSED_MAX) return;
      this.#whole.delete(id);
    }
  }

  /** Places a closed matter of which only the lean form is known. */
  putLean(matter: Matter): void {
    this.#noteReceipt(matter);
    this.#lean.set(matter.id, matter);
  }

  /** The matter as far as memory holds it, whole when it is open or was used lately. */
  find(id: MatterId): { readonly matter: Matter; readonly whole: boolean } | null {
    const whole = this.#open.get(id) ?? this.#whole.get(id);
    if (whole !== undefined) return { matter: whole, whole: true };
    const matter = this.#lean.get(id);
    return matter === undefined ? null : { matter, whole: false };
  }

  /** Matters to be folded anew, and none after this call. */
  takeHalves(): readonly MatterId[] {
    const halves = [...this.#halves];
    this.#halves.clear();
    return halves;
  }

  /** Where a receipt leads: the latest open matter that has it, else the latest one. */
  byReceipt(receipt: Hash): MatterId | null {
    const holders = [...(this.#receipts.get(receipt) ?? [])]
      .map((id) => this.find(id)?.matter)
      .filter((one) => one !== undefined);
    holders.sort((a, b) => compareStamps(a.raised, b.raised));
    const open = holders.filter((one) => this.#open.has(one.id));
    return (open.at(-1) ?? holders.at(-1))?.id ?? null;
  }

  open(): IterableIterator<Matter> {
    return this.#open.values();
  }

  /** Closed matters in their lean form, in the order they were closed. */
  closed(): IterableIterator<Matter> {
    return this.#lean.values();
  }

  /** Every file some matter names, of those that are not erased. */
  files(): ReadonlySet<string> {
    const files = new Set<string>();
    for (const matters of [this.#open.values(), this.#lean.values()]) {
      for (const matter of matters) if (!matter.erased) for (const file of this.filesOf(matter)) files.add(file);
    }
    return files;
  }

  filesOf(matter: Matter): readonly string[] {
    const facts = this.#kinds.get(matter.kind)?.facts;
    return Object.keys(matter.facts)
      .filter((name) => facts?.[name]?.type === 'file')
      .flatMap(
        (name) => matter.facts[name]?.stated.map((one) => one.value).filter((value) => typeof value === 'string') ?? [],
      );
  }

  get openCount(): number {
    return this.#open.size;
  }

  get closedCount(): number {
    return this.#lean.size;
  }
}

/** What a list, an access check and the sweep of files need of a closed matter. */
const lean = (kind: Kind, matter: Matter): Matter => {
  const keep = new Set([...kind.row.title, kind.row.place, kind.row.position, kind.row.urgency]);
  const facts: Record<string, Matter['facts'][string]> = {};
  for (const name in matter.facts) {
    const fact = matter.facts[name];
    const type = kind.facts[name]?.type;
    if (fact !== undefined && (keep.has(name) || type === 'unit' || type === 'file')) facts[name] = fact;
  }
  return { ...matter, facts };
};
