import type { ForceId, MatterId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Actor } from '#core/matter/actor.ts';
import type { Matter } from '#core/matter/matter.ts';
import type { Envelope } from '#core/ledger/envelope.ts';
import { eventView, forceView } from '#app/queries/matter-view.ts';
import { rowOf, sees } from '#app/queries/rows.ts';
import type { Folded, Views } from '#app/views/views.ts';
import { WEATHER_REGISTER } from '#app/views/weather.ts';

/** Changes are gathered this long and sent together: one paint for many events. */
export const BATCH_MS = 100;
/** Events kept for screens that lost the link for a moment. */
const KEEP_EVENTS = 5000;
/** Bytes a slow screen may lag behind before it is cut off; it resumes from its position. */
const LAG_BYTES_MAX = 4_000_000;
/** Roles that see every force. */
const SEES_FORCES = ['dispatcher', 'commander', 'auditor', 'admin'];

/** One open screen. */
export interface Screen {
  readonly actor: () => Actor | null;
  readonly send: (message: string) => void;
  /** Bytes not yet taken by the network. */
  readonly lag: () => number;
  readonly drop: () => void;
}

interface Pending {
  /** What changed, as it was before each change: whoever saw that and may not see what became of it is told that it is gone. */
  readonly matters: Map<MatterId, Matter[]>;
  readonly events: Envelope[];
  readonly forces: Set<ForceId>;
}

export const seesForce = (actor: Actor, force: string): boolean =>
  actor.units.includes(force) || actor.roles.some((role) => SEES_FORCES.includes(role));

/** Tells every open screen what changed, in batches, and only what its session may see. */
export class Hub {
  readonly #views: Views;
  readonly #now: () => Instant;
  readonly #screens = new Set<Screen>();
  #recent: Folded[] = [];
  #pending: Pending = empty();

  constructor(views: Views, now: () => Instant) {
    this.#views = views;
    this.#now = now;
  }

  get screens(): number {
    return this.#screens.size;
  }

  /** Takes over what became durable. */
  publish(folded: readonly Folded[]): void {
    for (const one of folded) {
      this.#recent.push(one);
      gather(this.#pending, one);
    }
    if (this.#recent.length > KEEP_EVENTS * 2) this.#recent = this.#recent.slice(-KEEP_EVENTS);
  }

  /** A force reported where it is. */
  moved(force: ForceId): void {
    this.#pending.forces.add(force);
  }

  /**
   * Opens the stream for a screen.
   * @param after position it has seen; null: it has just loaded everything
   */
  join(screen: Screen, after: number | null): () => void {
    const seq = this.#views.position;
    this.#screens.add(screen);
    screen.send(JSON.stringify({ type: 'hello', seq, now_ms: this.#now() }));
    if (after !== null) this.#resume(screen, after);
    return () => this.#screens.delete(screen);
  }

  /** Sends what has gathered. Called every `BATCH_MS`. */
  flush(): void {
    const pending = this.#pending;
    if (pending.events.length + pending.forces.size === 0) return;
    this.#pending = empty();
    if (this.#screens.size === 0) return;
    const rows = new Map<MatterId, string>();
    const forces = new Map<ForceId, string>();
    for (const screen of this.#screens) this.#sendBatch(screen, pending, rows, forces);
  }

  /** What a screen missed; all forces among it, because where they are is in no event. */
  #resume(screen: Screen, after: number): void {
    const seq = this.#views.position;
    const oldest = this.#recent[0]?.position ?? seq + 1;
    if (after > seq || after < oldest - 1) {
      screen.send(JSON.stringify({ type: 'reset', seq, now_ms: this.#now() }));
      return;
    }
    const missed = empty();
    for (const one of this.#recent) if (one.position > after) gather(missed, one);
    for (const standing of this.#views.roster.all()) missed.forces.add(standing.force.id);
    this.#sendBatch(screen, missed, new Map(), new Map());
  }

  #sendBatch(screen: Screen, pending: Pending, rows: Map<MatterId, string>, forces: Map<ForceId, string>): void {
    const actor = screen.actor();
    if (actor === null || screen.lag() > LAG_BYTES_MAX) {
      screen.drop();
      return;
    }
    const rowTexts: string[] = [];
    const gone: MatterId[] = [];
    for (const [id, befores] of pending.matters) {
      if (this.#sees(actor, id)) rowTexts.push(cached(rows, id, () => this.#rowText(id)));
      else if (befores.some((before) => sees(this.#views.kinds, actor, before))) gone.push(id);
    }
    const events = pending.events
      .filter((event) => this.#seesEvent(actor, event))
      .map((event) => this.#eventText(event, actor));
    const forceTexts = [...pending.forces]
      .filter((force) => seesForce(actor, force))
      .map((force) => cached(forces, force, () => this.#forceText(force)));
    if (rowTexts.length + events.length + forceTexts.length + gone.length === 0) return;
    screen.send(
      `{"type":"batch","seq":${this.#views.position},"now_ms":${this.#now()},"rows":[${rowTexts.join(',')}],"events":[${events.join(',')}],` +
        `"forces":[${forceTexts.join(',')}],"gone":${JSON.stringify(gone)}}`,
    );
  }

  #sees(actor: Actor, id: MatterId): boolean {
    const matter = this.#views.book.find(id)?.matter;
    return matter !== undefined && sees(this.#views.kinds, actor, matter);
  }

  #seesEvent(actor: Actor, event: Envelope): boolean {
    if (event.matter !== null) return this.#sees(actor, event.matter);
    if (event.kind === WEATHER_REGISTER) return true;
    const force = (event.body as { readonly id?: string }).id;
    return force !== undefined && seesForce(actor, force);
  }

  #rowText(id: MatterId): string {
    const matter = this.#views.book.find(id)?.matter;
    const kind = matter === undefined ? undefined : this.#views.kinds.get(matter.kind);
    return matter === undefined || kind === undefined ? 'null' : JSON.stringify(rowOf(kind, matter));
  }

  #eventText(event: Envelope, actor: Actor): string {
    const matter = event.matter === null ? null : (this.#views.book.find(event.matter)?.matter ?? null);
    return JSON.stringify(eventView(this.#views, event, matter, actor));
  }

  #forceText(force: ForceId): string {
    const standing = this.#views.roster.get(force);
    return standing === null ? 'null' : JSON.stringify(forceView(this.#views, standing));
  }
}

const empty = (): Pending => ({ matters: new Map(), events: [], forces: new Set() });

const gather = (pending: Pending, { event, before, matter, forces }: Folded): void => {
  pending.events.push(event);
  if (matter !== null) {
    const befores = pending.matters.get(matter.id) ?? [];
    if (before !== null) befores.push(before);
    pending.matters.set(matter.id, befores);
  }
  for (const force of forces) pending.forces.add(force);
};

const cached = <K>(cache: Map<K, string>, key: K, make: () => string): string => {
  const known = cache.get(key);
  if (known !== undefined) return known;
  const made = make();
  cache.set(key, made);
  return made;
};
