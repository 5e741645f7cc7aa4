import type { Kind } from '#core/matter/kind.ts';
import type { MatterRow } from '#wire/api.ts';
import { isWaiting } from '../matter/forces.ts';

/** Seconds after which a waiting matter is tinted, by urgency (look.md: 60 s, 5 min, 15 min). */
const WAITS_S: Readonly<Record<string, number>> = { '1': 60, '2': 300, '3': 900 };

/** How strongly a waiting matter is tinted: 0 not at all, 1 its time has come, 2 twice that. */
export const ageing = (row: MatterRow, kind: Kind | undefined, now_ms: number): 0 | 1 | 2 => {
  const limit = WAITS_S[row.urgency ?? ''];
  if (limit === undefined || !isWaiting(row, kind)) return 0;
  const waited_s = (now_ms - row.raised_ms) / 1000;
  if (waited_s < limit) return 0;
  return waited_s < limit * 2 ? 1 : 2;
};

/** Nobody has graded it yet: it may be anything, so it stands right after what is known to threaten life. */
const UNGRADED = 1.5;
/** Kinds without grades (a non-police matter) come after normal incidents. */
const WITHOUT_GRADES = 3.5;
const gradeOf = (row: MatterRow, kind: Kind | undefined): number => {
  if (row.urgency !== null) return Number(row.urgency);
  return kind?.row.urgency === undefined ? WITHOUT_GRADES : UNGRADED;
};

/** Most urgent first; of equal urgency what waits for someone first, then the oldest. */
export const inOrder = (
  rows: readonly MatterRow[],
  kindOf: (row: MatterRow) => Kind | undefined,
): readonly MatterRow[] =>
  rows.toSorted(
    (a, b) =>
      gradeOf(a, kindOf(a)) - gradeOf(b, kindOf(b)) ||
      Number(isWaiting(b, kindOf(b))) - Number(isWaiting(a, kindOf(a))) ||
      a.raised_ms - b.raised_ms ||
      a.id.localeCompare(b.id),
  );

export const latestFirst = (rows: readonly MatterRow[]): readonly MatterRow[] =>
  rows.toSorted((a, b) => b.changed_ms - a.changed_ms);
