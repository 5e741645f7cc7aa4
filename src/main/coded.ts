import { text } from '#core/base/text.ts';
import { CodedError, problemOf } from '#wire/errors.ts';
import { Refused } from './shell.ts';

/** Runs a command; a coded error becomes a refusal with its words and its advice. */
export const inWords = <T>(run: () => T): T => {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof CodedError)) throw error;
    const { words, advice } = problemOf(error.code, error.extras);
    throw new Refused(error.code, text(`${words.zh}${advice.zh}`, `${words.en} ${advice.en}`));
  }
};
