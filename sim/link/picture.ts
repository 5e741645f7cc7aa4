import type { EventView, ForceView, MatterRow, Session, StreamMessage } from '#wire/api.ts';
import type { Asks } from './client.ts';

/** The server did not answer: asked again after this long. */
const RETRY_MS = 2000;

/** Who wants to know of changes. */
export interface Watcher {
  /** Everything is about to be told anew: the link was lost, and what was tried meanwhile may have failed. */
  readonly anew?: () => void;
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
  readonly #client: Asks;
  readonly #watchers: Watcher[] = [];
  /** Messages that came while everything was being loaded; null when nothing is. */
  #waiting: StreamMessage[] | null = null;
  #loaded = false;

  constructor(client: Asks) {
    this.#client = client;
  }

  watch(watcher: Watcher): void {
    this.#watchers.push(watcher);
  }

  /** Takes a message of the stream. A link that begins again may have missed something: everything is loaded again. */
  take(message: StreamMessage): void {
    if (message.type === 'batch') {
      if (this.#waiting !== null) this.#waiting.push(message);
      else this.#apply(message);
    } else if (this.#loaded && this.#waiting === null) void this.load();
  }

  /** Loads everything, asking until the server answers. */
  async load(): Promise<void> {
    this.#waiting = [];
    while (!(await this.#loadOnce())) await pause(RETRY_MS);
    const waiting = this.#waiting;
    this.#waiting = null;
    this.#loaded = true;
    for (const message of waiting) this.#apply(message);
  }

  async #loadOnce(): Promise<boolean> {
    const [session, forces, matters] = await Promise.all([
      this.#client.get<Session>('/api/session'),
      this.#client.get<{ forces: ForceView[] }>('/api/forces'),
      this.#client.get<{ rows: MatterRow[] }>('/api/matters?state=open&limit=500'),
    ]);
    if (!session.ok || !forces.ok || !matters.ok) return false;
    this.account = session.value.account;
    this.rows.clear();
    for (const watcher of this.#watchers) watcher.anew?.();
    for (const force of forces.value.forces) this.#force(force);
    for (const row of matters.value.rows) this.#row(row);
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

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
