import { useMemo } from 'react';
import { usePlaces } from '../api/cache.ts';
import { namesOf, placeIn } from '../text/names.ts';
import { useLanguage } from '../text/say.ts';

/** Says the place of a row in the person's language. */
export const usePlaceName = (): ((words: string | null) => string) => {
  const lang = useLanguage();
  const places = usePlaces().data;
  return useMemo(() => {
    const names = namesOf(places ?? []);
    return (words) => (words === null ? '' : placeIn(words, names, lang));
  }, [places, lang]);
};
