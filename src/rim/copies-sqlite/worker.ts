import { workerData } from 'node:worker_threads';
import { createDigest } from '#rim/digest-node/digest.ts';
import { storeErrorOf } from '#rim/store-sqlite/faults.ts';
import { answerAsks } from '#rim/thread/thread.ts';
import { CopiesFile } from './copies-file.ts';

let file: CopiesFile | null = null;
const opened = (): CopiesFile => (file ??= new CopiesFile(workerData as string, createDigest()));

const methods = {
  copies: () => opened().copies(),
  append: (...args: Parameters<CopiesFile['append']>) => opened().append(...args),
  read: (...args: Parameters<CopiesFile['read']>) => opened().read(...args),
  ofMatter: (...args: Parameters<CopiesFile['ofMatter']>) => opened().ofMatter(...args),
  give: (...args: Parameters<CopiesFile['give']>) => opened().give(...args),
  hashes: (...args: Parameters<CopiesFile['hashes']>) => opened().hashes(...args),
  close: () => opened().close(),
};
export type CopiesMethods = typeof methods;

answerAsks(methods, (error) => {
  const { fault, message, seq } = storeErrorOf(error);
  return { fault, message, seq };
});
