import { type ReactNode, type Ref, useId } from 'react';
import { Urgency } from '../matter/head.tsx';
import { duration } from '../text/format.ts';
import { signOf } from '../text/names.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { Keycap } from '../ui/button.tsx';
import { ForceIcon, Icon } from '../ui/icon.tsx';
import { promised_s } from '../travel/itinerary.ts';
import { closableName } from '../travel/closable.ts';
import { closedName } from './command-travel.ts';
import { type CommandProps, isHint, type Listed, useCommand } from './use-command.ts';
import { D } from './words.ts';

/** One line for everything: find a matter, a force, a place; or dispatch by typing. */
export const CommandLine = (props: CommandProps & { readonly inputRef: Ref<HTMLInputElement> }): ReactNode => {
  const say = useSay();
  const list = useId();
  const { line, type, listed, at, choose, key } = useCommand(props);
  return (
    <div className="command">
      <Keycap>/</Keycap>
      <input
        ref={props.inputRef}
        type="search"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        aria-label={say(D.keySearch)}
        aria-expanded={listed.length > 0}
        aria-controls={list}
        aria-activedescendant={listed.length > 0 ? `${list}-${at}` : undefined}
        placeholder={say(props.sends ? D.commandHint : D.commandHintSearch)}
        value={line}
        onChange={(event) => type(event.target.value)}
        onKeyDown={key}
      />
      {listed.length > 0 && (
        <ul className="suggestions" role="listbox" id={list} aria-label={say(D.keySearch)}>
          {listed.map((one, index) => (
            <li key={keyOf(one)} id={`${list}-${index}`} role="option" aria-selected={index === at}>
              <button
                type="button"
                tabIndex={-1}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(one)}
              >
                <ListedRow listed={one} />
                {index === at && isHint(one) && <Keycap>Tab</Keycap>}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};

const keyOf = (one: Listed): string => {
  if (one.type === 'matter') return one.row.id;
  if (one.type === 'close') return one.thing.id;
  if (one.type === 'open') return one.closed.closure.matter;
  return one.type === 'place' ? `${one.place.sort}-${one.place.id}` : one.force.id;
};

/** Something to close, or to open again. */
const ClosedRow = ({
  listed,
}: {
  readonly listed: Extract<Listed, { readonly type: 'close' | 'open' }>;
}): ReactNode => {
  const say = useSay();
  const closed = listed.type === 'open' ? listed.closed : null;
  return (
    <>
      <Icon name={listed.type === 'close' ? 'closed' : 'check'} size={14} />{' '}
      <span>{say(listed.type === 'close' ? closableName(listed.thing) : closedName(listed.closed))}</span>{' '}
      <em className="muted figures">{closed?.closure.matter ?? (listed.type === 'close' ? listed.thing.id : '')}</em>
    </>
  );
};

const ListedRow = ({ listed }: { readonly listed: Listed }): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  if (listed.type === 'matter') {
    return (
      <>
        <Urgency value={listed.row.urgency} /> <span>{say(listed.row.title)}</span>{' '}
        <em className="muted figures">{listed.row.id}</em>
      </>
    );
  }
  if (listed.type === 'place') {
    return (
      <>
        <Icon name="place" size={14} /> <span>{say(listed.place.name)}</span>
      </>
    );
  }
  if (listed.type === 'close' || listed.type === 'open') return <ClosedRow listed={listed} />;
  const { force } = listed;
  const ranked = listed.type === 'send' ? listed.ranked : null;
  return (
    <>
      {ranked !== null && <b className="command-rank figures">{ranked.rank}</b>}
      <ForceIcon kind={force.kind} state={force.state} size={14} /> <span>{say(force.name)}</span>{' '}
      {signOf(force, lang) === force.call_sign && <em className="muted figures">{force.call_sign}</em>}
      {ranked !== null && <b className="figures">{duration(promised_s(ranked.eta_s), lang)}</b>}
    </>
  );
};
