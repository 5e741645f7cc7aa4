import type { Done, EventView, MatterRow, MatterView, RankingView } from '#wire/api.ts';
import type { Agenda } from '../agenda.ts';
import type { Drill, Wave } from '../drills/drill.ts';
import { drillNamed } from '../drills/index.ts';
import type { Asks } from '../link/client.ts';
import type { Picture } from '../link/picture.ts';
import { log } from '../log.ts';
import type { Manner } from '../settings.ts';
import { nextWanted } from './next.ts';
import type { Wanted } from './next.ts';
import { bilingual } from '../words.ts';

/** People have the first chance: this long after it last came to them, while no simulator has taken it over. */
const PEOPLE_FIRST_S = 90;
/** Once the simulator has taken a drill over it goes on at this pace. */
const PACE_S = 12;
/** A drill in which nothing happens is looked at again this often: forces may have become free. */
const LOOK_AGAIN_MS = 30_000;
/** The site's own clocks are nobody's doing. */
const SITE = 'system';
/** How a drill's incident is known again after a restart. */
const REFERENCE = 'drill:';

/** One drill that is being played: the incident and what it led to. */
export interface Playing {
  readonly drill: Drill;
  readonly root: string;
  readonly rows: Map<string, MatterRow>;
}

interface Play extends Playing {
  /** When it last came to whoever is at the desk: raised, taken up after a restart, or moved on by anyone. */
  since_ms: number;
  /** True once the simulator acted and no person after it. */
  taken: boolean;
  /** A command is under way; what it changes must be known before the next is thought of. */
  busy: boolean;
  ended: boolean;
}

export interface DispatcherSetup {
  readonly client: Asks;
  readonly picture: Picture;
  readonly agenda: Agenda;
  readonly manner: Manner;
  readonly onJoined: (row: MatterRow) => void;
  readonly onEnded: (playing: Playing) => void;
}

/** Raises drills and brings them to their end where no person does. */
export class Dispatcher {
  readonly #setup: DispatcherSetup;
  readonly #plays = new Map<string, Play>();
  /** Root of each matter of a drill. */
  readonly #rootOf = new Map<string, string>();
  readonly #asked = new Set<string>();

  constructor(setup: DispatcherSetup) {
    this.#setup = setup;
    setup.picture.watch({
      anew: () => void this.#lookAnew(),
      row: (row) => this.#onRow(row),
      event: (event) => this.#onEvent(event),
    });
  }

  get playing(): readonly Playing[] {
    return [...this.#plays.values()];
  }

  drillOf(matter: string): Drill | null {
    const root = this.#rootOf.get(matter);
    return root === undefined ? null : (this.#plays.get(root)?.drill ?? null);
  }

  /** Takes in the call; false when the server refused. */
  async raise(drill: Drill): Promise<boolean> {
    const facts = {
      narrative: bilingual(drill.narrative),
      place: bilingual(drill.place),
      where: { lon: drill.where[0], lat: drill.where[1] },
      category: drill.category,
      urgency: drill.urgency,
      people: drill.people,
      source: 'call',
      // Nobody's name and a number that cannot be dialled.
      caller_name: '演练来电人 Drill caller',
      caller_phone: '000-0000-0000',
      reference: `${REFERENCE}${drill.id}`,
      drill: true,
    };
    const done = await this.#setup.client.post<Done>('/api/matters', { kind: 'incident', facts });
    if (!done.ok) return false;
    log(`${done.value.matter} ${drill.title.zh} ${drill.title.en}`);
    await this.#adopt(done.value.matter, drill);
    return true;
  }

  /** Takes up the drills an earlier run left open. */
  async resume(): Promise<void> {
    const rows = [...this.#setup.picture.rows.values()];
    for (const row of rows) if (row.kind === 'incident') await this.#recognise(row.id);
    for (const row of rows) if (row.kind !== 'incident') await this.#join(row);
  }

  async #recognise(id: string): Promise<void> {
    if (this.#rootOf.has(id)) return;
    const view = await this.#view(id);
    const reference = view?.facts['reference']?.stated[0]?.value;
    if (typeof reference !== 'string' || !reference.startsWith(REFERENCE)) return;
    const drill = drillNamed(reference.slice(REFERENCE.length));
    if (drill !== null) await this.#adopt(id, drill);
  }

  async #adopt(root: string, drill: Drill): Promise<void> {
    const row = await this.#view(root);
    if (row === null || this.#plays.has(root)) return;
    this.#rootOf.set(root, root);
    const play: Play = {
      drill,
      root,
      rows: new Map([[root, row]]),
      since_ms: Date.now(),
      taken: false,
      busy: false,
      ended: false,
    };
    this.#plays.set(root, play);
    this.#setup.onJoined(row);
    this.#look(play);
  }

  async #view(id: string): Promise<MatterView | null> {
    const view = await this.#setup.client.get<MatterView>(`/api/matters/${id}`);
    return view.ok ? view.value : null;
  }

  #onRow(row: MatterRow): void {
    const root = this.#rootOf.get(row.id);
    const play = root === undefined ? undefined : this.#plays.get(root);
    if (play !== undefined) {
      play.rows.set(row.id, newer(play.rows.get(row.id), row));
      this.#look(play);
    } else if (row.kind !== 'incident' && row.open && !this.#asked.has(row.id)) {
      this.#asked.add(row.id);
      void this.#join(row);
    }
  }

  /** A whistle or a non-police matter belongs to the drill whose incident it came from. */
  async #join(row: MatterRow): Promise<void> {
    if (this.#rootOf.has(row.id)) return;
    const view = await this.#view(row.id);
    // After a restart the incident may be closed already while this goes on.
    for (const link of view?.links ?? []) await this.#recognise(link.to);
    const root = view?.links.find((link) => this.#plays.has(link.to))?.to;
    const play = root === undefined ? undefined : this.#plays.get(root);
    if (play === undefined || view === null) return;
    this.#rootOf.set(row.id, play.root);
    play.rows.set(row.id, view);
    this.#setup.onJoined(view);
    this.#look(play);
  }

  /** What closed while the link was lost is not told any more: asks. */
  async #lookAnew(): Promise<void> {
    this.#asked.clear();
    for (const play of this.#plays.values()) {
      for (const id of play.rows.keys()) {
        const view = await this.#view(id);
        if (view !== null) play.rows.set(id, newer(play.rows.get(id), view));
      }
      this.#look(play);
    }
  }

  #onEvent(event: EventView): void {
    const root = event.matter === null ? undefined : this.#rootOf.get(event.matter);
    const play = root === undefined ? undefined : this.#plays.get(root);
    // A clock that ran out changes the row, but is nobody's move.
    if (play === undefined || event.actor === SITE) return;
    play.since_ms = Date.now();
    if (event.actor !== this.#setup.picture.account) play.taken = false;
  }

  /** Plans the next look at a drill, leaving people their time. */
  #look(play: Play): void {
    if (play.busy || play.ended) return;
    const patience_ms = 1000 * this.#setup.manner.patience;
    const first_ms = PEOPLE_FIRST_S * patience_ms;
    const delay_ms = (play.taken ? PACE_S * patience_ms : first_ms) - (Date.now() - play.since_ms);
    this.#plan(play, Math.max(0, Math.min(delay_ms, first_ms)));
  }

