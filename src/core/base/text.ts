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
