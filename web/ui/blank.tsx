import type { ReactNode } from 'react';
import type { Text } from '#core/base/text.ts';
import { wordsOf, isOffline } from '../api/problem.ts';
import { useSay } from '../text/say.ts';
import { W } from '../text/words.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

/** Nothing here: one sentence and the next thing to do. */
export const Empty = (props: {
  readonly words: Text;
  readonly hint?: Text;
  readonly children?: ReactNode;
}): ReactNode => {
  const say = useSay();
  return (
    <div className="blank blank-empty">
      <Icon name="inbox" size={28} />
      <p>{say(props.words)}</p>
      {props.hint !== undefined && <p className="muted">{say(props.hint)}</p>}
      {props.children}
    </div>
  );
};

/** On its way: grey bars where the rows will be. */
export const Loading = (props: { readonly rows?: number }): ReactNode => {
  const say = useSay();
  return (
    <div className="blank-loading" role="status" aria-label={say(W.loading)}>
      {Array.from({ length: props.rows ?? 3 }, (_, row) => (
        <div key={row} className="bar" style={{ width: `${92 - row * 13}%` }} />
      ))}
      <p className="muted">{say(W.loading)}</p>
    </div>
  );
};

/** Refused or broken, or cut off: what happened, what to do, and the button that does it. */
export const Failed = (props: { readonly error: unknown; readonly onRetry?: () => void }): ReactNode => {
  const say = useSay();
  const { words, advice } = wordsOf(props.error);
  const cut = isOffline(props.error);
  return (
    <div className={cut ? 'blank blank-cut' : 'blank blank-failed'} role="alert">
      <Icon name={cut ? 'cut' : 'alert'} size={28} />
      <p>{say(words)}</p>
      <p className="muted">{say(advice)}</p>
      {props.onRetry !== undefined && <Button onClick={props.onRetry}>{say(W.retry)}</Button>}
    </div>
  );
};

/** A refusal inside a form, one line. */
export const Refusal = (props: { readonly error: unknown }): ReactNode => {
  const say = useSay();
  if (props.error === null || props.error === undefined) return null;
  const { words, advice } = wordsOf(props.error);
  return (
    <p className="refusal" role="alert">
      <Icon name="alert" />
      <span>
        {say(words)} <span className="muted">{say(advice)}</span>
      </span>
    </p>
  );
};
