import { newKey } from './client.ts';

/** Answers the idempotency key under which to send this content. */
export type Keys = (content: unknown) => string;

/**
 * Keys of one form. The same content is sent under the same key, so that sending it again after a lost answer does it once;
 * what was changed meanwhile is another command and goes under a key of its own.
 */
export const makeKeys = (make: () => string = newKey): Keys => {
  const given = new Map<string, string>();
  return (content) => {
    const text = JSON.stringify(content);
    const key = given.get(text) ?? make();
    given.set(text, key);
    return key;
  };
};
