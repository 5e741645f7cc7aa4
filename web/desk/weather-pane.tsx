import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import type { Text } from '#core/base/text.ts';
import type { ConditionsView } from '#wire/conditions.ts';
import * as calls from '../api/calls.ts';
import { KEYS } from '../api/cache.ts';
import { useSession } from '../session/session.tsx';
import { useNow } from '../stream/now.ts';
import { duration, moment } from '../text/format.ts';
import { type Say, useLanguage, useSay } from '../text/say.ts';
import { W } from '../text/words.ts';
import type { Layer } from '../travel/closable.ts';
import { useConditions } from '../travel/data.ts';
import {
  areasOf,
  beaufort,
  isOldWeather,
  mayTellWeather,
  type Reading,
  readingAt,
  type WeatherArea,
} from '../travel/weather.ts';
import { T } from '../travel/words.ts';
import { Empty, Failed, Loading } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { useKeys } from './keys.ts';
import { useTell } from './notices.tsx';
import { WeatherForm } from './weather-form.tsx';

/** The weather told for each sea area: how it is, since when one knows, what comes next; and the way to tell it. */
export const WeatherPane = (props: { readonly waters: Layer }): ReactNode => {
  const say = useSay();
  const { session } = useSession();
  const conditions = useConditions();
  const cache = useQueryClient();
  const tell = useTell();
  const [telling, setTelling] = useState<string | null>(null);
  const may = mayTellWeather(session.roles);
  const areas: readonly WeatherArea[] = areasOf(conditions.data?.weather ?? [], props.waters);
  // The key that opened the pane goes on in it.
  useKeys({ w: () => may && telling === null && setTelling(areas[0]?.id ?? '') });
  const told = (answer: ConditionsView, name: Text): void => {
    cache.setQueryData(KEYS.conditions, answer);
    setTelling(null);
    tell({ tone: 'done', title: say(T.told, { area: name }) });
  };
  if (telling !== null) {
    return (
      <WeatherForm
        areas={areas}
        area={telling}
        send={calls.tellWeather}
        onTold={told}
        onClose={() => setTelling(null)}
      />
    );
  }
  return (
    <div className="travel-body">
      {may && (
        <div className="actions">
          <Button icon="plus" keycap="W" onClick={() => setTelling(areas[0]?.id ?? '')}>
            {say(T.tellWeather)}
          </Button>
        </div>
      )}
      {conditions.isPending && <Loading rows={3} />}
      {conditions.isError && conditions.data === undefined && (
        <Failed error={conditions.error} onRetry={() => void conditions.refetch()} />
      )}
      {conditions.isSuccess && areas.length === 0 && <Empty words={T.weatherNone} hint={T.weatherNoneHint} />}
      <ul className="weathers">
        {areas.map((area) => (
          <li key={area.id} className="weather" data-area={area.id}>
            <header>
              <b>{say(area.name)}</b>
              {may && (
                <Button tone="quiet" onClick={() => setTelling(area.id)}>
                  {say(T.tellWeather)}
                </Button>
              )}
            </header>
            <AreaWeather series={area.series} />
          </li>
        ))}
      </ul>
    </div>
  );
};

const AreaWeather = ({ series }: { readonly series: readonly Reading[] }): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const now_ms = useNow();
  const { now, next } = readingAt(series, now_ms);
  const old = now !== null && isOldWeather(now, now_ms);
  return (
    <>
      {now === null && <p className="muted">{say(T.weatherUnset)}</p>}
      {now !== null && (
        <>
          <Readings reading={now} />
          <p className={old ? 'weather-old figures' : 'muted figures'}>
            {say(T.observedAt, { when: moment(now.at, now_ms), age: duration((now_ms - now.at) / 1000, lang) })}
            {old && ` · ${say(T.weatherOld)}`}
          </p>
        </>
      )}
      {next !== null && (
        <p className="muted figures">{say(T.nextTold, { when: moment(next.at, now_ms), words: brief(next, say) })}</p>
      )}
    </>
  );
};

const metres = (value: number): string => (value >= 1000 ? `${value / 1000} km` : `${value} m`);

const Readings = ({ reading }: { readonly reading: Reading }): ReactNode => {
  const say = useSay();
  const { wind_ms, gust_ms, wave_m, visibility_m } = reading;
  const shown = [
    [T.wind, wind_ms === null ? null : `${wind_ms} m/s · ${say(T.beaufort, { n: beaufort(wind_ms) })}`],
    [T.gust, gust_ms === null ? null : `${gust_ms} m/s`],
    [T.wave, wave_m === null ? null : `${wave_m} m`],
    [T.visibility, visibility_m === null ? null : metres(visibility_m)],
  ] as const;
  return (
    <dl className="readings">
      {shown.map(([name, value]) => (
        <div key={name.en}>
          <dt>{say(name)}</dt>
          <dd className={value === null ? 'muted' : 'figures'}>{value ?? say(T.unknown)}</dd>
        </div>
      ))}
    </dl>
  );
};

/** 12 m/s · 2 m · 3 km: what is told, short. */
const brief = ({ wind_ms, wave_m, visibility_m }: Reading, say: Say): string =>
  [
    wind_ms === null ? null : `${say(T.wind)} ${wind_ms} m/s`,
    wave_m === null ? null : `${say(T.wave)} ${wave_m} m`,
    visibility_m === null ? null : `${say(T.visibility)} ${metres(visibility_m)}`,
  ]
    .filter((one) => one !== null)
    .join(say(W.listJoint));
