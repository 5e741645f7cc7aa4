import type { ReactNode } from 'react';
import type { Text } from '#core/base/text.ts';
import { useForces } from '../api/cache.ts';
import { signOf } from '../text/names.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { W } from '../text/words.ts';
import { Button, Keycap } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import type { Rights } from './use-rights.ts';
import { D } from './words.ts';

const KEYS = [
  ['N', D.keyNew],
  ['/', D.keySearch],
  ['D', D.keyDispatch],
  ['C', D.keyClosures],
  ['R', D.keyReach],
  ['W', D.keyWeather],
  ['↑ ↓', D.keyMove],
  ['1 – 4', D.keyGrade],
  ['Ctrl ↵', D.keyFile],
  ['Esc', D.keyEsc],
  ['?', D.keyHelp],
  ['Tab', D.keyComplete],
] as const;
/** What the command line understands, with the right it needs. */
const COMMANDS = [
  { line: D.lineSend, words: D.keyCommand, needs: 'sends' },
  { line: D.lineClose, words: D.keyClose, needs: 'closes' },
  { line: D.lineOpen, words: D.keyOpen, needs: 'closes' },
  { line: D.lineReach, words: D.keyReachLine, needs: 'reaches' },
] as const;
const RAISING: readonly Text[] = [D.keyNew, D.keyGrade, D.keyFile];
const SENDING: readonly Text[] = [D.keyDispatch, D.keyComplete];
/** Where nobody is on duty yet. */
const EXAMPLE: Text = { zh: '昌国03', en: 'changguo' };

export const CheatSheet = (props: { readonly rights: Rights; readonly onClose: () => void }): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const { raise, sends } = props.rights;
  const onDuty = useForces().data?.find((force) => force.on_duty && force.kind !== 'agency');
  // Taught with a force that answers to it.
  const sign = onDuty === undefined ? say(EXAMPLE) : signOf(onDuty, lang);
  const works = (words: Text): boolean =>
    RAISING.includes(words) ? raise !== null : SENDING.includes(words) ? sends : true;
  const lines = COMMANDS.filter((one) => props.rights[one.needs]).map((one) => [
    say(one.line, { force: sign }),
    say(one.words, { force: sign }),
  ]);
  return (
    <Dialog title={say(D.keys)} onClose={props.onClose}>
      <dl className="keys">
        {KEYS.filter(([, words]) => works(words)).map(([key, words]) => (
          <div key={key}>
            <dt>
              <Keycap>{key}</Keycap>
            </dt>
            <dd>{say(words)}</dd>
          </div>
        ))}
        {lines.map(([line, words]) => (
          <div key={line} className="keys-line">
            <dt>
              <Keycap>{`/ ${line}`}</Keycap>
            </dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      <div className="actions">
        <Button onClick={props.onClose}>{say(W.close)}</Button>
      </div>
    </Dialog>
  );
};
