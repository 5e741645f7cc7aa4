import { type ReactNode, Suspense, useState } from 'react';
import { isPosition, textOf } from '../matter/values.ts';
import { distance } from '../text/format.ts';
import { M } from '../text/matter-words.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { MAP } from '../text/words.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { late } from '../ui/late.tsx';
import { NoMap } from '../ui/no-map.tsx';
import type { AskProps } from './report.tsx';
import { P } from './words.ts';

const NoMapHere = (): ReactNode => (
  <div className="pick-map">
    <NoMap />
  </div>
);
/** Large, and nearly every report comes to it: fetched while the first question is answered. */
export const fetchMap = () => import('../map/pick-map.tsx');
const PickMap = late(fetchMap, NoMapHere);
const WAIT_MS = 15_000;
/** `PERMISSION_DENIED` of the browser: the person, or a page without a secure address, does not allow it. */
const REFUSED = 1;

export const AskWhere = ({ fields, facts, set }: AskProps): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const [gps, setGps] = useState<'idle' | 'asking' | 'failed' | 'refused'>('idle');
  const { where, place } = fields;
  const value = where === undefined ? undefined : facts[where.name];
  const position = isPosition(value) ? value : null;
  const locate = (): void => {
    if (!('geolocation' in navigator)) return setGps('failed');
    setGps('asking');
    navigator.geolocation.getCurrentPosition(
      (fix) => {
        set(where?.name, () => ({
          lon: fix.coords.longitude,
          lat: fix.coords.latitude,
          accuracy_m: Math.min(100_000, fix.coords.accuracy),
        }));
        setGps('idle');
      },
      (trouble) => setGps(trouble.code === REFUSED ? 'refused' : 'failed'),
      { enableHighAccuracy: true, timeout: WAIT_MS },
    );
  };
  return (
    <>
      <Button className="large" icon="locate" data-fact={where?.name} busy={gps === 'asking'} onClick={locate}>
        {say(gps === 'asking' ? P.locating : P.useGps)}
      </Button>
      {(gps === 'failed' || gps === 'refused') && (
        <p className="refusal" role="alert">
          {say(gps === 'refused' ? P.gpsRefused : P.gpsFailed)}
        </p>
      )}
      {position !== null && (
        <p className="chosen" data-testid="position">
          <Icon name="check" /> {say(P.gotIt)}
          {typeof position.accuracy_m === 'number' && position.accuracy_m >= 5 && (
            <span className="muted"> {say(M.accuracy, { metres: distance(position.accuracy_m, lang) })}</span>
          )}
        </p>
      )}
      {place !== undefined && (
        <input
          className="input"
          aria-label={say(P.placeWords)}
          placeholder={say(P.placeExample)}
          maxLength={200}
          data-fact={place.name}
          value={textOf(facts[place.name])}
          onChange={(event) => set(place.name, () => event.target.value)}
        />
      )}
      <Suspense
        fallback={
          <div className="pick-map">
            <p className="map-opening muted">{say(MAP.loading)}</p>
          </div>
        }
      >
        <PickMap position={position} onPick={(at) => set(where?.name, () => ({ lon: at.lon, lat: at.lat }))} />
      </Suspense>
    </>
  );
};
