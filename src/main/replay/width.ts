/** Chinese characters take two columns of a terminal. */
const WIDE = /[\u2E80-\u9FFF\uFF00-\uFFEF]/g;

/** The text filled with spaces up to a width in columns. */
export const pad = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(1, width - text.length - (text.match(WIDE)?.length ?? 0)));
