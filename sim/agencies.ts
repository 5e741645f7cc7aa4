import { between } from '#core/base/random.ts';
import type { Random } from '#core/base/random.ts';
import type { MatterRow } from '#wire/api.ts';
import type { Agenda } from './agenda.ts';
import type { Asks } from './link/client.ts';
import type { Picture } from './link/picture.ts';
import type { Manner } from './settings.ts';
import { bilingual } from './words.ts';

/** Seconds a department is left to a person before the simulator answers for it. */
const ANSWER_S = [30, 75] as const;
/** Seconds of the department's work, in the field's own time. */
const SUPPORT_S = [900, 1800] as const;
const HANDLE_S = [900, 2400] as const;
const ETA_MIN = [10, 40] as const;

const WORDS = {
  coming: { zh: '收到，人员物资正在调集，马上赶来。', en: 'Understood; people and supplies are being sent.' },
  helped: { zh: '支援任务完成，人员已撤回。', en: 'Support given; our people are back.' },
  progress: { zh: '已派人到现场查看，联系双方当事人。', en: 'Someone went to look and spoke to both sides.' },
  settled: {
    zh: '损坏处已修复，费用由责任方承担，双方认可。',
    en: 'Repaired at the expense of who caused it; both sides agree.',
  },
};

export interface AgenciesSetup {
  readonly client: Asks;
  readonly picture: Picture;
  readonly agenda: Agenda;
  readonly manner: Manner;
  readonly random: Random;
  readonly plays: (matter: string) => boolean;
}

/** Departments answer whistles and handle what is routed to them, when no person did. */
export class Agencies {
  readonly #setup: AgenciesSetup;
  /** What is being done about a matter or one reply of it: its state. */
  readonly #doing = new Map<string, string>();

  constructor(setup: AgenciesSetup) {
    this.#setup = setup;
    setup.picture.watch({ anew: () => this.#forget(), row: (row) => this.consider(row) });
  }

  consider(row: MatterRow): void {
    if (!this.#setup.plays(row.id)) return;
    if (row.kind === 'support-request') for (const part of row.parts) this.#reply(row, part);
    if (row.kind === 'non-police-matter') this.#handling(row);
  }

  #reply(row: MatterRow, { subject, state }: MatterRow['parts'][number]): void {
    const key = `reply/${row.id}/${subject}`;
    if (!this.#changed(key, row.open ? state : null)) return;
    const answer = { answer: bilingual(WORDS.coming), eta_min: between(this.#setup.random, ...ETA_MIN) };
    const after = { answer: bilingual(WORDS.helped) };
    if (state === 'asked' || state === 'late')
      this.#later(key, this.#answer_ms(), () => this.#step(row.id, 'answer', answer, subject));
    if (state === 'coming')
      this.#later(key, this.#work_ms(SUPPORT_S), () => this.#step(row.id, 'done', after, subject));
  }

  #handling(row: MatterRow): void {
    const key = `handling/${row.id}`;
    if (!this.#changed(key, row.open ? row.state : null)) return;
    if (row.state === 'routed') this.#later(key, this.#answer_ms(), () => this.#step(row.id, 'accept', {}));
    if (row.state !== 'handling') return;
    this.#later(key, this.#answer_ms(), async () => {
      await this.#step(row.id, 'handle', { progress: bilingual(WORDS.progress) });
      const facts = { ending: 'settled', result: bilingual(WORDS.settled) };
      this.#later(key, this.#work_ms(HANDLE_S), () => this.#step(row.id, 'feed_back', facts));
    });
  }

  /**
   * Whether there is something new to do; what was planned before is dropped then.
   * @param state null when the matter is closed
   */
  #changed(key: string, state: string | null): boolean {
    if (this.#doing.get(key) === (state ?? undefined)) return false;
    this.#setup.agenda.cancel(key);
    if (state === null) this.#doing.delete(key);
    else this.#doing.set(key, state);
    return state !== null;
  }

  #later(key: string, delay_ms: number, work: () => Promise<unknown>): void {
    this.#setup.agenda.plan(key, delay_ms, work);
  }

  #answer_ms(): number {
    const { manner, random } = this.#setup;
    return between(random, ...ANSWER_S) * 1000 * manner.patience;
  }

  #work_ms(work_s: readonly [number, number]): number {
    const { manner, random } = this.#setup;
    return (between(random, ...work_s) * 1000) / manner.speed;
  }

  /** What was planned rests on what was known before. */
  #forget(): void {
    for (const key of this.#doing.keys()) this.#setup.agenda.cancel(key);
    this.#doing.clear();
  }

  async #step(
    matter: string,
    step: string,
    facts: Readonly<Record<string, unknown>>,
    subject: string | null = null,
  ): Promise<void> {
    await this.#setup.client.post(`/api/matters/${matter}/steps/${step}`, { subject, facts });
  }
}
