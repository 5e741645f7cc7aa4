import type { Done, EventView, MatterRow, MatterView, RankingView } from '#wire/api.ts';
import type { Agenda } from '../agenda.ts';
import { bilingual } from '../conduct.ts';
import type { Drill, Wave } from '../drills/drill.ts';
import { drillNamed } from '../drills/index.ts';
import type { Client } from '../link/client.ts';
import type { Picture } from '../link/picture.ts';
import { log } from '../log.ts';
import type { Manner } from '../settings.ts';
import { nextWanted } from './next.ts';

/** People have the first chance: this long after a drill came in, or after a person last did something in it. */
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
  /** When a person last did something in it; null when nobody did. */
  person_ms: number | null;
  readonly raised_ms: number;
  /** True once the simulator acted and no person after it. */
  taken: boolean;
  ended: boolean;
}

export interface DispatcherSetup {
  readonly client: Client;
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
    setup.picture.watch({ row: (row) => this.#onRow(row), event: (event) => this.#onEvent(event) });
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
      place: drill.place.zh,
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
    for (const row of rows) if (row.kind === 'incident') await this.#recognise(row);
    for (const row of rows) if (row.kind !== 'incident') await this.#join(row);
  }

  async #recognise(row: MatterRow): Promise<void> {
    if (this.#rootOf.has(row.id)) return;
    const view = await this.#view(row.id);
    const reference = view?.facts['reference']?.stated[0]?.value;
    if (typeof reference !== 'string' || !reference.startsWith(REFERENCE)) return;
    const drill = drillNamed(reference.slice(REFERENCE.length));
    if (drill !== null) await this.#adopt(row.id, drill);
  }

  async #adopt(root: string, drill: Drill): Promise<void> {
    const row = await this.#view(root);
    if (row === null || this.#plays.has(root)) return;
    this.#rootOf.set(root, root);
    const play = { drill, root, rows: new Map([[root, row]]), person_ms: null, raised_ms: row.raised_ms, taken: false, ended: false };
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
      play.rows.set(row.id, row);
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
    const root = view?.links.find((link) => this.#plays.has(link.to))?.to;
    const play = root === undefined ? undefined : this.#plays.get(root);
    if (play === undefined || view === null) return;
    this.#rootOf.set(row.id, play.root);
    play.rows.set(row.id, view);
    this.#setup.onJoined(view);
    this.#look(play);
  }

  #onEvent(event: EventView): void {
    const root = event.matter === null ? undefined : this.#rootOf.get(event.matter);
    const play = root === undefined ? undefined : this.#plays.get(root);
    if (play === undefined || event.actor === SITE || event.actor === this.#setup.picture.account) return;
    play.person_ms = event.time_ms;
    play.taken = false;
  }

  /** Plans the next look at a drill, leaving people their time. */
  #look(play: Play): void {
    const patience_ms = 1000 * this.#setup.manner.patience;
    const since_ms = play.person_ms ?? play.raised_ms;
    const delay_ms = play.taken ? PACE_S * patience_ms : since_ms + PEOPLE_FIRST_S * patience_ms - Date.now();
    this.#setup.agenda.plan(`drill/${play.root}`, Math.max(0, Math.min(delay_ms, PEOPLE_FIRST_S * patience_ms)), () => this.#act(play));
  }

  async #act(play: Play): Promise<void> {
    const root = play.rows.get(play.root);
    if (root === undefined || this.#finished(play, root)) return;
    const related = [...play.rows.values()].filter((row) => row.id !== play.root);
    const wanted = nextWanted(play.drill, root, related);
    // What changes wakes it sooner; this is for what becomes possible without a change in the drill itself.
    this.#setup.agenda.plan(`drill/${play.root}`, LOOK_AGAIN_MS, () => this.#act(play));
    if (wanted === null) return;
    play.taken = true;
    if (wanted.type === 'offer') await this.#offer(play, wanted.matter, wanted.wave);
    else await this.#setup.client.post<Done>(`/api/matters/${wanted.matter}/steps/${wanted.step}`, { subject: null, facts: wanted.facts });
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
  async #offer(play: Play, matter: string, wave: Wave): Promise<void> {
    const ranking = await this.#setup.client.get<RankingView>(`/api/matters/${matter}/candidates`);
    if (!ranking.ok) return;
    const { candidates } = ranking.value;
    const engaged = play.rows.get(matter)?.parts.map((part) => part.subject) ?? [];
    const kindsSent = engaged.map((id) => this.#kindOf(id));
    const wanted = (wave.prefer ?? []).filter((kind) => !kindsSent.includes(kind));
    const best =
      wanted.map((kind) => candidates.find((one) => this.#kindOf(one.force) === kind)).find((one) => one !== undefined) ??
      candidates.find((one) => !engaged.includes(one.force)) ??
      candidates[0];
    if (best === undefined) log(`${matter}: nobody can come`);
    else await this.#setup.client.post<Done>(`/api/matters/${matter}/engagements`, { force: best.force });
  }

  #kindOf(force: string): string {
    return this.#setup.picture.forces.get(force)?.kind ?? '';
  }
}
