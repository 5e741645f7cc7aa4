import type { Text } from '#core/base/text.ts';
import type { Problem } from '#wire/api.ts';

/** A refusal of the server, or no answer at all (`status` 0). */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  readonly problem: Problem;
  constructor(status: number, problem: Problem) {
    super(`${problem.code}: ${problem.words.en}`);
    this.status = status;
    this.problem = problem;
  }
}

const OFFLINE: Problem = {
  code: 'no-connection',
  words: { zh: '连不上服务器。', en: 'The server cannot be reached.' },
  advice: {
    zh: '请检查网络，稍后再试；已填写的内容不会丢失。',
    en: 'Check the network and try again; what you typed is kept.',
  },
};
const UNREADABLE: Problem = {
  code: 'unreadable-answer',
  words: { zh: '服务器的答复无法识别。', en: 'The answer of the server could not be read.' },
  advice: { zh: '请重试；若仍如此，请告知管理员。', en: 'Try again; if it stays, tell your administrator.' },
};

export const offline = (): ApiError => new ApiError(0, OFFLINE);
export const unreadable = (status: number): ApiError => new ApiError(status, UNREADABLE);
export const isOffline = (error: unknown): boolean =>
  error instanceof ApiError && (error.status === 0 || error.status >= 502);

/** Words and advice of whatever was thrown. */
export const wordsOf = (error: unknown): { readonly words: Text; readonly advice: Text } =>
  error instanceof ApiError ? error.problem : UNREADABLE;
