import { between } from '#core/base/random.ts';
import type { Random } from '#core/base/random.ts';
import type { Text } from '#core/base/text.ts';
import type { ForceView, JourneyView } from '#wire/api.ts';
import type { Agenda } from './agenda.ts';
import type { Drill } from './drills/drill.ts';
import type { Asks } from './link/client.ts';
import type { Picture } from './link/picture.ts';
import type { Fleet } from './movement/fleet.ts';
import type { Manner } from './settings.ts';
import { bilingual } from './words.ts';

type Engaged = ForceView['engaged'][number];

/** Seconds a crew takes to answer an offer or to set out. */
const ANSWER_S = [3, 9] as const;
/** What a person is left before the simulator acts for a force of theirs. */
const PERSON_S = 60;
/** A person who did something for a force goes on with it: this long it is left to them. */
const PERSON_ACTS_MS = 15 * 60_000;
/** Seconds of work on the scene, in the field's own time. */
const WORK_S = [600, 1500] as const;
/** On the way without a known way: called by radio, it just takes time. */
const UNKNOWN_WAY_S = 600;
/** A refused step is tried again after this long. */
const RETRY_MS = 10_000;
const TRIES_MAX = 3;

/** A force with several engagements works on the one farthest along. */
const FARTHEST = ['delivered', 'transporting', 'on_scene', 'on_the_way', 'accepted', 'offered'];

const REPORT: Text = { zh: '到场处置完毕，现场恢复正常。', en: 'Dealt with on scene; all is quiet again.' };
const DECLINES: readonly Text[] = [
  { zh: '车辆故障，正在抢修。', en: 'Vehicle out of order, being repaired.' },
  { zh: '正在处置群众当面求助，暂时走不开。', en: 'Helping someone on the spot, cannot leave now.' },
  { zh: '装备正在充电补给。', en: 'Gear is being charged and refilled.' },
];

export interface ConductSetup {
  readonly client: Asks;
  readonly picture: Picture;
  readonly fleet: Fleet;
  readonly agenda: Agenda;
  readonly manner: Manner;
  readonly except: ReadonlyMap<string, string>;
  readonly random: Random;
  /** The drill a matter belongs to; null for matters of people. */
  readonly drillOf: (matter: string) => Drill | null;
  /** True when this simulator plays the forces in that matter. */
  readonly plays: (matter: string) => boolean;
}

/** Answers offers and works engagements, as the crews would. */
export class Conduct {
  readonly #setup: ConductSetup;
  /** What is being done about an engagement, by force and matter: `state/focus`. */
  readonly #doing = new Map<string, string>();
  /** When the person of a force last did something, by account. */
  readonly #acted = new Map<string, number>();

  constructor(setup: ConductSetup) {
    this.#setup = setup;
    setup.picture.watch({
      anew: () => this.#forget(),
      force: (force) => this.#consider(force),
      event: ({ actor, time_ms }) => this.#acted.set(actor, time_ms),
    });
  }

  /** Looks at a force again, for what did not change but should now be played. */
  consider(force: string): void {
    const known = this.#setup.picture.forces.get(force);
    if (known !== undefined) this.#consider(known);
  }

  #consider(force: ForceView): void {
    const { agenda, plays } = this.#setup;
    const engaged = force.engaged.filter((one) => plays(one.matter));
    const focus = engaged.toSorted((a, b) => rankOf(a) - rankOf(b) || a.since_ms - b.since_ms)[0];
    const wanted = new Set(engaged.map((one) => keyOf(force, one)));
    for (const key of this.#doing.keys()) {
      if (!key.startsWith(`${force.id}/`) || wanted.has(key)) continue;
      this.#doing.delete(key);
      agenda.cancel(key);
    }
    for (const one of engaged) {
      const key = keyOf(force, one);
      const doing = `${one.state}/${String(one === focus)}`;
      if (this.#doing.get(key) === doing) continue;
      this.#doing.set(key, doing);
      agenda.cancel(key);
      this.#plan(force, one, one === focus);
    }
    if (focus === undefined && force.engaged.length === 0) this.#setup.fleet.unit(force.id)?.goBack(Date.now());
  }

