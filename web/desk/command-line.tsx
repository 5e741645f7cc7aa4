import { type ReactNode, type Ref, useState } from 'react';
import type { ForceView, MatterRow } from '#wire/api.ts';
import { usePlaces } from '../api/cache.ts';
import type { Place } from '../api/places.ts';
import { useSay } from '../text/say.ts';
import { ForceIcon, Icon } from '../ui/icon.tsx';
import { Keycap } from '../ui/button.tsx';
import { Urgency } from '../matter/head.tsx';
import { find, type Found, parseCommand } from './command.ts';
import { useTell } from './notices.tsx';
import { D } from './words.ts';

interface Props {
  readonly inputRef: Ref<HTMLInputElement>;
  readonly rows: readonly MatterRow[];
  readonly forces: readonly ForceView[];
  readonly onMatter: (row: MatterRow) => void;
  readonly onForce: (force: ForceView) => void;
  readonly onPlace: (place: Place) => void;
  readonly onDispatch: (matter: string, force: string) => void;
  readonly sends: boolean;
}

/** One line for everything: find a matter, a force, a place; or dispatch by typing. */
export const CommandLine = (props: Props): ReactNode => {
  const say = useSay();
  const tell = useTell();
  const places = usePlaces().data ?? [];
  const [line, setLine] = useState('');
  const [at, setAt] = useState(0);
  const command = parseCommand(line, props.rows, props.forces);
  const found = command.type === 'search' ? find(command.words, props.rows, props.forces, places) : [];
  const choose = (one: Found): void => {
    if (one.type === 'matter') props.onMatter(one.row);
    if (one.type === 'force') props.onForce(one.force);
    if (one.type === 'place') props.onPlace(one.place);
    leave();
  };
  const leave = (): void => {
    setLine('');
    setAt(0);
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };
  const run = (): void => {
    if (command.type === 'dispatch' && props.sends) {
      props.onDispatch(command.matter, command.force);
      leave();
    }
    if (command.type === 'no-matter') tell({ tone: 'warning', title: say(D.noSuchMatter, { n: command.number }) });
    if (command.type === 'no-force') tell({ tone: 'warning', title: say(D.noSuchForce, { n: command.sign }) });
    const one = found[Math.min(at, found.length - 1)];
    if (one !== undefined) choose(one);
  };
  return (
    <div className="command">
      <Keycap>/</Keycap>
      <input
        ref={props.inputRef}
        type="search"
        autoComplete="off"
        spellCheck={false}
        aria-label={say(D.keySearch)}
        placeholder={say(props.sends ? D.commandHint : D.commandHintSearch)}
        value={line}
        onChange={(event) => {
          setLine(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (event.key === 'Escape') leave();
          if (event.key === 'Enter') run();
          if (event.key === 'ArrowDown') setAt(Math.min(at + 1, found.length - 1));
          if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
          if (['ArrowDown', 'ArrowUp', 'Enter'].includes(event.key)) event.preventDefault();
        }}
      />
      {found.length > 0 && (
        <ul className="suggestions" role="listbox">
          {found.map((one, index) => (
            <li key={keyOf(one)} role="option" aria-selected={index === at}>
              <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={() => choose(one)}>
                <FoundRow found={one} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};

const keyOf = (one: Found): string =>
  one.type === 'matter' ? one.row.id : one.type === 'force' ? one.force.id : `${one.place.sort}-${one.place.id}`;

const FoundRow = ({ found }: { readonly found: Found }): ReactNode => {
  const say = useSay();
  if (found.type === 'matter') {
    return (
      <>
        <Urgency value={found.row.urgency} /> <span>{say(found.row.title)}</span>{' '}
        <em className="muted figures">{found.row.id}</em>
      </>
    );
  }
  if (found.type === 'force') {
    return (
      <>
        <ForceIcon kind={found.force.kind} state={found.force.state} size={14} /> <span>{say(found.force.name)}</span>{' '}
        <em className="muted figures">{found.force.call_sign}</em>
      </>
    );
  }
  return (
    <>
      <Icon name="place" size={14} /> <span>{say(found.place.name)}</span>
    </>
  );
};
