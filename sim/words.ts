import type { Text } from '#core/base/text.ts';

/** What callers, crews and departments say, as one text: facts hold one, and the demonstration is read in both languages. */
export const bilingual = ({ zh, en }: Text): string => `${zh}\n${en}`;
