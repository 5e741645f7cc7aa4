import { useEffect, useState } from 'react';

/** The value once it has stood still this long: not every letter is worth a question to the server. */
const STILL_MS = 350;
export const useStill = <T>(value: T): T => {
  const [still, setStill] = useState(value);
  const text = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setStill(JSON.parse(text) as T), STILL_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return still;
};
