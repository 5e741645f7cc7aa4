import type { ReactNode } from 'react';
import { useSay } from '../text/say.ts';
import { W } from '../text/words.ts';
import { Button, Keycap } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { D } from './words.ts';

const KEYS = [
  ['N', D.keyNew],
  ['/', D.keySearch],
  ['D', D.keyDispatch],
  ['↑ ↓', D.keyMove],
  ['Ctrl ↵', D.keyFile],
  ['Esc', D.keyEsc],
  ['?', D.keyHelp],
  ['/ d 12 ptu3', D.keyCommand],
] as const;

export const CheatSheet = (props: { readonly onClose: () => void }): ReactNode => {
  const say = useSay();
  return (
    <Dialog title={say(D.keys)} onClose={props.onClose}>
      <dl className="keys">
        {KEYS.map(([key, words]) => (
          <div key={key}>
            <dt>
              <Keycap>{key}</Keycap>
            </dt>
            <dd>{say(words)}</dd>
          </div>
        ))}
      </dl>
      <div className="actions">
        <Button onClick={props.onClose}>{say(W.close)}</Button>
      </div>
    </Dialog>
  );
};
