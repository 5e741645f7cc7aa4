/** Receipts live in the fragment (`#r=…`), never in a path or query: those end up in logs. */
export const receiptHash = (receipt: string): string => `#r=${encodeURIComponent(receipt)}`;
export const receiptIn = (hash: string): string | null => new URLSearchParams(hash.slice(1)).get('r');
