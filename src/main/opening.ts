import { StoreError } from '#app/ports.ts';
import { ERRORS } from '#wire/errors.ts';
import type { ErrorCode } from '#wire/errors.ts';
import { LedgerFlawed, open } from './compose.ts';
import type { Opened, RunOptions } from './compose.ts';
import { Refused } from './shell.ts';

/**
 * Opens a site for a command; the reasons it is refused for are told in words, not as a stack.
 * @throws Refused when another process has the directory, the disk is full, or the ledger is not what was signed
 */
export const openInWords = async (options: RunOptions): Promise<Opened> => {
  try {
    return await open(options);
  } catch (error) {
    const { data_dir } = options.config;
    if (error instanceof StoreError) throw refusedFor(data_dir, `store-${error.fault}`, error.message);
    if (error instanceof LedgerFlawed) throw refusedFor(data_dir, 'store-corrupt', error.message);
    throw error;
  }
};

const refusedFor = (data_dir: string, code: ErrorCode, message: string): Refused => {
  const { words, advice } = ERRORS[code];
  return new Refused(`${data_dir}: ${words.zh}${advice.zh}\n${words.en} ${advice.en}\n${message}`);
};
