import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ForceView, MatterRow } from '#wire/api.ts';
import * as calls from '../api/calls.ts';
import { useForces, useKinds, useSite } from '../api/cache.ts';
import { kindOf } from '../api/kinds.ts';
import { Urgency } from '../matter/head.tsx';
import { Told } from '../matter/told.tsx';
import { useSession } from '../session/session.tsx';
import { useSay } from '../text/say.ts';
import { SESSION } from '../text/words.ts';
import { Empty, Failed, Loading, Refusal } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { DrillBanner, LinkState, Mute, Switches } from '../ui/chrome.tsx';
import { ForceIcon } from '../ui/icon.tsx';
import { ring } from '../ui/sound.ts';
import { unitIn, useKept, useMine } from './data.ts';
import { Job } from './job.tsx';
import { Pending } from './pending.tsx';
import { type Sharing, useSharing } from './position.ts';
import { DutyBar } from './duty-bar.tsx';
import { TooLate } from './take-back.tsx';
import { F } from './words.ts';

/** The responder's phone: one matter at a time, its next verb in the lower third. */
export const Field = (): ReactNode => {
  const say = useSay();
  const { session, leave } = useSession();
  const site = useSite().data;
  const forces = useForces();
  const units = session.units;
  const force = forces.data?.find((one) => units.includes(one.id)) ?? null;
  const sharing = useSharing(force?.id ?? null, force?.on_duty === true);
  return (
    <div className="field-face">
      <header className="field-top">
        <LinkState />
        <Pending />
        <Mute />
        <Switches />
        <Button
          tone="quiet"
          icon="out"
          aria-label={say(SESSION.leave)}
          title={say(SESSION.leave)}
          onClick={() => void leave()}
        />
      </header>
      {site?.demonstration === true && <DrillBanner />}
      <TooLate />
      {units.length === 0 && <Empty words={F.noUnit} hint={F.noUnitHint} />}
      {force !== null && <DutyBar force={force} sharing={sharing} />}
      {units.length > 0 && forces.isPending && <Loading />}
      {forces.isError && forces.data === undefined && (
        <Failed error={forces.error} onRetry={() => void forces.refetch()} />
      )}
      {units.length > 0 && <Jobs units={units} force={force} sharing={sharing} />}
    </div>
  );
};

const Jobs = (props: {
  readonly units: readonly string[];
  readonly force: ForceView | null;
  readonly sharing: Sharing;
}): ReactNode => {
  const say = useSay();
  const declared = useKinds().data;
  const { rows, error, pending, again } = useMine(props.units);
  const kept = useKept(rows);
  const [chosen, setChosen] = useState<string | null>(null);
  useAttention(rows);
  const row = rows.find((one) => one.id === chosen) ?? rows[0];
  if (pending) return <Loading />;
  if (error !== null && error !== undefined) return <Failed error={error} onRetry={again} />;
  if (row === undefined) return <Quiet force={props.force} />;
  const kind = kindOf(declared, row.kind);
  const matter = kept[rows.indexOf(row)];
  const unit = unitIn(row, props.units);
  return (
    <>
      <Told rows={rows} onOpen={setChosen} />
      {rows.length > 1 && (
        <nav className="job-tabs" aria-label={say(F.others, { n: rows.length - 1 })}>
          {rows.map((one) => (
            <button key={one.id} type="button" aria-pressed={one.id === row.id} onClick={() => setChosen(one.id)}>
              <Urgency value={one.urgency} /> <span className="figures">{one.id.split('-').at(-1)}</span>
            </button>
          ))}
        </nav>
      )}
      {matter === undefined || kind === undefined || unit === null ? (
        <Loading />
      ) : (
        <Job
          key={matter.id}
          kind={kind}
          matter={matter}
          unit={unit}
          me={props.sharing.at ?? props.force?.position ?? props.force?.home ?? null}
        />
      )}
    </>
  );
};

const Quiet = ({ force }: { readonly force: ForceView | null }): ReactNode => {
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  if (force === null) return null;
  const goOn = async (): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await calls.duty(force.id, true);
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <main className="quiet">
      <ForceIcon kind={force.kind} state={force.state} size={56} />
      <h1>{say(force.on_duty ? F.quiet : F.quietOff)}</h1>
      <p className="muted">{say(force.on_duty ? F.quietHint : F.quietOffHint)}</p>
      <Refusal error={error} />
      {!force.on_duty && (
        <Button tone="primary" className="verb" busy={busy} onClick={() => void goOn()}>
          {say(F.goOn)}
        </Button>
      )}
    </main>
  );
};

/** Browsers let a page shake the phone only once it has been touched. */
const shake = (): void => {
  if ('vibrate' in navigator && navigator.userActivation.hasBeenActive) navigator.vibrate([200, 100, 200]);
};

/** A new offer sounds and shakes the phone once. */
const useAttention = (rows: readonly MatterRow[]): void => {
  const seen = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    const now = new Set(rows.map((row) => row.id));
    const before = seen.current;
    const fresh = before === null ? undefined : rows.find((row) => !before.has(row.id));
    if (fresh !== undefined) {
      ring(fresh.urgency);
      shake();
    }
    seen.current = now;
  }, [rows]);
};
