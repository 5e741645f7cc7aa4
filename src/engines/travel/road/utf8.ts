/** Many texts as one run of UTF-8; text `i` ends before byte `ends[i]` and begins where the one before it ends. */
export interface TextTable {
  readonly bytes: Uint8Array;
  readonly ends: Uint32Array;
}

/** Half a surrogate pair has no UTF-8 and becomes U+FFFD, as everywhere. */
export const encodeTexts = (texts: readonly string[]): TextTable => {
  const ends = new Uint32Array(texts.length);
  let length = 0;
  texts.forEach((one, i) => {
    for (const letter of one) length += widthOf(letter.codePointAt(0) as number);
    ends[i] = length;
  });
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const one of texts) for (const letter of one) at = put(bytes, at, letter.codePointAt(0) as number);
  return { bytes, ends };
};

const isHalf = (code: number): boolean => code >= 0xd800 && code <= 0xdfff;

const widthOf = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);

const put = (bytes: Uint8Array, at: number, letter: number): number => {
  const code = isHalf(letter) ? 0xfffd : letter;
  const width = widthOf(code);
  if (width === 1) {
    bytes[at] = code;
    return at + 1;
  }
  for (let i = width - 1; i > 0; i -= 1) bytes[at + i] = 0x80 | ((code >>> (6 * (width - 1 - i))) & 63);
  bytes[at] = ((0xf00 >>> width) & 0xff) | (code >>> (6 * (width - 1)));
  return at + width;
};

/** @returns null when the ends do not rise to the end of the bytes, or the bytes are no UTF-8 */
export const decodeTexts = ({ bytes, ends }: TextTable): string[] | null => {
  const texts: string[] = [];
  let from = 0;
  for (const end of ends) {
    if (end < from || end > bytes.length) return null;
    const one = decode(bytes, from, end);
    if (one === null) return null;
    texts.push(one);
    from = end;
  }
  return from === bytes.length ? texts : null;
};

const decode = (bytes: Uint8Array, from: number, end: number): string | null => {
  let result = '';
  for (let at = from; at < end;) {
    const first = bytes[at] as number;
    const width = first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
    if (width === 0 || at + width > end) return null;
    let code = width === 1 ? first : first & (0x7f >>> width);
    for (let i = 1; i < width; i += 1) {
      const next = bytes[at + i] as number;
      if ((next & 0xc0) !== 0x80) return null;
      code = (code << 6) | (next & 63);
    }
    if (isHalf(code) || code > 0x10ffff || widthOf(code) !== width) return null;
    result += String.fromCodePoint(code);
    at += width;
  }
  return result;
};
