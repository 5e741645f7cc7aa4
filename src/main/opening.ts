import { StoreError } from '#app/ports.ts';
import { text } from '#core/base/text.ts';
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
    if (error instanceof StoreError) throw refusedByStore(data_dir, error);
    if (error instanceof LedgerFlawed) throw refusedFor(data_dir, 'store-corrupt', error.message);
    throw error;
  }
};

export const refusedByStore = (data_dir: string, error: StoreError): Refused =>
  refusedFor(data_dir, `store-${error.fault}`, error.message);

const refusedFor = (data_dir: string, code: ErrorCode, message: string): Refused => {
  const { words, advice } = ERRORS[code];
  const told = text(
    `${data_dir}：${words.zh}${advice.zh}（${message}）`,
    `${data_dir}: ${words.en} ${advice.en} (${message})`,
  );
  return new Refused(code, told);
};
