import { useQueries } from '@tanstack/react-query';
import { Fragment, type ReactNode, type RefObject, useEffect, useRef } from 'react';
import type { ForceView, JourneyView, MatterView, RankingView } from '#wire/api.ts';
import { useForces } from '../api/cache.ts';
import { distance, duration, inZone } from '../text/format.ts';
import { useNow } from '../stream/now.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { MODES } from '../text/words.ts';
import { Empty, Failed, Loading } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { ForceIcon } from '../ui/icon.tsx';
import { journeyQuery, useRanking } from './data.ts';
import { promised_s } from '../travel/itinerary.ts';
import { Journey } from '../travel/journey.tsx';
import { ChosenOut, LeftOut } from './left-out.tsx';
import { isOldRanking } from './ranking.ts';
import { chosenOf, useChoices } from './use-ways.ts';
import { D } from './words.ts';

interface Props {
  readonly matter: MatterView;
  readonly chosen: string | null;
  readonly onChoose: (force: string | null) => void;
  /** Which of the chosen one's ways is looked at. */
  readonly way: string | null;
  readonly onWay: (key: string) => void;
  /** Forces being sent to this matter now. */
  readonly busy: readonly string[];
  readonly onDispatch: (force: string) => void;
  /** Sending a force is the main thing to do here now. */
  readonly leads: boolean;
}

/** Ways are asked for those at the top; further down they are asked when chosen. */
const WITH_LEGS = 4;

/** Who can be there when and why, best first; who is left out and why, folded. */
export const Candidates = (props: Props): ReactNode => {
  const say = useSay();
  const placed = props.matter.position !== null;
  const ranking = useRanking(props.matter.id, placed);
  const all = ranking.data?.candidates ?? [];
  const fallen = ranking.data?.excluded.find((one) => one.force === props.chosen);
  const asked = all.filter((one, index) => index < WITH_LEGS || one.force === props.chosen).map((one) => one.force);
  const journeys = useQueries({
    queries: asked.map((force) => journeyQuery(props.matter.id, force, props.matter.position)),
  });
  const journeyOf = (force: string): JourneyView | undefined => journeys[asked.indexOf(force)]?.data;
  return (
    <section className="candidates" aria-label={say(D.candidates)}>
      <header className="pane-head">
        <h2>{say(D.candidates)}</h2>
        {ranking.data !== undefined && <span className="count figures">{all.length}</span>}
        {ranking.data !== undefined && <RankAge at_ms={ranking.data.at_ms} />}
      </header>
      {fallen !== undefined && <ChosenOut excluded={fallen} onClear={() => props.onChoose(null)} />}
      <div className="candidate-rows">
        {!placed && <Empty words={D.noPosition} />}
        {placed && ranking.isPending && <Loading rows={3} />}
        {ranking.isError && ranking.data === undefined && (
          <Failed error={ranking.error} onRetry={() => void ranking.refetch()} />
        )}
        {ranking.isSuccess && all.length === 0 && <Empty words={D.noCandidates} hint={D.noCandidatesHint} />}
        {all.map((one, index) => (
          <Fragment key={one.force}>
            <Candidate candidate={one} journey={journeyOf(one.force)} first={index === 0} {...props} />
            {one.force === props.chosen && <ChosenWay {...props} />}
          </Fragment>
        ))}
        {ranking.data !== undefined && <LeftOut excluded={ranking.data.excluded} />}
      </div>
    </section>
  );
};

/** How old the ranking is, once that matters. */
const RankAge = ({ at_ms }: { readonly at_ms: number }): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const now = useNow();
  if (!isOldRanking(at_ms, now)) return null;
  return <span className="force-old figures">{say(D.rankedOld, { age: duration((now - at_ms) / 1000, lang) })}</span>;
};

/** Time and distance stand beside the name. */
const SHOWN_ALREADY: ReadonlySet<string> = new Set(['arrival']);

type CandidateOf = RankingView['candidates'][number];

const useForce = (id: string): ForceView | undefined => useForces().data?.find((force) => force.id === id);

const Candidate = (
  props: Props & {
    readonly candidate: CandidateOf;
    readonly journey: JourneyView | undefined;
    readonly first: boolean;
  },
): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const now = useNow();
  const { candidate, journey } = props;
  const force = useForce(candidate.force);
  const chosen = props.chosen === candidate.force;
  const keyed = props.chosen === null ? props.first : chosen;
  const sea = journey?.legs.some((leg) => leg.mode === 'boat' || leg.mode === 'ferry') === true;
  return (
    <article className="candidate" aria-current={chosen} data-force={candidate.force}>
      <button type="button" className="candidate-body" onClick={() => props.onChoose(chosen ? null : candidate.force)}>
        <span className="candidate-rank figures">{candidate.rank}</span>
        <span className="candidate-who">
          <ForceIcon
            kind={force?.kind ?? ''}
            state={force?.state ?? 'available'}
            stale={candidate.uncertain}
            size={14}
          />
          <b>{force === undefined ? candidate.force : say(force.name)}</b>
        </span>
        <b className="candidate-time figures">{duration(promised_s(candidate.eta_s), lang)}</b>
        <span className="candidate-legs">
          <span className="figures">{distance(candidate.distance_m, lang, sea)}</span>{' '}
          {journey !== undefined && legWords(journey, say)}
        </span>
        <span className="candidate-why">
          {candidate.reasons
            .filter((reason) => !SHOWN_ALREADY.has(reason.code))
            .map((reason) => (
              <em key={reason.code} className={`reason reason-${reason.weight}`}>
                {inZone(say(reason.words), now)}
              </em>
            ))}
        </span>
      </button>
      <Button
        tone={keyed && props.leads ? 'primary' : 'plain'}
        {...(keyed ? { keycap: 'D' } : {})}
        busy={props.busy.includes(candidate.force)}
        onClick={() => props.onDispatch(candidate.force)}
      >
        {say(D.dispatch)}
      </Button>
    </article>
  );
};

/** Brings the way that was opened into view, and where there is no room for all of it, its candidate's row and the beginning. */
const useBroughtIntoView = (chosen: string | null, shown: boolean): RefObject<HTMLDivElement | null> => {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!shown) return;
    box.current?.scrollIntoView({ block: 'nearest' });
    box.current?.previousElementSibling?.scrollIntoView({ block: 'nearest' });
  }, [chosen, shown]);
  return box;
};

/** How the chosen one gets there, under its row. */
const ChosenWay = ({ matter, chosen, way, onWay }: Props): ReactNode => {
  const say = useSay();
  const now = useNow();
  const { choices, reason, pending, error, retry } = useChoices(matter, chosen);
  const shown = chosenOf(choices, way);
  const box = useBroughtIntoView(chosen, shown !== null);
  if (shown !== null) {
    return (
      <div ref={box}>
        <Journey choices={choices} chosen={shown} onChoose={onWay} />
      </div>
    );
  }
  if (pending) return <Loading rows={2} />;
  if (error !== null) return <Failed error={error} onRetry={retry} />;
  return <p className="journey journey-none muted">{reason !== null && inZone(say(D.noWay, { why: reason }), now)}</p>;
};

/** 车 12 分 → 艇 6 分 → 步 */
const legWords = (journey: JourneyView, say: ReturnType<typeof useSay>): string => {
  if (journey.reason !== null) return say(D.noWay, { why: journey.reason });
  return journey.legs
    .filter((leg) => leg.mode !== 'wait')
    .map((leg) => say(MODES[leg.mode as keyof typeof MODES] ?? { zh: leg.mode, en: leg.mode }))
    .filter((word, index, words) => word !== words[index - 1])
    .join(' → ');
};
