import type { ReactNode } from 'react';
import type { Text } from '#core/base/text.ts';
import type { Kind } from '#core/matter/kind.ts';
import type { ForceView, MatterRow } from '#wire/api.ts';
import { useForces } from '../api/cache.ts';
import { levelName } from '../api/kinds.ts';
import { duration } from '../text/format.ts';
import { useNow } from '../stream/now.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { M } from '../text/matter-words.ts';
import { Icon } from '../ui/icon.tsx';

type Clock = MatterRow['clocks'][number];

/** How a deadline stands: calm, near (a fifth of it left), or over. */
export const clockTone = (clock: Clock, now_ms: number): 'calm' | 'near' | 'late' | 'still' => {
  if (clock.fired_ms !== null) return 'late';
  if (clock.due_ms === null) return 'still';
  if (now_ms >= clock.due_ms) return 'late';
  return clock.due_ms - now_ms < (clock.due_ms - clock.since_ms) / 5 ? 'near' : 'calm';
};

/** Whose deadline it is, where it is a force's or an agency's own. */
const nameOf = (forces: readonly ForceView[] | undefined, id: string): Text =>
  forces?.find((force) => force.id === id)?.name ?? { zh: id, en: id };

/** The running deadlines, the nearest first. */
export const Clocks = (props: { readonly kind: Kind; readonly matter: Pick<MatterRow, 'clocks'> }): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const now = useNow();
  const forces = useForces().data;
  const clocks = props.matter.clocks
    .filter((clock) => clock.due_ms !== null || clock.fired_ms !== null)
    .toSorted((a, b) => (a.due_ms ?? Infinity) - (b.due_ms ?? Infinity));
  if (clocks.length === 0) return null;
  return (
    <ul className="clocks" aria-label={say(M.clocks)}>
      {clocks.map((clock) => {
        const tone = clockTone(clock, now);
        const left_s = ((clock.due_ms ?? clock.fired_ms ?? now) - now) / 1000;
        const words =
          clock.due_ms === null
            ? say(M.fired)
            : say(left_s < 0 ? M.late : M.left, { time: duration(Math.abs(left_s), lang) });
        return (
          <li key={clock.key} className={`clock clock-${tone}`}>
            <Icon name={tone === 'late' ? 'alert' : 'clock'} size={14} />
            {clock.subject !== null && <span>{say(nameOf(forces, clock.subject))}</span>}
            <span>{say(props.kind.clocks[clock.clock]?.name ?? { zh: clock.clock, en: clock.clock })}</span>
            {clock.level !== null && <span className="muted">{say(levelName(props.kind, clock.level))}</span>}
            <b className="figures">{words}</b>
          </li>
        );
      })}
    </ul>
  );
};
