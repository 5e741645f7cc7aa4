import { parentPort, workerData } from 'node:worker_threads';
import { createDigest } from '#rim/digest-node/digest.ts';
import { storeErrorOf } from './faults.ts';
import { integrityFlaw } from './ledger-check.ts';
import { LedgerFile } from './ledger-file.ts';
import type { IntegrityAnswer } from './protocol.ts';

/** Checks the pages of the database named by `workerData` beside the thread that reads its events, says so and ends. */
const answer = (path: string): IntegrityAnswer => {
  try {
    const ledger = new LedgerFile(path, createDigest(), true);
    try {
      return { flaw: integrityFlaw(ledger) };
    } finally {
      ledger.close();
    }
  } catch (error) {
    const { fault, message, seq } = storeErrorOf(error);
    return { failure: { fault, message, seq } };
  }
};

parentPort?.postMessage(answer(workerData as string));
