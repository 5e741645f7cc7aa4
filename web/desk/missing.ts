/** Names that stand in events without being accounts of the site. */
const NOBODY: ReadonlySet<string> = new Set(['system', 'citizen', 'receipt']);

/** What a new site lacks before anybody can work with it: people beside its administrator, and forces. */
export const missingIn = (
  names: readonly string[],
  forces: number,
  administrator: string,
): { readonly accounts: boolean; readonly forces: boolean } => ({
  accounts: names.every((name) => name === administrator || NOBODY.has(name)),
  forces: forces === 0,
});
