import FlatQueue from 'flatqueue';
import type { ForceId, Hash, MatterId, SiteId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Envelope, StoredEvent } from '#core/ledger/envelope.ts';
import { parseEvent } from '#core/ledger/parse.ts';
import { nextDue } from '#core/matter/clocks.ts';
import type { Matter } from '#core/matter/matter.ts';
import { Answers } from './answers.ts';
import { Asks } from './asks.ts';
import { Book } from './book.ts';
import type { Kinds } from './book.ts';
import { Closures } from './closures.ts';
import { Positions } from './positions.ts';
import { FORCE_REGISTER, Roster } from './roster.ts';
import { WEATHER_REGISTER, WeatherBook } from './weather.ts';

/** Where the folding of another site's ledger stands: the last event, and its hash. */
export interface Reached {
  readonly seq: number;
  readonly last: Hash;
}

/** What one event changed in the views; the stream tells it to the screens. */
export interface Folded {
  readonly event: Envelope;
  /** See `Views.position`, with this event. */
  readonly position: number;
  /** The matter before and after it; null before it was raised. */
  readonly before: Matter | null;
  readonly matter: Matter | null;
  readonly forces: readonly ForceId[];
}

/** Everything computed from the ledger. It may be thrown away and folded anew at any time. */
export class Views {
  readonly site: SiteId;
  readonly kinds: Kinds;
  readonly book: Book;
  readonly roster = new Roster();
  readonly positions = new Positions(this.roster);
  readonly answers = new Answers();
  readonly asks = new Asks();
  readonly closures = new Closures();
  readonly weather = new WeatherBook();
  /** Highest running number used per `PREFIX-YYMMDD`. */
  readonly numbers = new Map<string, number>();
  /** Sequence number of the last event of this site that was folded. */
  seq = 0;
  readonly #foreign = new Map<SiteId, Reached>();
  #foreignCount = 0;
  readonly #timers = new FlatQueue<MatterId>();
  /** The deadline each matter waits for on the timer. */
  readonly #watched = new Map<MatterId, Instant>();

  constructor(site: SiteId, kinds: Kinds) {
    this.site = site;
    this.kinds = kinds;
    this.book = new Book(kinds);
  }

  fold(event: Envelope): Folded {
    this.seq = event.seq;
    const folded = this.#fold(event);
    if (folded.matter === null) return folded;
    if (event.type === 'raised') this.countNumber(folded.matter.id);
    if (folded.before?.clocks !== folded.matter.clocks) this.watch(folded.matter);
    this.answers.fold(event, folded.matter);
    return folded;
  }

  /**
   * Folds an event of another site's ledger; null for one of a later version. Its clocks run there, its numbers are counted there, its commands
   * were answered there.
   */
  foldStored(origin: SiteId, { seq, text, hash }: StoredEvent): Folded | null {
    this.reach(origin, { seq, last: hash });
    const parsed = parseEvent(text);
    return parsed.ok && parsed.value.known ? this.#fold(parsed.value.envelope) : null;
  }

  /** How far each other site's ledger was folded. */
  get foreign(): ReadonlyMap<SiteId, Reached> {
    return this.#foreign;
  }

  reach(origin: SiteId, reached: Reached): void {
    this.#foreignCount += reached.seq - (this.#foreign.get(origin)?.seq ?? 0);
    this.#foreign.set(origin, reached);
  }

  #fold(event: Envelope): Folded {
    if (event.kind === FORCE_REGISTER) {
      const force = this.roster.fold(event);
      if (force !== null && this.roster.get(force)?.on_duty === false) this.positions.forget(force);
      return { event, position: this.position, before: null, matter: null, forces: force === null ? [] : [force] };
    }
    if (event.kind === WEATHER_REGISTER) this.weather.fold(event);
    this.asks.fold(event);
    const before = event.matter === null ? null : (this.book.find(event.matter)?.matter ?? null);
    const matter = this.book.fold(event);
    if (matter === null) return { event, position: this.position, before, matter, forces: [] };
    this.#closed(matter);
    return { event, position: this.position, before, matter, forces: this.#engaged(before, matter) };
  }

  /** Forces whose standing changed: none, unless the matter's parts moved or it was closed or opened. */
  #engaged(before: Matter | null, matter: Matter): readonly ForceId[] {
    const kind = this.kinds.get(matter.kind);
    const same = before !== null && before.parts === matter.parts && before.state === matter.state;
    return kind === undefined || same ? [] : this.roster.engage(kind, matter);
  }

  #closed(matter: Matter): void {
    const kind = this.kinds.get(matter.kind);
    if (kind?.closes !== undefined) this.closures.fold(kind, matter);
  }

  /** All events folded, of whatever site: rises with every one. */
  get position(): number {
    return this.seq + this.#foreignCount;
  }

  /** Places an open matter from a snapshot. */
  restore(matter: Matter): void {
    this.book.put(matter);
    if (matter.site === this.site) this.watch(matter);
    this.#closed(matter);
  }

  /** Puts a matter's next deadline on the timer. */
  watch(matter: Matter): void {
    const due = nextDue(matter);
    if (due === null || this.#watched.get(matter.id) === due) return;
    this.#watched.set(matter.id, due);
    this.#timers.push(matter.id, due);
  }

  /** When the next clock may run out; null while none runs. One that has been stopped since may still be named. */
  nextDue(): Instant | null {
    return (this.#timers.peekValue() as Instant | undefined) ?? null;
  }

  /** Matters one of whose clocks may be due by `now`; each is answered once per deadline. */
  takeDue(now: Instant): readonly MatterId[] {
    const due = new Set<MatterId>();
    for (let next = this.#timers.peekValue(); next !== undefined && next <= now; next = this.#timers.peekValue()) {
      const id = this.#timers.pop();
      if (id !== undefined) due.add(id);
    }
    return [...due].filter((id) => this.#isDue(id, now));
  }

  /** False for a deadline that was overtaken: the clock was stopped or moved since. */
  #isDue(id: MatterId, now: Instant): boolean {
    this.#watched.delete(id);
    const matter = this.book.find(id)?.matter;
    const due = matter === undefined ? null : nextDue(matter);
    if (matter !== undefined && due !== null && due > now) this.watch(matter);
    return due !== null && due <= now;
  }

  /** Counts a matter's number, so that it is never given again. */
  countNumber(id: MatterId): void {
    const dash = id.lastIndexOf('-');
    const day = id.slice(0, dash);
    const running = Number(id.slice(dash + 1));
    if (running > (this.numbers.get(day) ?? 0)) this.numbers.set(day, running);
  }
}
