import { useMemo, useRef, useState } from 'react';
import * as calls from '../api/calls.ts';
import type { Helps } from '../matter/context.tsx';

export interface Pictures {
  /** What the fields of the form upload with. */
  readonly helps: Helps;
  /** Uploads that have no answer yet. */
  readonly going: number;
  /** The last uploads failed; none has succeeded since. */
  readonly lost: boolean;
  /** Address of the picture on this phone, by the id the server gave it. */
  readonly urlOf: (file: string) => string | undefined;
}

/** Keeps sight of the photos of a report on every screen of it, not only on the one they were chosen on. */
export const usePictures = (): Pictures => {
  const urls = useRef(new Map<string, string>());
  const [going, setGoing] = useState(0);
  const [lost, setLost] = useState(false);
  const helps = useMemo((): Helps => {
    const upload = async (file: Blob): Promise<{ readonly file: string }> => {
      setGoing((count) => count + 1);
      try {
        const stored = await calls.publicUpload(file);
        urls.current.set(stored.file, URL.createObjectURL(file));
        setLost(false);
        return stored;
      } catch (error) {
        setLost(true);
        throw error;
      } finally {
        setGoing((count) => count - 1);
      }
    };
    return { upload, places: false };
  }, []);
  return { helps, going, lost, urlOf: (file) => urls.current.get(file) };
};
