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

/** What the keys do, with the right it needs; and what is left of it for somebody who may only look. */
const KEYS: readonly {
  readonly key: string;
  readonly words: Text;
  readonly needs?: 'raise' | 'sends' | 'closes' | 'tells';
  readonly seen?: Text;
}[] = [
  { key: 'N', words: D.keyNew, needs: 'raise' },
  { key: '/', words: D.keySearch },
  { key: 'D', words: D.keyDispatch, needs: 'sends' },
  { key: 'C', words: D.keyClosures, needs: 'closes', seen: D.keyClosuresSeen },
  { key: 'R', words: D.keyReach },
  { key: 'W', words: D.keyWeather, needs: 'tells', seen: D.keyWeatherSeen },
  { key: '↑ ↓', words: D.keyMove },
  { key: '1 – 4', words: D.keyGrade, needs: 'raise' },
  { key: 'Ctrl ↵', words: D.keyFile, needs: 'raise' },
  { key: 'Esc', words: D.keyEsc },
  { key: '?', words: D.keyHelp },
  { key: 'Tab', words: D.keyComplete, needs: 'sends' },
];
/** What the command line understands, with the right it needs. */
const COMMANDS = [
  { line: D.lineSend, words: D.keyCommand, needs: 'sends' },
  { line: D.lineClose, words: D.keyClose, needs: 'closes' },
  { line: D.lineOpen, words: D.keyOpen, needs: 'closes' },
  { line: D.lineReach, words: D.keyReachLine, needs: 'reaches' },
] as const;
/** Where nobody is on duty yet. */
const EXAMPLE: Text = { zh: '昌国03', en: 'changguo' };

export const CheatSheet = (props: { readonly rights: Rights; readonly onClose: () => void }): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const { rights } = props;
  const onDuty = useForces().data?.find((force) => force.on_duty && force.kind !== 'agency');
  // Taught with a force that answers to it.
  const sign = onDuty === undefined ? say(EXAMPLE) : signOf(onDuty, lang);
  const may = (needs: (typeof KEYS)[number]['needs']): boolean =>
    needs === undefined || (rights[needs] !== null && rights[needs] !== false);
  const keys = KEYS.flatMap(({ key, words, needs, seen }) => {
    const told = may(needs) ? words : seen;
    return told === undefined ? [] : [{ key, told }];
  });
  const lines = COMMANDS.filter((one) => rights[one.needs]).map((one) => [
    say(one.line, { force: sign }),
    say(one.words, { force: sign }),
  ]);
  return (
    <Dialog title={say(D.keys)} onClose={props.onClose}>
      <dl className="keys">
        {keys.map(({ key, told }) => (
          <div key={key}>
            <dt>
              <Keycap>{key}</Keycap>
            </dt>
            <dd>{say(told)}</dd>
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
