import type { ReactNode } from 'react';
import { forceShape, ICONS, type IconName, MODE_SHAPES, modeColour, STATE_MARKS } from './shapes.ts';

/** A line icon; decorative, the word stands beside it or in the button's label. */
export const Icon = (props: { readonly name: IconName; readonly size?: number }): ReactNode => (
  <svg className="icon" width={props.size ?? 16} height={props.size ?? 16} viewBox="0 0 24 24" aria-hidden="true">
    <path
      d={ICONS[props.name]}
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);

/** A force: shape by kind, colour by state, hatched when its position is old. */
export const ForceIcon = (props: {
  readonly kind: string;
  readonly state: string;
  readonly stale?: boolean;
  readonly size?: number;
}): ReactNode => (
  <svg className="icon" width={props.size ?? 16} height={props.size ?? 16} viewBox="0 0 24 24" aria-hidden="true">
    <path
      d={forceShape(props.kind)}
      fillRule="evenodd"
      fill={props.stale === true ? 'none' : `var(--state-${props.state})`}
      stroke={`var(--state-${props.state})`}
      strokeWidth="2"
      strokeDasharray={props.stale === true ? '3 2.500' : undefined}
      strokeLinejoin="round"
    />
  </svg>
);

/** The small mark that says a state without colour. */
export const StateIcon = (props: { readonly state: string; readonly size?: number }): ReactNode => (
  <svg className="icon" width={props.size ?? 12} height={props.size ?? 12} viewBox="0 0 24 24" aria-hidden="true">
    <path
      d={STATE_MARKS[props.state] ?? STATE_MARKS['off_duty']}
      fill="none"
      stroke="currentColor"
      strokeWidth="3"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);

/** What a leg is made with; the word stands beside it. */
export const ModeIcon = (props: { readonly mode: string; readonly size?: number }): ReactNode => (
  <svg className="icon" width={props.size ?? 16} height={props.size ?? 16} viewBox="0 0 24 24" aria-hidden="true">
    <path
      d={MODE_SHAPES[props.mode] ?? ICONS.next}
      fill="none"
      stroke={`var(--mode-${modeColour(props.mode)})`}
      strokeWidth="1.9"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);
