import process from 'node:process';

/** One line a person can read; the simulator's only trace. */
export const log = (line: string): void => {
  process.stdout.write(`演练 sim: ${line}\n`);
};
