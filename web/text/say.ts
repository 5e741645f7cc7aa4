import { useMemo } from 'react';
import { fill, type Language, type Text } from '#core/base/text.ts';
import { remembered, useRemembered } from '../ui/remembered.ts';

export const language = remembered<Language>('qundao.language', (stored) => (stored === 'en' ? 'en' : 'zh'));

export type Values = Readonly<Record<string, string | number | Text>>;
/** Says a text in the person's language, with `{names}` filled in. */
export type Say = (text: Text, values?: Values) => string;

const sayIn =
  (lang: Language): Say =>
  (text, values) =>
    (values === undefined ? text : fill(text, values))[lang];

export const useSay = (): Say => {
  const [lang] = useRemembered(language);
  return useMemo(() => sayIn(lang), [lang]);
};
export const useLanguage = (): Language => useRemembered(language)[0];
export const toggleLanguage = (): void => language.set(language.get() === 'zh' ? 'en' : 'zh');

const apply = (): void => {
  document.documentElement.lang = language.get() === 'zh' ? 'zh-CN' : 'en';
};
export const startLanguage = (): void => {
  apply();
  language.subscribe(apply);
};
