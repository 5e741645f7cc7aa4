import { type ReactNode, useId, useState } from 'react';
import type { Text } from '#core/base/text.ts';
import type { ConditionsView } from '#wire/conditions.ts';
import { InstantInput } from '../matter/fields.tsx';
import { useNow } from '../stream/now.ts';
import { useSay } from '../text/say.ts';
import { W } from '../text/words.ts';
import { isAreaId, type Reading, type WeatherArea, withReading } from '../travel/weather.ts';
import { T } from '../travel/words.ts';
import { Refusal } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';

interface Props {
  readonly areas: readonly WeatherArea[];
  /** The area to begin with; empty where none is known. */
  readonly area: string;
  readonly send: (area: string, series: ConditionsView['weather'][number]['series']) => Promise<ConditionsView>;
  readonly onTold: (answer: ConditionsView, name: Text) => void;
  readonly onClose: () => void;
}

type Measures = Omit<Reading, 'at'>;
const NOTHING: Measures = { wind_ms: null, gust_ms: null, wave_m: null, visibility_m: null };
const FIELDS = [
  { name: 'wind_ms', words: T.wind, unit: 'm/s', max: 120 },
  { name: 'gust_ms', words: T.gust, unit: 'm/s', max: 150 },
  { name: 'wave_m', words: T.wave, unit: 'm', max: 30 },
  { name: 'visibility_m', words: T.visibility, unit: 'm', max: 100_000 },
] as const;

/** One observation of one sea area. What is forecast for later stays. */
export const WeatherForm = (props: Props): ReactNode => {
  const say = useSay();
  const now = useNow();
  const [area, setArea] = useState(props.area);
  const [measures, setMeasures] = useState(NOTHING);
  const [at, setAt] = useState<number | null>(null);
  const [gap, setGap] = useState<Text | null>(null);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const known = props.areas.find((one) => one.id === area);
  const send = async (): Promise<void> => {
    const nothing = Object.values(measures).every((one) => one === null);
    const wrong = isAreaId(area) ? (nothing ? T.nothingMeasured : null) : T.areaBad;
    setGap(wrong);
    if (wrong !== null || busy) return;
    setBusy(true);
    setError(null);
    try {
      const series = withReading(known?.series ?? [], { at: at ?? now, ...measures });
      props.onTold(await props.send(area, [...series]), known?.name ?? { zh: area, en: area });
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  return (
    <form
      className="travel-body"
      aria-label={say(T.tellWeather)}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void send();
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        props.onClose();
      }}
    >
      <AreaField areas={props.areas} area={area} onArea={setArea} />
      <MeasureFields measures={measures} onChange={setMeasures} first={props.area !== ''} />
      <ObservedField value={at ?? Math.floor(now / 60_000) * 60_000} onChange={setAt} />
      {gap !== null && (
        <p className="refusal" role="alert">
          {say(gap)}
        </p>
      )}
      <Refusal error={error} />
      <div className="actions">
        <Button tone="primary" type="submit" keycap="Ctrl ↵" busy={busy}>
          {say(T.save)}
        </Button>
        <Button tone="quiet" keycap="Esc" onClick={props.onClose}>
          {say(W.cancel)}
        </Button>
      </div>
    </form>
  );
};

const MeasureFields = (props: {
  readonly measures: Measures;
  readonly onChange: (change: (held: Measures) => Measures) => void;
  /** The caret begins here. */
  readonly first: boolean;
}): ReactNode => {
  const say = useSay();
  return (
    <div className="weather-fields">
      {FIELDS.map(({ name, words, unit, max }, index) => (
        <label key={name} className="field">
          <span className="field-name">{say(words)}</span>
          <span className="with-unit">
            <input
              className="input figures"
              type="number"
              inputMode="decimal"
              name={name}
              step="any"
              min={0}
              max={max}
              autoFocus={index === 0 && props.first}
              value={props.measures[name] ?? ''}
              onChange={({ target }) =>
                props.onChange((held) => ({ ...held, [name]: target.value === '' ? null : target.valueAsNumber }))
              }
            />
            <span className="muted">{unit}</span>
          </span>
        </label>
      ))}
    </div>
  );
};

const ObservedField = (props: {
  readonly value: number;
  readonly onChange: (at: number | null) => void;
}): ReactNode => {
  const say = useSay();
  const label = useId();
  return (
    <div className="field">
      <span className="field-name" id={label}>
        {say(T.observed)}
      </span>
      <InstantInput
        value={props.value}
        label={label}
        onChange={(value) => props.onChange(typeof value === 'number' ? value : null)}
      />
    </div>
  );
};

/** A known area from the list, or the id of a new one. */
const AreaField = (props: {
  readonly areas: readonly WeatherArea[];
  readonly area: string;
  readonly onArea: (id: string) => void;
}): ReactNode => {
  const say = useSay();
  const { areas } = props;
  const list = useId();
  const known = areas.find((one) => one.id === props.area);
  return (
    <label className="field">
      <span className="field-name">{say(T.area)}</span>
      <input
        className="input"
        name="area"
        list={list}
        autoFocus={props.area === ''}
        autoComplete="off"
        value={props.area}
        onChange={(event) => props.onArea(event.target.value.trim())}
      />
      <datalist id={list}>
        {areas.map((one) => (
          <option key={one.id} value={one.id}>
            {say(one.name)}
          </option>
        ))}
      </datalist>
      <span className="field-hint">{say(known?.name ?? T.areaHint)}</span>
    </label>
  );
};
