import type { LonLat } from '#core/base/geo.ts';
import { seeded } from '#core/base/random.ts';
import type { ForceView } from '#wire/api.ts';
import type { Asks } from '../link/client.ts';
import type { Picture } from '../link/picture.ts';
import { log } from '../log.ts';
import { Walker, beatAround } from './beat.ts';
import type { RoadMap } from './beat.ts';
import { Unit } from './unit.ts';
import type { Patrol } from './unit.ts';

/** What moves reports this often. */
export const REPORT_MS = 5000;
/** What stands reports on every so manieth round: often enough never to be taken for lost. */
const STANDING_ROUNDS = 6;
/** A force whose own device reported is left alone this long. */
const OWN_DEVICE_MS = 180_000;
/** Times the simulator remembers having reported, to tell its own reports from a device's. */
const SENT_MAX = 8;

interface Wandering {
  readonly radius_m: number;
  readonly speed_kmh: number;
  readonly foot: boolean;
}
const FOOT: Wandering = { radius_m: 500, speed_kmh: 3.5, foot: true };
const DRIVE: Wandering = { radius_m: 2500, speed_kmh: 22, foot: false };
/** How the sorts of forces patrol; the others stand ready at home (boats at their pier). */
const WANDERS: Readonly<Record<string, Wandering>> = {
  officer: FOOT,
  car: DRIVE,
  motorcycle: DRIVE,
  'ptu-light': { ...DRIVE, radius_m: 1800, speed_kmh: 18 },
  'ptu-heavy': DRIVE,
};

export interface FleetSetup {
  readonly client: Asks;
  readonly picture: Picture;
  readonly seed: number;
  readonly speed: number;
}

/** All simulated forces on the map, and their reports. */
export class Fleet {
  readonly #setup: FleetSetup;
  readonly #units = new Map<string, Unit>();
  readonly #sent = new Map<string, number[]>();
  readonly #ownDevice_ms = new Map<string, number>();
  #map: RoadMap | null = null;
  #round = 0;

  constructor(setup: FleetSetup) {
    this.#setup = setup;
    setup.picture.watch({ force: (force) => this.#heard(force) });
  }

  /** Reads the real streets, on which beats are; without them forces stand at home. */
  async readMap(): Promise<void> {
    const map = await this.#setup.client.get<RoadMap>('/api/map/roads');
    this.#map = map.ok ? map.value : null;
  }

  /** Puts every force the picture knows on the map, and lets go of the streets: each unit keeps its own. */
  deploy(): void {
    for (const id of this.#setup.picture.forces.keys()) this.unit(id);
    this.#map = null;
  }

  unit(id: string): Unit | null {
    const known = this.#units.get(id);
    if (known !== undefined) return known;
    const force = this.#setup.picture.forces.get(id);
    return force === undefined ? null : this.#place(force);
  }

  /** One round of reports of every unit on duty. */
  async report(): Promise<void> {
    const all = this.#round % STANDING_ROUNDS === 0;
    this.#round += 1;
    await this.#send([...this.#units.values()], all);
  }

  /** Reports one unit at once: it arrived, or sets out. */
  async reportNow(id: string): Promise<void> {
    const unit = this.unit(id);
    if (unit !== null) await this.#send([unit], true);
  }

  async #send(units: readonly Unit[], standing: boolean): Promise<void> {
    const now_ms = Date.now();
    const reports = [];
    for (const unit of units) {
      if (!this.#mayReport(unit.id, now_ms)) continue;
      const { at, heading_deg, speed_kmh } = unit.spot(now_ms);
      if (speed_kmh === 0 && !standing) continue;
      reports.push({
        force: unit.id,
        lon: Math.round(at[0] * 1e6) / 1e6,
        lat: Math.round(at[1] * 1e6) / 1e6,
        time_ms: now_ms,
        accuracy_m: 8,
        speed_kmh: Math.round(speed_kmh),
        heading_deg,
      });
      this.#sent.set(unit.id, [...(this.#sent.get(unit.id) ?? []), now_ms].slice(-SENT_MAX));
    }
    if (reports.length === 0) return;
    const answer = await this.#setup.client.post<{ refused: { force: string; code: string }[] }>('/positions', reports);
    const refused = answer.ok ? answer.value.refused : [];
    if (refused[0] !== undefined)
      log(`positions: ${refused.length} refused, first ${refused[0].force} ${refused[0].code}`);
  }

  #mayReport(id: string, now_ms: number): boolean {
    return this.#setup.picture.forces.get(id)?.on_duty === true && !this.reportsItself(id, now_ms);
  }

  /** True while the force's own device says where it is: a person really moves it. */
  reportsItself(id: string, now_ms: number): boolean {
    const heard_ms = this.#ownDevice_ms.get(id);
    return heard_ms !== undefined && now_ms - heard_ms <= OWN_DEVICE_MS;
  }

  /** A position the simulator did not send comes from the force's own device, which knows better. */
  #heard(force: ForceView): void {
    const sent = this.#sent.get(force.id);
    if (sent === undefined || force.position === null) return;
    const { time_ms } = force.position;
    if (time_ms > (sent[0] ?? 0) && !sent.includes(time_ms)) this.#ownDevice_ms.set(force.id, Date.now());
  }

  #place(force: ForceView): Unit {
    const map = this.#map;
    const home: LonLat = [force.home.lon, force.home.lat];
    const random = seeded(this.#setup.seed + this.#units.size);
    const wander = WANDERS[force.kind];
    const beat = wander === undefined || map === null ? null : beatAround(map, home, wander.radius_m, wander.foot);
    const patrol: Patrol | null =
      wander === undefined || beat === null ? null : { walker: new Walker(beat, random), speed_kmh: wander.speed_kmh };
    const engaged = force.engaged.length > 0 && force.position !== null;
    const at: LonLat = engaged && force.position !== null ? [force.position.lon, force.position.lat] : home;
    const unit = new Unit(force.id, at, patrol, random, this.#setup.speed);
    this.#units.set(force.id, unit);
    return unit;
  }
}
