import { type ReactNode, Suspense, useMemo, useState } from 'react';
import { usePlaces } from '../api/cache.ts';
import { type Place, search } from '../api/places.ts';
import { coordinates, distance } from '../text/format.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { M } from '../text/matter-words.ts';
import { Loading } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { late } from '../ui/late.tsx';
import { NoMap } from '../ui/no-map.tsx';
import { useHelps } from './context.tsx';
import { positionIn } from './coordinates.ts';
import { knownPart } from './known-place.ts';
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

const NO_PLACES: readonly Place[] = [];

/** A position typed in figures is offered like a place, and gives no name. */
const FIGURES = 'figures';
const inFigures = ({ lon, lat }: GeoPosition): Place => {
  const name = coordinates({ lon, lat });
  return { id: FIGURES, name: { zh: name, en: name }, sort: 'township', lon, lat };
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
  const all = places.data ?? NO_PLACES;
  const matches = useMemo(() => {
    const typed = positionIn(words);
    return typed === null ? search(all, words) : [inFigures(typed)];
  }, [all, words]);
  const found = open ? matches : NO_PLACES;
  const unknown = places.isSuccess && words.trim() !== '' && matches.length === 0;
  const choose = (place: Place): void => {
    const at = { lon: place.lon, lat: place.lat };
    props.onChosen(at);
    helps.chosen?.(at, place.id === FIGURES ? null : place.name);
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
          if (event.key !== 'Enter' || event.ctrlKey) return;
          const [first] = found;
          // Words that found nothing are no answer yet: Enter must not send the form without them.
          if (first !== undefined || unknown) event.preventDefault();
          if (first !== undefined && !event.nativeEvent.isComposing) choose(first);
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
      {unknown && <UnknownPlace words={words.trim()} all={all} onChoose={choose} />}
    </div>
  );
};

/** Says that nothing was found, and offers what is known of the words, or to keep them as they are. */
const UnknownPlace = (props: {
  readonly words: string;
  readonly all: readonly Place[];
  readonly onChoose: (place: Place) => void;
}): ReactNode => {
  const say = useSay();
  const { keepWords } = useHelps();
  const { words, all } = props;
  const part = useMemo(() => knownPart(all, words), [all, words]);
  return (
    <div className="place-unknown">
      <p className="muted" role="status">
        {say(M.noSuchPlace, { words })}
      </p>
      {part?.places.map((place) => (
        <Button key={`${place.sort}-${place.id}`} onClick={() => props.onChoose(place)}>
          {say(M.knownPart, { name: place.name })}
        </Button>
      ))}
      {keepWords !== undefined && (
        <Button tone="quiet" onClick={() => keepWords.keep(words)}>
          {say(M.keepWords, { words, fact: keepWords.fact })}
        </Button>
      )}
    </div>
  );
};
