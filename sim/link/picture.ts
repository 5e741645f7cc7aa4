import type { EventView, ForceView, MatterRow, Session, StreamMessage } from '#wire/api.ts';
import type { Client } from './client.ts';

/** Who wants to know of changes. */
export interface Watcher {
  readonly force?: (force: ForceView) => void;
  readonly row?: (row: MatterRow) => void;
  readonly event?: (event: EventView) => void;
}

/** What the server says there is: all forces, and the open matters. Kept live by the stream. */
export class Picture {
  readonly forces = new Map<string, ForceView>();
  /** Open matters by number. */
  readonly rows = new Map<string, MatterRow>();
  /** The simulator's own account. */
  account = '';
  readonly #client: Client;
  readonly #watchers: Watcher[] = [];
  /** Messages that came while everything was being loaded; null when nothing is. */
  #waiting: StreamMessage[] | null = [];

  constructor(client: Client) {
    this.#client = client;
  }

  watch(watcher: Watcher): void {
    this.#watchers.push(watcher);
  }

  /** Takes a message of the stream; `reset` is the sign that everything must be loaded again. */
  take(message: StreamMessage): void {
    if (message.type === 'reset') {
      void this.load();
      return;
    }
    if (this.#waiting !== null) this.#waiting.push(message);
    else this.#apply(message);
  }

  /** Loads everything; false when the server did not answer. */
  async load(): Promise<boolean> {
    this.#waiting ??= [];
    const [session, forces, matters] = await Promise.all([
      this.#client.get<Session>('/api/session'),
      this.#client.get<{ forces: ForceView[] }>('/api/forces'),
      this.#client.get<{ rows: MatterRow[] }>('/api/matters?state=open&limit=500'),
    ]);
    if (!session.ok || !forces.ok || !matters.ok) return false;
    this.account = session.value.account;
    const waiting = this.#waiting;
    this.#waiting = null;
    for (const force of forces.value.forces) this.#force(force);
    for (const row of matters.value.rows) this.#row(row);
    for (const message of waiting) this.#apply(message);
    return true;
  }

  #apply(message: StreamMessage): void {
    if (message.type !== 'batch') return;
    for (const event of message.events) for (const watcher of this.#watchers) watcher.event?.(event);
    for (const force of message.forces) this.#force(force);
    for (const row of message.rows) this.#row(row);
    for (const id of message.gone) this.rows.delete(id);
  }

  #force(force: ForceView): void {
    this.forces.set(force.id, force);
    for (const watcher of this.#watchers) watcher.force?.(force);
  }

  #row(row: MatterRow): void {
    const known = this.rows.get(row.id);
    if (known !== undefined && known.seq > row.seq) return;
    if (row.open) this.rows.set(row.id, row);
    else this.rows.delete(row.id);
    for (const watcher of this.#watchers) watcher.row?.(row);
  }
}
