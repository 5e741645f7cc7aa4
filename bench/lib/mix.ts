import type { Site } from '#app/site.ts';
import { SYSTEM } from '#app/system.ts';
import { accountId, forceId } from '#core/base/ids.ts';
import type { MatterId } from '#core/base/ids.ts';
import { between, pick } from '#core/base/random.ts';
import type { Random } from '#core/base/random.ts';
import { text } from '#core/base/text.ts';
import type { Actor } from '#core/matter/actor.ts';
import type { Force } from '#world/forces/force.ts';

export const DISPATCHER: Actor = {
  account: accountId('desk'),
  roles: ['dispatcher', 'commander'],
  sites: '*',
  units: [],
};
const SENTENCES = [
  '码头西侧有人落水，穿红色上衣，周围有渔船',
  '两名游客被困山岩，手机电量不足，风力五级',
  '市场发生盗窃，嫌疑人往东门方向离开',
  'Two hikers on the cliff above the north beach, one of them hurt at the ankle',
];

/** What a busy desk sends in, in the shares it does: talk, dispatch and answers, grading, new calls, closing. */
export interface MixedCommand {
  readonly step: string;
  readonly subject: string | null;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** One open matter and what may be done next with it. */
export class Lane {
  readonly matter: MatterId;
  readonly force: string;
  /** Commands taken from it so far. */
  done: number;

  constructor(matter: MatterId, force: string, done = 0) {
    this.matter = matter;
    this.force = force;
    this.done = done;
  }

  command(random: Random): MixedCommand {
    const make = ROUND[this.done % ROUND.length] ?? talk;
    this.done += 1;
    return make(this.force, random);
  }
}

type Make = (force: string, random: Random) => MixedCommand;
const talk: Make = (_force, random) => ({ step: 'say', subject: null, facts: { said: pick(random, SENTENCES) } });

/** An engagement with talk and grading in between; it can be gone through for ever. */
const ROUND: readonly Make[] = [
  (force) => ({ step: 'offer', subject: force, facts: {} }),
  talk,
  (force) => ({ step: 'go', subject: force, facts: {} }),
  (_force, random) => ({ step: 'grade', subject: null, facts: { urgency: String(between(random, 1, 4)) } }),
  talk,
  (force) => ({ step: 'arrive', subject: force, facts: {} }),
  (_force, random) => ({
    step: 'locate',
    subject: null,
    facts: { where: { lon: 122 + random(), lat: 29.5 + random() } },
  }),
  (force, random) => ({ step: 'clear', subject: force, facts: { report: pick(random, SENTENCES) } }),
];

export const forceOf = (index: number): Force => ({
  id: forceId(`car-${index}`),
  kind: 'car',
  name: text(`处警车 ${index}`, `Car ${index}`),
  call_sign: `C${index}`,
  tier: 'station',
  district: null,
  home: [122.1, 30],
  home_place: null,
  skills: ['patrol'],
  gear: [],
  seats: 2,
  crew: 2,
});

/** Open matters, each with a force of its own, ready for commands. */
export const prepareLanes = async (site: Site, count: number, random: Random): Promise<readonly Lane[]> => {
  const forces = Array.from({ length: count }, (_, index) => forceOf(index));
  await site.forces.register(forces, SYSTEM);
  await site.forces.startShift(
    forces.map((force) => force.id),
    SYSTEM,
  );
  return Promise.all(
    forces.map(async (force) => {
      const facts = {
        narrative: pick(random, SENTENCES),
        category: 'help',
        urgency: '2',
        where: { lon: 122.2, lat: 30.0 },
      };
      const raised = await site.commands.raise({ kind: 'incident', facts }, { actor: DISPATCHER, key: null });
      if (!raised.ok) throw new Error(raised.error.code);
      return new Lane(raised.value.matter, force.id);
    }),
  );
};

/**
 * Keeps `width` commands under way until `count` are answered. There must be at least twice as many lanes: they are taken round
 * and round, and answers come in order, so a lane never has two under way.
 * @returns the time of each command in ms, from the call to the answer
 */
export const drive = async (
  site: Site,
  lanes: readonly Lane[],
  width: number,
  count: number,
  random: Random,
): Promise<readonly number[]> => {
  let next = 0;
  const times: number[] = [];
  let left = count;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const lane = lanes[(next += 1) % lanes.length];
      if (lane === undefined) throw new Error('no lanes');
      const began = performance.now();
      const done = await site.commands.step(
        { matter: lane.matter, ...lane.command(random) },
        { actor: DISPATCHER, key: null },
      );
      times.push(performance.now() - began);
      if (!done.ok) throw new Error(`${lane.matter}: ${done.error.code}`);
    }
  };
  await Promise.all(Array.from({ length: width }, worker));
  return times;
};
