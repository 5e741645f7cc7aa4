import { type ReactNode, useState } from 'react';
import { distance_m } from '#core/base/geo.ts';
import type { Fact } from '#core/matter/kind.ts';
import { useForces } from '../api/cache.ts';
import { useSay } from '../text/say.ts';
import { M } from '../text/matter-words.ts';
import { Loading } from '../ui/blank.tsx';
import { ForceIcon } from '../ui/icon.tsx';
import { useHelps } from './context.tsx';

interface Props {
  readonly fact: Fact;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly label: string;
}
const SHOWN_MAX = 12;

/** Forces and agencies of the kinds the fact allows, by name or call sign; several where it is a set. Agencies come first, then what is near. */
export const UnitField = ({ fact, value, onChange, label }: Props): ReactNode => {
  const say = useSay();
  const forces = useForces();
  const near = useHelps().near ?? null;
  const [words, setWords] = useState('');
  const many = fact.merge !== 'single';
  const chosen: readonly string[] = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? [value] : [];
  const toggle = (id: string): void => {
    if (!many) onChange(chosen.includes(id) ? undefined : id);
    else onChange(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id]);
  };
  const wanted = words.trim().toLowerCase();
  const fits = (kind: string): boolean => fact.units === undefined || fact.units.includes(kind);
  const found = (forces.data ?? [])
    .filter(
      (force) =>
        chosen.includes(force.id) ||
        (fits(force.kind) && `${force.name.zh}${force.name.en}${force.call_sign}`.toLowerCase().includes(wanted)),
    )
    .toSorted(
      (a, b) =>
        rank(b.id, b.kind, chosen) - rank(a.id, a.kind, chosen) ||
        (near === null
          ? 0
          : distance_m([near.lon, near.lat], [a.home.lon, a.home.lat]) -
            distance_m([near.lon, near.lat], [b.home.lon, b.home.lat])),
    );
  const list = found.slice(0, SHOWN_MAX + chosen.length);
  return (
    <div className="units">
      <input
        className="input"
        type="search"
        placeholder={say(M.searchUnit)}
        aria-labelledby={label}
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {forces.isPending && <Loading rows={2} />}
      <div className="choices" role="group" aria-labelledby={label}>
        {list.map((force) => (
          <button
            key={force.id}
            type="button"
            className="chip"
            role="checkbox"
            aria-checked={chosen.includes(force.id)}
            onClick={() => toggle(force.id)}
          >
            <ForceIcon kind={force.kind} state={force.state} size={12} /> {say(force.name)}
          </button>
        ))}
        {list.length < found.length && (
          <span className="muted">{say(M.moreUnits, { n: found.length - list.length })}</span>
        )}
        {forces.isSuccess && list.length === 0 && <span className="muted">{say(M.noneMatch)}</span>}
      </div>
    </div>
  );
};

const rank = (id: string, kind: string, chosen: readonly string[]): number =>
  (chosen.includes(id) ? 2 : 0) + (kind === 'agency' ? 1 : 0);
