/** A change to a value another change may be waiting for: it is given what is held when it is made. */
export type Change<Value> = (held: unknown) => Value;

/** The files a fact holds, by the ids the server gave them. */
export const filesOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];

export const withFile =
  (file: string): Change<readonly string[]> =>
  (held) => [...filesOf(held).filter((one) => one !== file), file];

export const withoutFile =
  (file: string): Change<readonly string[]> =>
  (held) =>
    filesOf(held).filter((one) => one !== file);
