import { type ReactNode, Suspense, useState } from 'react';
import { usePlaces } from '../api/cache.ts';
import { search } from '../api/places.ts';
import { coordinates, distance } from '../text/format.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { M } from '../text/matter-words.ts';
import { Loading } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { late } from '../ui/late.tsx';
import { NoMap } from '../ui/no-map.tsx';
import { useHelps } from './context.tsx';
import { isPosition, type GeoPosition } from './values.ts';

const PickMap = late(() => import('../map/pick-map.tsx'), NoMap);

interface Props {
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  readonly label: string;
}

/** A place by its name, by this device's position, or by pointing at a map. */
export const PositionField = ({ value, onChange, label }: Props): ReactNode => {
  const say = useSay();
  const helps = useHelps();
  const lang = useLanguage();
  const [map, setMap] = useState(false);
  const position = isPosition(value) ? value : null;
  const pointed = (at: GeoPosition): void => {
    onChange(at);
    helps.chosen?.(at, null);
  };
  const pick = (): void => {
    if (helps.pick === undefined) setMap((open) => !open);
    else helps.pick(pointed);
  };
  return (
    <div className="position">
      {helps.places && <PlaceSearch label={label} onChosen={onChange} />}
      <div className="position-row">
        <Button tone="plain" icon="place" onClick={pick} aria-pressed={map}>
          {say(M.pickOnMap)}
        </Button>
        <span className={position === null ? 'muted' : 'figures'} data-testid="position">
          {position === null ? say(M.noPosition) : coordinates(position)}
          {typeof position?.accuracy_m === 'number' && (
            <em className="muted"> {say(M.accuracy, { metres: distance(position.accuracy_m, lang) })}</em>
          )}
        </span>
      </div>
      {map && (
        <Suspense fallback={<Loading />}>
          <PickMap position={position} onPick={pointed} />
        </Suspense>
      )}
    </div>
  );
};

const PlaceSearch = (props: {
  readonly label: string;
  readonly onChosen: (position: GeoPosition) => void;
}): ReactNode => {
  const say = useSay();
  const helps = useHelps();
  const places = usePlaces();
  const [words, setWords] = useState('');
  const [open, setOpen] = useState(false);
  const found = open ? search(places.data ?? [], words) : [];
  const choose = (place: (typeof found)[number]): void => {
    const at = { lon: place.lon, lat: place.lat };
    props.onChosen(at);
    helps.chosen?.(at, place.name);
    setWords(say(place.name));
    setOpen(false);
  };
  return (
    <div className="place-search">
      <input
        className="input"
        type="search"
        aria-labelledby={props.label}
        placeholder={say(M.searchPlace)}
        value={words}
        onBlur={() => setOpen(false)}
        onChange={(event) => {
          setWords(event.target.value);
          setOpen(true);
        }}
        onKeyDown={(event) => {
          const first = found[0];
          if (event.key !== 'Enter' || event.ctrlKey || first === undefined) return;
          event.preventDefault();
          choose(first);
        }}
      />
      {found.length > 0 && (
        <ul className="suggestions">
          {found.map((place) => (
            <li key={`${place.sort}-${place.id}`}>
              <button type="button" onMouseDown={(event) => event.preventDefault()} onClick={() => choose(place)}>
                {say(place.name)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
};