  #plan(force: ForceView, engaged: Engaged, focus: boolean): void {
    const { manner, random } = this.#setup;
    const answer_ms = (between(random, ...ANSWER_S) + this.#grace_s(force.id)) * 1000 * manner.patience;
    switch (engaged.state) {
      case 'offered':
        this.#later(force, engaged, answer_ms, () =>
          focus ? this.#answer(force, engaged) : this.#step(force, engaged, 'accept'),
        );
        return;
      case 'accepted':
        if (focus) this.#later(force, engaged, answer_ms, () => this.#step(force, engaged, 'go'));
        return;
      case 'on_the_way':
        if (focus) void this.#travel(force, engaged);
        return;
      case 'on_scene':
        this.#setup.fleet.unit(force.id)?.arrive(Date.now());
        this.#afterWork(force, engaged, () => this.#clear(force, engaged));
        return;
      case 'transporting':
        this.#afterWork(force, engaged, () => this.#step(force, engaged, 'deliver'));
        return;
      case 'delivered':
        this.#later(force, engaged, answer_ms, () => this.#clear(force, engaged));
        return;
      default:
    }
  }

  /** Sets out, or says why not. */
  async #answer(force: ForceView, engaged: Engaged): Promise<boolean> {
    const { manner, random } = this.#setup;
    if (random() < manner.decline_chance) {
      const reason = DECLINES[Math.floor(random() * DECLINES.length)] ?? REPORT;
      return this.#step(force, engaged, 'decline', { reason: bilingual(reason) });
    }
    const journey = await this.#journey(force, engaged);
    if (journey !== null && journey.reason !== null) {
      return this.#step(force, engaged, 'decline', { reason: bilingual(journey.reason) });
    }
    return this.#step(force, engaged, 'go');
  }

  async #travel(force: ForceView, engaged: Engaged): Promise<void> {
    const { fleet, manner } = this.#setup;
    await fleet.reportNow(force.id);
    const journey = await this.#journey(force, engaged);
    const legs = journey?.legs ?? [];
    const unit = fleet.unit(force.id);
    const known = unit !== null && legs.length > 0;
    const way_ms = known ? unit.travel(legs, Date.now()) : (UNKNOWN_WAY_S * 1000) / manner.speed;
    const late_ms = this.#grace_s(force.id) * 1000 * manner.patience;
    // On the way is told at once, so that screens see it leave; a person's own `arrive` may still come first.
    this.#later(force, engaged, way_ms + late_ms, async () => {
      unit?.arrive(Date.now());
      await fleet.reportNow(force.id);
      return this.#step(force, engaged, 'arrive');
    });
  }

  async #journey(force: ForceView, { matter }: Engaged): Promise<JourneyView | null> {
    const journey = await this.#setup.client.get<JourneyView>(`/api/matters/${matter}/journeys/${force.id}`);
    return journey.ok ? journey.value : null;
  }

  #afterWork(force: ForceView, engaged: Engaged, work: () => Promise<boolean>): void {
    const { manner, random, drillOf } = this.#setup;
    const work_s = between(random, ...(drillOf(engaged.matter)?.work_s ?? WORK_S));
    const late_ms = this.#grace_s(force.id) * 1000 * manner.patience;
    this.#later(force, engaged, (work_s * 1000) / manner.speed + late_ms, work);
  }

  #clear(force: ForceView, engaged: Engaged): Promise<boolean> {
    const report = this.#setup.drillOf(engaged.matter)?.report ?? REPORT;
    return this.#step(force, engaged, 'clear', { report: bilingual(report) });
  }

  #isPersons(force: string): boolean {
    const acted = this.#acted.get(this.#setup.except.get(force) ?? '');
    return acted !== undefined && Date.now() - acted < PERSON_ACTS_MS;
  }

  #grace_s(force: string): number {
    return this.#setup.except.has(force) ? PERSON_S : 0;
  }

  /** Does it later unless the engagement has changed by then; tries a few times, so that nothing hangs on one lost answer. */
  #later(force: ForceView, engaged: Engaged, delay_ms: number, work: () => Promise<boolean>, tries = 1): void {
    const key = keyOf(force, engaged);
    const doing = this.#doing.get(key);
    if (doing?.startsWith(`${engaged.state}/`) !== true) return;
    this.#setup.agenda.plan(key, delay_ms, async () => {
      // An offer must not wait for ever; what a person really drives takes the time it takes.
      const isTheirs = this.#isPersons(force.id) || this.#setup.fleet.reportsItself(force.id, Date.now());
      if (engaged.state !== 'offered' && isTheirs) {
        this.#later(force, engaged, PERSON_S * 1000, work, tries);
        return;
      }
      const done = await work();
      if (!done && tries < TRIES_MAX && this.#doing.get(key) === doing)
        this.#later(force, engaged, RETRY_MS, work, tries + 1);
    });
  }

  /** What was planned rests on what was known before. */
  #forget(): void {
    for (const key of this.#doing.keys()) this.#setup.agenda.cancel(key);
    this.#doing.clear();
  }

  async #step(
    force: ForceView,
    { matter }: Engaged,
    step: string,
    facts: Readonly<Record<string, string>> = {},
  ): Promise<boolean> {
    const done = await this.#setup.client.post(`/api/matters/${matter}/steps/${step}`, { subject: force.id, facts });
    return done.ok;
  }
}

const rankOf = (engaged: Engaged): number => FARTHEST.indexOf(engaged.state);
const keyOf = (force: ForceView, engaged: Engaged): string => `${force.id}/${engaged.matter}`;
