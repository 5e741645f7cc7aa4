/** Receipts live in the fragment (`#r=…`), never in a path or query: those end up in logs. */
export const receiptHash = (receipt: string): string => `#r=${encodeURIComponent(receipt)}`;
export const receiptIn = (hash: string): string | null => new URLSearchParams(hash.slice(1)).get('r');

/** What someone pasted: the code alone, or the whole link it came in. Null when there is nothing in it. */
export const receiptTyped = (typed: string): string | null => {
  const words = typed.trim();
  const at = words.indexOf('#');
  const code = at < 0 ? words : (receiptIn(words.slice(at)) ?? '');
  return code === '' ? null : code;
};
