import { useQuery } from '@tanstack/react-query';
import { type ReactNode, useId, useState } from 'react';
import type { MatterRow } from '#wire/api.ts';
import * as calls from '../api/calls.ts';
import { KEYS, useMatter, useSite } from '../api/cache.ts';
import { useSay } from '../text/say.ts';
import { M } from '../text/matter-words.ts';
import { useStill } from '../ui/still.ts';
import { type Asker, useHelps } from './context.tsx';
import { matching, named, type Named, runningOf } from './matter-number.ts';
import { usePlaceName } from './place-name.ts';
import { titleParts } from './title.ts';
import { textOf } from './values.ts';

interface Props {
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly label: string;
  readonly required: boolean;
  readonly focus?: boolean;
}
const OPEN_MAX = 200;
const SHOWN_MAX = 4;
const NONE: readonly MatterRow[] = [];

/** Another matter: by its number as the list shows it, by words, or one of those that are likely the same. */
export const MatterField = ({ value, onChange, label, required, focus }: Props): ReactNode => {
  const say = useSay();
  const why = useId();
  const { about } = useHelps();
  const self = about?.id ?? null;
  const placeName = usePlaceName();
  const prefix = useSite().data?.prefix;
  const [typed, setTyped] = useState(textOf(value));
  // The desk's own list, kept by the stream.
  const open = useQuery({
    queryKey: KEYS.open,
    queryFn: () => calls.matters({ state: 'open', limit: OPEN_MAX }),
  });
  const rows = open.data?.rows ?? NONE;
  const likely = useLikely(about);
  const reading = named(typed, rows, self);
  const wrong = useWrong(reading, open.isSuccess, matching(typed, rows, self).length);
  const change = (words: string): void => {
    setTyped(words);
    const next = named(words, rows, self);
    onChange(next.type === 'one' || next.type === 'elsewhere' ? next.id : undefined);
  };
  const choices = reading.type === 'nothing' ? likely : matching(typed, rows, self);
  const shown = choices.slice(0, SHOWN_MAX);
  return (
    <div className="units">
      <input
        className="input"
        type="search"
        autoComplete="off"
        aria-labelledby={label}
        aria-required={required}
        aria-invalid={wrong !== null}
        aria-describedby={why}
        autoFocus={focus === true}
        maxLength={200}
        placeholder={say(M.matterNumber, { prefix: prefix ?? 'QD' })}
        value={typed}
        onChange={(event) => change(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && wrong !== null) event.preventDefault();
        }}
      />
      <p id={why} className={wrong === null ? 'unseen' : 'refusal'} role="alert">
        {wrong}
      </p>
      {reading.type === 'nothing' && shown.length > 0 && <p className="muted">{say(M.likelySame)}</p>}
      <div className="choices" role="group" aria-labelledby={label}>
        {shown.map((row) => (
          <button
            key={row.id}
            type="button"
            className="chip chip-matter"
            title={say(row.title)}
            role="checkbox"
            data-matter={row.id}
            aria-checked={row.id === value}
            onClick={() => change(row.id)}
          >
            <b className="figures">{`#${runningOf(row.id)}`}</b> <span>{titleParts(say(row.title)).what}</span>{' '}
            <span className="muted">{placeName(row.place)}</span>
          </button>
        ))}
      </div>
    </div>
  );
};

/** Open matters that may be about the same as the one that asks. */
const useLikely = (about: Asker | undefined): readonly MatterRow[] => {
  const found = useQuery({
    queryKey: ['duplicates', about?.kind, about?.position, about?.words],
    queryFn: ({ signal }) => calls.duplicates(about?.kind ?? '', about?.position ?? null, about?.words ?? '', signal),
    enabled: about !== undefined,
  });
  return (found.data?.rows ?? []).map(({ row }) => row).filter((row) => row.id !== about?.id);
};

/** Why what stands there names no matter; null while it does, or may. */
const useWrong = (reading: Named, known: boolean, found: number): string | null => {
  const say = useSay();
  const asked = useStill(reading.type === 'elsewhere' ? reading.id : null);
  const elsewhere = useMatter(asked);
  switch (reading.type) {
    case 'self':
      return say(M.matterSelf);
    case 'elsewhere':
      return elsewhere.isError && asked === reading.id ? say(M.matterUnknown, { number: reading.id }) : null;
    case 'unclear':
      if (!known) return null;
      return say(reading.several ? M.matterSeveral : M.matterNone, { number: reading.number });
    case 'words':
      return known && found === 0 ? say(M.matterNoWords) : null;
    default:
      return null;
  }
};
