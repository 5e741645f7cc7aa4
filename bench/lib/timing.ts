import { median } from './figures.ts';

type Work = (round: number) => unknown;

/** Milliseconds one piece of work takes. */
export const once_ms = async (work: Work, round = 0): Promise<number> => {
  const began = performance.now();
  await work(round);
  return performance.now() - began;
};

/** Median milliseconds of a piece of work that was warmed up. */
export const timed_ms = async (work: Work, rounds: number): Promise<number> => {
  for (let round = 0; round < Math.min(rounds, 20); round += 1) await work(round);
  return await typical_ms(work, rounds);
};

const typical_ms = async (work: Work, rounds: number): Promise<number> => {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) times.push(await once_ms(work, round));
  return median(times);
};

/** Ours beside one peer: the median of each, and the median of how many times as long the peer took in the same moment. */
export interface Beside {
  readonly ours_ms: number;
  readonly peer_ms: number;
  readonly ratio: number;
}

/** How often each is asked in a round: the median counts. The others take long, so once is enough. */
interface Often {
  readonly ours: number;
  readonly peer: number;
}

/** Takes turns, so that a machine that is busy for a while is busy for both. */
export const beside = async (
  ours: Work,
  peer: Work,
  rounds: number,
  often: Often = { ours: 15, peer: 1 },
): Promise<Beside> => {
  await timed_ms(ours, often.ours);
  await timed_ms(peer, often.peer);
  const all: { ours: number; peer: number }[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const several =
      (work: Work): Work =>
      (again) =>
        work(round + again);
    const one = {
      peer: await typical_ms(several(peer), often.peer),
      ours: await typical_ms(several(ours), often.ours),
    };
    all.push(one);
  }
  return {
    ours_ms: median(all.map((one) => one.ours)),
    peer_ms: median(all.map((one) => one.peer)),
    ratio: median(all.map((one) => one.peer / one.ours)),
  };
};
