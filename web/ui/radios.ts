/** Where a key leads in a group of radios at `at` of `count`: arrows go round, Home and End jump; null for every other key. */
export const nextRadio = (key: string, at: number, count: number): number | null => {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return (at + 1) % count;
    case 'ArrowLeft':
    case 'ArrowUp':
      return (at - 1 + count) % count;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
};

/** The chosen radio is the group's one Tab stop; the first where none is chosen. */
export const tabStop = (index: number, chosen: number): 0 | -1 => (index === Math.max(0, chosen) ? 0 : -1);
