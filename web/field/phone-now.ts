import { useEffect, useState } from 'react';

/** How far what is drawn may lag behind the clock. */
const TICK_MS = 500;

/** Now in milliseconds on the phone's own clock, which the outbox counts on; the shared one follows the server's. */
export const usePhoneNow = (): number => {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
};
