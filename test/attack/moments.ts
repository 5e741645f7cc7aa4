import process from 'node:process';
import { setTimeout as after } from 'node:timers/promises';
import { between, seeded } from '#core/base/random.ts';
import type { Random } from '#core/base/random.ts';

/** Another one each run, so that the moments differ; said, so that a run can be looked at again with the same. */
const seed = Number(process.env['QUNDAO_KILL_SEED'] ?? Date.now() % 2 ** 31);
process.stdout.write(`QUNDAO_KILL_SEED=${seed}\n`);

/** Randomness of one lane of attacks. */
export const randomOf = (lane: number): Random => seeded(seed + lane);

/** A random moment from now, at most so far away: it is what these tests are about, nothing waits for it to be over. */
export const randomMoment = (random: Random, most_ms: number): Promise<void> => after(between(random, 0, most_ms));

/** Words for a failed assertion: enough to look at it again. */
export const at = (kill: string): string => `${kill}, QUNDAO_KILL_SEED=${seed}`;
