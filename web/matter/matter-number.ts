import type { MatterRow } from '#wire/api.ts';

type Numbered = Pick<MatterRow, 'id' | 'title' | 'place'>;

/** What was typed where a matter is asked for. */
export type Named =
  | { readonly type: 'nothing' }
  | { readonly type: 'one'; readonly id: string }
  /** A whole number that is not among the rows: only the server knows it. */
  | { readonly type: 'elsewhere'; readonly id: string }
  | { readonly type: 'self' }
  /** No open matter ends in it, or `several` do. */
  | { readonly type: 'unclear'; readonly number: string; readonly several: boolean }
  | { readonly type: 'words' };

const WHOLE = /^[A-Z]{1,6}-\d{6}-\d{4,}$/;
const RUNNING = /^#?\d+$/;

/** The running number, as the list shows it. */
export const runningOf = (id: string): number => Number(id.split('-').at(-1));

/** Reads `#9`, `9` or a whole number. @param self the matter that asks, which is no answer */
export const named = (typed: string, rows: readonly Numbered[], self: string | null): Named => {
  const wanted = typed.trim().toUpperCase();
  if (wanted === '') return { type: 'nothing' };
  if (WHOLE.test(wanted)) {
    if (wanted === self) return { type: 'self' };
    return { type: rows.some((row) => row.id === wanted) ? 'one' : 'elsewhere', id: wanted };
  }
  if (!RUNNING.test(wanted)) return { type: 'words' };
  const number = wanted.replace('#', '');
  const ending = rows.filter((row) => runningOf(row.id) === Number(number));
  const others = ending.filter((row) => row.id !== self);
  const [first] = others;
  if (first === undefined) return ending.length > 0 ? { type: 'self' } : { type: 'unclear', number, several: false };
  return others.length === 1 ? { type: 'one', id: first.id } : { type: 'unclear', number, several: true };
};

/** Rows to choose from for what was typed: those whose number ends so, or that hold the words. */
export const matching = (typed: string, rows: readonly Numbered[], self: string | null): readonly Numbered[] => {
  const wanted = typed.trim().toLowerCase();
  const others = rows.filter((row) => row.id !== self);
  if (wanted === '') return [];
  if (RUNNING.test(wanted)) return others.filter((row) => runningOf(row.id) === Number(wanted.replace('#', '')));
  return others.filter((row) =>
    `${row.id} ${row.title.zh} ${row.title.en} ${row.place ?? ''}`.toLowerCase().includes(wanted),
  );
};
