import { useCallback, useRef } from 'react';
import type { Text } from '#core/base/text.ts';
import { usePlaces } from '../api/cache.ts';
import type { Facts } from '../api/calls.ts';
import { type Place, placeAt } from '../api/places.ts';
import { useSay } from '../text/say.ts';
import { type GeoPosition, isBlank, isPosition, textOf } from './values.ts';

/** A place without a name is no error: the position is enough. */
const wordsAt = (at: GeoPosition): Promise<Text | null> => placeAt(at).catch(() => null);

/** Whether words are a name of the gazetteer or its words for that position, and nobody's own. */
const isNameOf = async (words: string, at: unknown, places: readonly Place[]): Promise<boolean> => {
  const is = (name: Text | null): boolean => name !== null && (name.zh === words || name.en === words);
  return places.some((place) => is(place.name)) || (isPosition(at) && is(await wordsAt(at)));
};

/**
 * Puts a chosen position in words beside it. What somebody typed stays; the name of an earlier position does not.
 * @param facts of the form that holds both
 * @param before what the form began with
 */
export const usePlaceWords = (
  facts: { readonly place: string | undefined; readonly position: string | undefined },
  before: Facts,
  change: (next: (facts: Facts) => Facts) => void,
): ((at: GeoPosition, name: Text | null) => void) => {
  const say = useSay();
  const places = usePlaces().data;
  const written = useRef<string | null>(null);
  const turns = useRef(0);
  const { place, position } = facts;
  return useCallback(
    (at, name) => {
      if (place === undefined) return;
      const turn = (turns.current += 1);
      const old = textOf(before[place]);
      const put = async (): Promise<void> => {
        const words = name ?? (await wordsAt(at));
        // A place chosen by its name says what it is called; one pointed at leaves a caller's own words.
        const gives = name !== null || (await isNameOf(old, before[position ?? ''], places ?? []));
        // An answer about an earlier position comes too late.
        if (words === null || turn !== turns.current) return;
        const mine = [written.current, gives ? old : null];
        const said = say(words);
        written.current = said;
        change((held) =>
          isBlank(held[place]) || mine.includes(textOf(held[place])) ? { ...held, [place]: said } : held,
        );
      };
      void put();
    },
    [place, position, before, places, change, say],
  );
};
