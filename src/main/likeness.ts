/** Share of common character pairs of two words, 0 to 1 (Sørensen–Dice); capitals do not matter. */
export const likeness = (a: string, b: string): number => {
  const [first, second] = [pairsOf(a), pairsOf(b)];
  const common = [...first].filter((pair) => second.has(pair)).length;
  return first.size + second.size === 0 ? 0 : (2 * common) / (first.size + second.size);
};

const pairsOf = (words: string): ReadonlySet<string> => {
  const plain = words.toLowerCase();
  return new Set(Array.from({ length: Math.max(0, plain.length - 1) }, (_, at) => plain.slice(at, at + 2)));
};
