import { bothIn, type Language, type Text } from '#core/base/text.ts';

const CHINESE = /\p{Script=Han}/u;

/** What a force is called on a narrow line: its call sign, or its name where that cannot be read in the language. */
export const signOf = (force: { readonly call_sign: string; readonly name: Text }, language: Language): string =>
  language === 'en' && CHINESE.test(force.call_sign) ? force.name.en : force.call_sign;

/** Names of the gazetteer under each of their spellings. */
export const namesOf = (places: readonly { readonly name: Text }[]): ReadonlyMap<string, Text> =>
  new Map(places.flatMap(({ name }) => [[name.zh, name] as const, [name.en, name] as const]));

/** The words of a place in the language: as written in both, as the gazetteer has it, or as somebody typed them. */
export const placeIn = (words: string, names: ReadonlyMap<string, Text>, language: Language): string =>
  (bothIn(words) ?? names.get(words))?.[language] ?? words;
