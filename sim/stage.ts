import { between } from '#core/base/random.ts';
import type { Random } from '#core/base/random.ts';
import type { Agenda } from './agenda.ts';
import type { Dispatcher } from './dispatcher/dispatcher.ts';
import { DRILLS } from './drills/index.ts';

/** The first two drills, then one every few minutes. */
const FIRST_S = [5, 20] as const;
const EVERY_S = [120, 240] as const;
const OPEN_MAX = 6;

/** Raises the drills of the demonstration, over and over. */
export class Stage {
  readonly #agenda: Agenda;
  readonly #dispatcher: Dispatcher;
  readonly #random: Random;
  #turn = 0;

  constructor(agenda: Agenda, dispatcher: Dispatcher, random: Random) {
    this.#agenda = agenda;
    this.#dispatcher = dispatcher;
    this.#random = random;
  }

  open(): void {
    for (const after_s of FIRST_S) this.#agenda.plan(`stage/${after_s}`, after_s * 1000, () => this.#raise());
    this.#agenda.plan('stage', between(this.#random, ...EVERY_S) * 1000, () => this.#goOn());
  }

  async #goOn(): Promise<void> {
    this.#agenda.plan('stage', between(this.#random, ...EVERY_S) * 1000, () => this.#goOn());
    await this.#raise();
  }

  /** The next drill in turn that is not open already. */
  async #raise(): Promise<void> {
    const open = this.#dispatcher.playing.map((one) => one.drill.id);
    if (open.length >= OPEN_MAX) return;
    for (let tried = 0; tried < DRILLS.length; tried += 1) {
      const drill = DRILLS[this.#turn % DRILLS.length];
      this.#turn += 1;
      if (drill === undefined || open.includes(drill.id)) continue;
      await this.#dispatcher.raise(drill);
      return;
    }
  }
}
