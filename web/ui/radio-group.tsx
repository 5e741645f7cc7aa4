import type { KeyboardEvent, ReactNode } from 'react';
import { nextRadio, tabStop } from './radios.ts';

export interface RadioOption {
  readonly key: string;
  readonly body: ReactNode;
  readonly className: string;
  /** Said instead of the body where that is a picture. */
  readonly label?: string | undefined;
  readonly urgency?: string | undefined;
}

interface Props {
  readonly options: readonly RadioOption[];
  /** Key of the chosen one. */
  readonly chosen: string | null;
  /** Hears null when the chosen one is given back. */
  readonly onChoose: (key: string | null) => void;
  readonly className: string;
  readonly labelledBy?: string | undefined;
  readonly label?: string | undefined;
  /** The chosen one may be given back by choosing it again. */
  readonly clearable?: boolean;
  /** A typed key that is an option's key chooses it. */
  readonly typed?: boolean;
}

/** One Tab stop; arrows, Home and End move and choose, as the ARIA radio group has it. */
export const RadioGroup = (props: Props): ReactNode => {
  const { options } = props;
  const at = options.findIndex((option) => option.key === props.chosen);
  const moved = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const radios = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=radio]')];
    const from = radios.findIndex((radio) => radio === event.target);
    const typed = props.typed === true ? options.findIndex((option) => option.key === event.key) : -1;
    const next = typed >= 0 ? typed : nextRadio(event.key, Math.max(0, from), options.length);
    const option = next === null ? undefined : options[next];
    if (next === null || option === undefined) return;
    event.preventDefault();
    // The desk's own keys move through the queue.
    event.stopPropagation();
    radios[next]?.focus();
    if (option.key !== props.chosen) props.onChoose(option.key);
  };
  return (
    <div
      className={props.className}
      role="radiogroup"
      aria-labelledby={props.labelledBy}
      aria-label={props.label}
      onKeyDown={moved}
    >
      {options.map((option, index) => (
        <button
          key={option.key}
          type="button"
          role="radio"
          tabIndex={tabStop(index, at)}
          className={option.className}
          aria-checked={index === at}
          aria-label={option.label}
          data-urgency={option.urgency}
          onClick={() => props.onChoose(index === at && props.clearable === true ? null : option.key)}
        >
          {option.body}
        </button>
      ))}
    </div>
  );
};
