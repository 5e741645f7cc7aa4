import { type ReactNode, Suspense, useMemo } from 'react';
import type { Follow, ForceView, MatterRow } from '#wire/api.ts';
import { useNow } from '../stream/now.ts';
import { useSay } from '../text/say.ts';
import { MAP } from '../text/words.ts';
import { late } from '../ui/late.tsx';
import { NoMap } from '../ui/no-map.tsx';

const MapView = late(() => import('../map/map-view.tsx'), NoMap);
const NOTHING = (): void => undefined;

/**
 * The place and who comes to it; without names, call signs or kinds, which are not the public's. When their number changes they are
 * drawn anew: who is who is not known here, so nobody's trail may lead to another.
 */
export const ComingMap = ({ follow }: { readonly follow: Follow }): ReactNode => {
  const say = useSay();
  const now_ms = useNow();
  const forces = useMemo(
    () => follow.coming.positions.map((at, index, all) => anonymous(at, `coming-${all.length}-${index}`)),
    [follow],
  );
  const rows = useMemo(() => [rowOf(follow)], [follow]);
  return (
    <div className="follow-map">
      <Suspense fallback={<p className="map-opening muted">{say(MAP.loading)}</p>}>
        <MapView
          forces={forces}
          rows={rows}
          matter={null}
          force={null}
          picked={null}
          picking={false}
          bare
          now_ms={now_ms}
          onPick={NOTHING}
          onMatter={NOTHING}
          onForce={NOTHING}
        />
      </Suspense>
    </div>
  );
};

const anonymous = (at: { readonly lon: number; readonly lat: number }, id: string): ForceView => ({
  id,
  kind: 'officer',
  name: { zh: '', en: '' },
  call_sign: '',
  tier: 'station',
  district: null,
  skills: [],
  gear: [],
  seats: 0,
  crew: 0,
  state: 'on_the_way',
  on_duty: true,
  unavailable: null,
  home: { lon: at.lon, lat: at.lat },
  engaged: [],
  position: {
    lon: at.lon,
    lat: at.lat,
    time_ms: Number.MAX_SAFE_INTEGER,
    accuracy_m: null,
    speed_kmh: null,
    heading_deg: null,
    source: 'own',
  },
});

const rowOf = (follow: Follow): MatterRow => ({
  id: follow.number,
  kind: follow.kind,
  site: '',
  level: '',
  state: follow.state,
  open: true,
  outcome: null,
  title: { zh: '', en: '' },
  place: null,
  position: follow.position,
  urgency: null,
  raised_ms: follow.raised_ms,
  changed_ms: follow.changed_ms,
  seq: 0,
  clocks: [],
  parts: [],
});