  #plan(play: Play, delay_ms: number): void {
    this.#setup.agenda.plan(`drill/${play.root}`, delay_ms, () => this.#act(play));
  }

  async #act(play: Play): Promise<void> {
    const root = play.rows.get(play.root);
    if (root === undefined || this.#finished(play, root)) return;
    const related = [...play.rows.values()].filter((row) => row.id !== play.root);
    const wanted = nextWanted(play.drill, root, related);
    play.busy = true;
    let done: Done | null = null;
    try {
      if (wanted !== null) done = await this.#command(play, wanted);
      if (done !== null) await this.#catchUp(play, done);
    } finally {
      play.busy = false;
    }
    if (done === null) this.#plan(play, LOOK_AGAIN_MS);
    else this.#look(play);
  }

  async #command(play: Play, wanted: Wanted): Promise<Done | null> {
    play.taken = true;
    if (wanted.type === 'offer') return this.#offer(play, wanted.matter, wanted.wave);
    const { matter, step, facts } = wanted;
    const done = await this.#setup.client.post<Done>(`/api/matters/${matter}/steps/${step}`, { subject: null, facts });
    return done.ok ? done.value : null;
  }

  /** Learns what a command did, without waiting for the stream to tell. */
  async #catchUp(play: Play, done: Done): Promise<void> {
    for (const id of [done.matter, ...done.also]) {
      const known = play.rows.get(id);
      if (known !== undefined && known.seq >= done.seq) continue;
      const view = await this.#view(id);
      if (view !== null && known !== undefined) play.rows.set(id, newer(play.rows.get(id), view));
      else if (view !== null) await this.#join(view);
    }
  }

  #finished(play: Play, root: MatterRow): boolean {
    if ([...play.rows.values()].some((row) => row.open) || play.ended) return play.ended;
    // What a diverted incident goes on as is told a moment later than that it was diverted.
    if (root.outcome === 'diverted' && play.rows.size === 1) return false;
    play.ended = true;
    this.#plays.delete(play.root);
    this.#setup.agenda.cancel(`drill/${play.root}`);
    for (const id of play.rows.keys()) this.#rootOf.delete(id);
    log(`${root.id} ended: ${root.outcome ?? '-'}`);
    this.#setup.onEnded(play);
    return true;
  }

  /** Offers the matter to the best force of the sorts wanted. */
  async #offer(play: Play, matter: string, wave: Wave): Promise<Done | null> {
    const ranking = await this.#setup.client.get<RankingView>(`/api/matters/${matter}/candidates`);
    if (!ranking.ok) return null;
    const tried = play.rows.get(matter)?.parts.map((part) => part.subject) ?? [];
    const best = this.#best(ranking.value.candidates, tried, wave.prefer ?? []);
    if (best === null) {
      log(`${matter}: nobody can come`);
      return null;
    }
    const done = await this.#setup.client.post<Done>(`/api/matters/${matter}/engagements`, { force: best });
    return done.ok ? done.value : null;
  }

  /** The best ranked of a sort that was not tried yet; else the best of those not tried; else the best. */
  #best(candidates: RankingView['candidates'], tried: readonly string[], prefer: readonly string[]): string | null {
    const triedKinds = tried.map((id) => this.#kindOf(id));
    for (const kind of prefer) {
      const found = candidates.find((one) => this.#kindOf(one.force) === kind);
      if (found !== undefined && !triedKinds.includes(kind)) return found.force;
    }
    return (candidates.find((one) => !tried.includes(one.force)) ?? candidates[0])?.force ?? null;
  }

  #kindOf(force: string): string {
    return this.#setup.picture.forces.get(force)?.kind ?? '';
  }
}

const newer = (known: MatterRow | undefined, row: MatterRow): MatterRow =>
  known !== undefined && known.seq > row.seq ? known : row;
