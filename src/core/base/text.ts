/** A text in both languages of the house. Chinese is the first language; English is complete. */
export interface Text {
  readonly zh: string;
  readonly en: string;
}
export type Language = keyof Text;
export const LANGUAGES: readonly Language[] = ['zh', 'en'];

export const text = (zh: string, en: string): Text => ({ zh, en });

/** Replaces `{name}` by the value of that name; a name without a value stays as it is, so a gap is seen and not hidden. */
export const fill = (template: Text, values: Readonly<Record<string, string | number | Text>>): Text => ({
  zh: fillOne(template.zh, values, 'zh'),
  en: fillOne(template.en, values, 'en'),
});

const fillOne = (
  template: string,
  values: Readonly<Record<string, string | number | Text>>,
  language: Language,
): string =>
  template.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return whole;
    return typeof value === 'object' ? value[language] : String(value);
  });

const CHINESE = /\p{Script=Han}/u;
const LATIN = /\p{Script=Latin}/u;

/** What somebody wrote in both languages, Chinese lines before the others, apart; null where it was not written so. */
export const bothIn = (words: string): Text | null => {
  const lines = words.split('\n');
  const turn = lines.findIndex((line) => LATIN.test(line) && !CHINESE.test(line));
  if (turn < 1) return null;
  const [before, after] = [lines.slice(0, turn), lines.slice(turn)];
  if (!before.some((line) => CHINESE.test(line)) || after.some((line) => CHINESE.test(line))) return null;
  return { zh: before.join('\n').trim(), en: after.join('\n').trim() };
};

/** The same words for each reader, their own language first. Nothing is left out: two lines need not say the same. */
export const readFirst = (words: string): Text => {
  const both = bothIn(words);
  return { zh: words, en: both === null ? words : `${both.en}\n${both.zh}` };
};
