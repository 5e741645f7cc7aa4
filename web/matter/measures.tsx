import type { ReactNode } from 'react';
import type { Kind } from '#core/matter/kind.ts';
import type { MatterView } from '#wire/api.ts';
import { duration } from '../text/format.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { M } from '../text/matter-words.ts';

/** The times the kind is measured by, as far as they are reached: one quiet line. */
export const Measures = (props: { readonly kind: Kind; readonly matter: MatterView }): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const reached = Object.entries(props.kind.measures).flatMap(([id, { name }]) => {
    const taken_s = props.matter.measures[id] ?? null;
    return taken_s === null ? [] : [{ id, words: `${say(name)} ${duration(taken_s, lang)}` }];
  });
  if (reached.length === 0) return null;
  return (
    <p className="measures muted figures" aria-label={say(M.measures)}>
      {reached.map((one) => (
        <span key={one.id}>{one.words}</span>
      ))}
    </p>
  );
};
