import { useNow } from '../stream/now.ts';

/** Now in milliseconds on the phone's own clock, which the outbox counts on; drawn anew every second. */
export const usePhoneNow = (): number => {
  useNow();
  return Date.now();
};
