import { type ReactNode, useEffect } from 'react';
import { useKinds } from '../api/cache.ts';
import { useSay } from '../text/say.ts';
import { MAP, MODES, STATES, URGENCY, W } from '../text/words.ts';
import { ForceIcon, Icon, ModeIcon, StateIcon } from '../ui/icon.tsx';
import { FORCE_SHAPES } from '../ui/shapes.ts';
import { Urgency } from '../matter/head.tsx';

/** What shapes, colours and lines on the map mean. */
export const Legend = (props: { readonly onClose: () => void }): ReactNode => {
  const say = useSay();
  const kinds = useKinds().data?.forces;
  const { onClose } = props;
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || document.querySelector('dialog[open]') !== null) return;
      // The first Esc folds the legend only; what is behind it stays.
      event.stopImmediatePropagation();
      onClose();
    };
    globalThis.addEventListener('keydown', pressed, { capture: true });
    return () => globalThis.removeEventListener('keydown', pressed, { capture: true });
  }, [onClose]);
  return (
    <aside className="legend" aria-label={say(MAP.legend)}>
      <button type="button" className="legend-close" aria-label={say(W.close)} onClick={onClose}>
        <Icon name="close" size={14} />
      </button>
      <h3>{say(MAP.kinds)}</h3>
      <ul>
        {Object.keys(FORCE_SHAPES).map((kind) => (
          <li key={kind}>
            <ForceIcon kind={kind} state="off_duty" size={14} /> {say(kinds?.[kind]?.name ?? { zh: kind, en: kind })}
          </li>
        ))}
      </ul>
      <h3>{say(MAP.states)}</h3>
      <ul>
        {Object.entries(STATES).map(([state, words]) => (
          <li key={state} style={{ color: `var(--state-${state})` }}>
            <StateIcon state={state} /> {say(words)}
          </li>
        ))}
        <li>
          <i className="legend-stale" /> {say(MAP.stale)}
        </li>
      </ul>
      <h3>{say(MAP.urgencies)}</h3>
      <ul>
        {Object.keys(URGENCY).map((value) => (
          <li key={value}>
            <Urgency value={value} words />
          </li>
        ))}
        <li>
          <i className="legend-line legend-road" /> {say(MAP.road)}
        </li>
        <li>
          <i className="legend-line legend-ferry" /> {say(MAP.ferry)}
        </li>
        <li>
          <i className="legend-line legend-closed" /> {say(MAP.closed)}
        </li>
      </ul>
      <h3>{say(MAP.modes)}</h3>
      <ul>
        {(['car', 'foot', 'ferry', 'boat', 'air'] as const).map((mode) => (
          <li key={mode}>
            <i className={`legend-line legend-mode-${mode}`} /> <ModeIcon mode={mode} size={14} /> {say(MODES[mode])}
          </li>
        ))}
        <li>
          <i className="legend-wait" /> {say(MAP.waiting)}
        </li>
      </ul>
    </aside>
  );
};
