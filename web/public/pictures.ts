import { useMemo, useRef, useState } from 'react';
import * as calls from '../api/calls.ts';
import type { Helps } from '../matter/context.tsx';
import { type Lost, withLost, withoutLost } from './lost.ts';

export interface Pictures {
  /** What the fields of the form upload with. */
  readonly helps: Helps;
  /** Uploads that have no answer yet. */
  readonly going: number;
  /** How many failed and were not added again. */
  readonly lost: number;
  /** The person was shown that and goes to add them again, or others. */
  readonly shownLost: () => void;
  /** Address of the picture on this phone, by the id the server gave it. */
  readonly urlOf: (file: string) => string | undefined;
}

/** Keeps sight of the photos of a report on every screen of it, not only on the one they were chosen on. */
export const usePictures = (): Pictures => {
  const urls = useRef(new Map<string, string>());
  const [going, setGoing] = useState(0);
  const [lost, setLost] = useState<Lost>([]);
  const helps = useMemo((): Helps => {
    const upload = async (file: Blob): Promise<{ readonly file: string }> => {
      setGoing((count) => count + 1);
      try {
        const stored = await calls.publicUpload(file);
        urls.current.set(stored.file, URL.createObjectURL(file));
        setLost((held) => withoutLost(held, file));
        return stored;
      } catch (error) {
        setLost((held) => withLost(held, file));
        throw error;
      } finally {
        setGoing((count) => count - 1);
      }
    };
    return { upload, places: false };
  }, []);
  return { helps, going, lost: lost.length, shownLost: () => setLost([]), urlOf: (file) => urls.current.get(file) };
};
