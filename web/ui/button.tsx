import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Icon } from './icon.tsx';
import type { IconName } from './shapes.ts';

export type Tone = 'primary' | 'plain' | 'danger' | 'quiet';

interface Props extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type'> {
  readonly tone?: Tone;
  readonly icon?: IconName;
  /** The key that does the same, drawn as a keycap. */
  readonly keycap?: string;
  readonly busy?: boolean;
  readonly type?: 'button' | 'submit';
}

/** A button says its verb; its key stands beside it. */
export const Button = ({
  tone = 'plain',
  icon,
  keycap,
  busy,
  className,
  children,
  disabled,
  type = 'button',
  ...rest
}: Props): ReactNode => (
  <button
    {...rest}
    type={type}
    className={`button button-${tone}${className === undefined ? '' : ` ${className}`}`}
    disabled={disabled === true || busy === true}
    aria-busy={busy === true}
    aria-keyshortcuts={keycap}
  >
    {icon !== undefined && <Icon name={icon} />}
    {children !== undefined && <span>{children}</span>}
    {keycap !== undefined && <Keycap>{keycap}</Keycap>}
  </button>
);

export const Keycap = (props: { readonly children: ReactNode }): ReactNode => (
  <kbd className="keycap" aria-hidden="true">
    {props.children}
  </kbd>
);
