import type { ReactNode } from 'react';
import type { Text } from '#core/base/text.ts';
import { usePlaces } from '../api/cache.ts';
import { useNow } from '../stream/now.ts';
import { distance, duration, inZone, moment } from '../text/format.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { MODES, W } from '../text/words.ts';
import { ModeIcon } from '../ui/icon.tsx';
import { RadioGroup } from '../ui/radio-group.tsx';
import { confidenceOf, type Itinerary, type Leg, placeNameAt, promised_s, rowsOf } from './itinerary.ts';
import { CONFIDENCE, T } from './words.ts';

const SEA: ReadonlySet<string> = new Set(['boat', 'ferry']);
const modeName = (mode: string): Text => MODES[mode as keyof typeof MODES] ?? { zh: mode, en: mode };

/** The ways of somebody that differ in kind, one chosen; and the chosen one leg by leg. */
export const Journey = (props: {
  readonly choices: readonly Itinerary[];
  readonly chosen: Itinerary;
  readonly onChoose: (key: string) => void;
}): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const now = useNow();
  const { choices, chosen } = props;
  return (
    <div className="journey" data-way={chosen.key}>
      {choices.length > 1 && (
        <RadioGroup
          className="journey-choices"
          label={say(T.ways)}
          chosen={chosen.key}
          onChoose={(key) => props.onChoose(key ?? chosen.key)}
          options={choices.map((one) => ({
            key: one.key,
            className: 'journey-choice',
            body: (
              <>
                <span className="journey-modes">
                  {one.modes.map((mode, index) => (
                    <ModeIcon key={`${index}-${mode}`} mode={mode} size={15} />
                  ))}
                  {one.modes.map((mode) => say(modeName(mode))).join(' → ')}
                </span>
                <b className="figures">{duration(promised_s(one.duration_s), lang)}</b>
                <span className="muted figures">{say(T.arrives, { when: moment(one.arrive_ms, now) })}</span>
              </>
            ),
          }))}
        />
      )}
      <Legs way={chosen} />
    </div>
  );
};

const Legs = ({ way }: { readonly way: Itinerary }): ReactNode => {
  const say = useSay();
  const sure = confidenceOf(way);
  return (
    <>
      <ol className="journey-legs" aria-label={say(T.oneWay)}>
        {rowsOf(way).map((leg) =>
          leg.mode === 'wait' ? (
            <WaitRow key={`${leg.start_ms}-wait`} leg={leg} />
          ) : (
            <LegRow key={`${leg.start_ms}-${leg.mode}`} leg={leg} way={way} />
          ),
        )}
      </ol>
      {sure !== null && (
        <p className="journey-sure muted">
          {say(T.confidence, { words: CONFIDENCE[sure as keyof typeof CONFIDENCE] })}
        </p>
      )}
    </>
  );
};

/** Modes of the legs before and after one; null at the ends. */
const besideOf = (way: Itinerary, leg: Leg): readonly [before: string | null, after: string | null] => {
  const moving = way.legs.filter((one) => one.mode !== 'wait');
  const at = moving.findIndex((one) => one.start_ms === leg.start_ms && one.mode === leg.mode);
  return [moving[at - 1]?.mode ?? null, moving[at + 1]?.mode ?? null];
};

/** What a place without a name is, by what is left there and what is taken. */
const changeWords = (left: string, taken: string): Text => {
  if (SEA.has(left) || SEA.has(taken)) return T.shore;
  return left === 'air' || taken === 'air' ? T.landing : T.roadside;
};

const LegRow = ({ leg, way }: { readonly leg: Leg; readonly way: Itinerary }): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const now = useNow();
  const places = (usePlaces().data ?? []).filter((place) => place.sort === 'pier');
  const [before, after] = besideOf(way, leg);
  const from = placeNameAt(leg.line[0], places) ?? (before === null ? T.from : changeWords(before, leg.mode));
  const to = placeNameAt(leg.line.at(-1), places) ?? (after === null ? T.to : changeWords(leg.mode, after));
  const over = leg.via.map((words) => say(words)).filter((words) => words !== say(from) && words !== say(to));
  return (
    <li className="journey-leg" data-mode={leg.mode}>
      <ModeIcon mode={leg.mode} size={18} />
      <span className="figures journey-times">
        {moment(leg.start_ms, now)}–{moment(leg.arrive_ms, now)}
      </span>
      <b className="figures">{duration(leg.duration_s, lang)}</b>
      <span className="journey-where">{say(T.leg, { mode: modeName(leg.mode), from, to })}</span>
      <span className="muted figures journey-far">{distance(leg.distance_m, lang, SEA.has(leg.mode))}</span>
      {over.length > 0 && <span className="muted journey-over">{over.join(say(W.listJoint))}</span>}
    </li>
  );
};

/** Standing still, and why: the first of its words says why, the others where. */
const WaitRow = ({ leg }: { readonly leg: Leg }): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const now = useNow();
  return (
    <li className="journey-leg journey-wait" data-mode="wait">
      <ModeIcon mode="wait" size={15} />
      <span className="figures journey-times">
        {moment(leg.start_ms, now)}–{moment(leg.arrive_ms, now)}
      </span>
      <b className="figures">{duration(leg.duration_s, lang)}</b>
      <span className="journey-where">
        {leg.via.length === 0
          ? say(MODES.wait)
          : leg.via.map((words) => inZone(say(words), now)).join(say(W.sentenceJoint))}
      </span>
    </li>
  );
};
