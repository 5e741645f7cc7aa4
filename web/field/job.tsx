import { type ReactNode, Suspense, useMemo, useState } from 'react';
import { distance_m } from '#core/base/geo.ts';
import type { Kind } from '#core/matter/kind.ts';
import type { MatterView } from '#wire/api.ts';
import { asked, partStateName } from '../api/kinds.ts';
import { useForces, useSite } from '../api/cache.ts';
import { Clocks } from '../matter/clocks.tsx';
import { FactList } from '../matter/fact-list.tsx';
import { StateLine, Urgency } from '../matter/head.tsx';
import { usePlaceName } from '../matter/place-name.ts';
import { Room } from '../matter/room.tsx';
import { StepDialog } from '../matter/step-bar.tsx';
import { isDrill } from '../matter/values.ts';
import { useNow } from '../stream/now.ts';
import { distance } from '../text/format.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { MAP } from '../text/words.ts';
import { Button } from '../ui/button.tsx';
import { DrillBanner } from '../ui/chrome.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { late } from '../ui/late.tsx';
import { NoMap } from '../ui/no-map.tsx';
import { endsMyPart, myPartState, mySteps, type MyStep } from './next-steps.ts';
import { useOutbox } from './outbox.tsx';
import { NoteDialog } from './note.tsx';
import { usePhoneNow } from './phone-now.ts';
import { held, waiting } from './queue.ts';
import { TakeBack } from './take-back.tsx';
import { F } from './words.ts';

const MapView = late(() => import('../map/map-view.tsx'), NoMap);
const NOTHING = (): void => undefined;

interface Props {
  readonly kind: Kind;
  readonly matter: MatterView;
  readonly unit: string;
  readonly me: { readonly lon: number; readonly lat: number } | null;
}

type Open = MyStep | 'note' | 'photo' | 'facts' | 'room' | null;

/** One matter: what, where, who; and the next verb. */
export const Job = (props: Props): ReactNode => {
  const { kind, matter } = props;
  const say = useSay();
  const site = useSite().data;
  const [open, setOpen] = useState<Open>(null);
  return (
    <main className="job" data-matter={matter.id}>
      <div className="job-body">
        {isDrill(matter) && site?.demonstration === false && <DrillBanner matter />}
        <JobHead {...props} />
        <JobMap {...props} />
      </div>
      <nav className="job-tools">
        <Button icon="note" onClick={() => setOpen('note')}>
          {say(F.note)}
        </Button>
        <Button icon="photo" onClick={() => setOpen('photo')}>
          {say(F.photo)}
        </Button>
        <Button onClick={() => setOpen('facts')}>{say(F.facts)}</Button>
        <Button onClick={() => setOpen('room')}>{say(F.room)}</Button>
      </nav>
      <JobFoot {...props} onAsk={setOpen} />
      {(open === 'note' || open === 'photo') && (
        <NoteDialog matter={matter.id} photo={open === 'photo'} onClose={() => setOpen(null)} />
      )}
      {open === 'facts' && (
        <Sheet title={say(F.facts)} onClose={() => setOpen(null)}>
          <FactList kind={kind} matter={matter} />
        </Sheet>
      )}
      {open === 'room' && (
        <Sheet title={say(F.room)} onClose={() => setOpen(null)}>
          <Room matter={matter} />
        </Sheet>
      )}
      {typeof open === 'object' && open !== null && <AskStep {...props} one={open} onClose={() => setOpen(null)} />}
    </main>
  );
};

const JobHead = ({ kind, matter, unit, me }: Props): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const placeName = usePlaceName();
  const far =
    me !== null && matter.position !== null
      ? distance_m([me.lon, me.lat], [matter.position.lon, matter.position.lat])
      : null;
  return (
    <header className="job-head">
      <h1>
        <Urgency value={matter.urgency} /> <span>{say(matter.title)}</span>
      </h1>
      <p className="job-where">
        {placeName(matter.place)}{' '}
        {far !== null && <span className="muted figures">{say(F.away, { d: distance(far, lang) })}</span>}
      </p>
      <StateLine kind={kind} matter={matter} />
      <Clocks
        kind={kind}
        matter={{ clocks: matter.clocks.filter((clock) => clock.subject === null || clock.subject === unit) }}
      />
    </header>
  );
};

/** My state, the other steps small, and the next verb as one big button. */
const JobFoot = ({ kind, matter, unit, onAsk }: Props & { readonly onAsk: (one: MyStep) => void }): ReactNode => {
  const say = useSay();
  const now = usePhoneNow();
  const { actions, take } = useOutbox();
  const [next, ...others] = mySteps(kind, matter, unit, actions);
  const state = myPartState(kind, matter, unit, actions);
  const part = matter.parts.find((one) => one.subject === unit);
  const waits = waiting(actions).some((one) => one.matter === matter.id);
  const press = (one: MyStep, ask: boolean): void => {
    if (ask) onAsk(one);
    else
      take(
        { matter: matter.id, step: one.id, subject: unit, facts: {}, name: one.step.name },
        endsMyPart(kind, one.step),
      );
  };
  const slip = held(actions, now).find((one) => one.matter === matter.id);
  return (
    <footer className="job-foot">
      <p className="job-mine">
        <span>{part !== undefined && state !== null && say(partStateName(kind, part.part, state))}</span>
        {waits && slip === undefined && <em>{say(F.waiting)}</em>}
      </p>
      <div className="job-others">
        {others.map((one) => (
          <Button
            key={one.id}
            data-step={one.id}
            onClick={() => press(one, asked(kind, one.step.takes).length > 0 || one.step.danger !== undefined)}
          >
            {say(one.step.name)}
          </Button>
        ))}
      </div>
      {slip !== undefined && <TakeBack action={slip} />}
      {slip === undefined && next === undefined && <p className="muted">{say(F.allDone)}</p>}
      {next !== undefined && (
        <Button tone="primary" className="verb" data-step={next.id} onClick={() => press(next, requires(next))}>
          {say(next.step.name)}
        </Button>
      )}
    </footer>
  );
};

const AskStep = ({
  kind,
  matter,
  unit,
  one,
  onClose,
}: Props & { readonly one: MyStep; readonly onClose: () => void }): ReactNode => {
  const { take } = useOutbox();
  return (
    <StepDialog
      kind={kind}
      matter={matter}
      offered={{ id: one.id, step: one.step, subject: unit, refused: null }}
      onClose={onClose}
      take={(facts) =>
        take({ matter: matter.id, step: one.id, subject: unit, facts, name: one.step.name }, endsMyPart(kind, one.step))
      }
    />
  );
};

/** The big button asks only for what it cannot do without; the rest can be noted afterwards. */
const requires = (one: MyStep): boolean =>
  Object.values(one.step.takes).includes('required') || one.step.danger !== undefined;

const Sheet = (props: {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}): ReactNode => {
  const say = useSay();
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      {props.children}
      <div className="actions sheet-foot">
        <Button icon="back" onClick={props.onClose}>
          {say(F.back)}
        </Button>
      </div>
    </Dialog>
  );
};

const JobMap = ({ matter, unit, me }: Props): ReactNode => {
  const say = useSay();
  const now = useNow();
  const forces = useForces().data;
  const shown = useMemo(() => {
    const own = (forces ?? []).filter((force) => matter.parts.some((part) => part.active && part.subject === force.id));
    return me === null
      ? own
      : own.map((force) =>
          force.id === unit && force.position !== null
            ? { ...force, position: { ...force.position, lon: me.lon, lat: me.lat } }
            : force,
        );
  }, [forces, matter.parts, me, unit]);
  const rows = useMemo(() => [matter], [matter]);
  if (matter.position === null) return <div className="job-map job-map-none" />;
  return (
    <div className="job-map">
      <Suspense fallback={<p className="map-opening muted">{say(MAP.loading)}</p>}>
        <MapView
          forces={shown}
          rows={rows}
          matter={matter.id}
          force={unit}
          picked={null}
          picking={false}
          bare
          now_ms={now}
          onPick={NOTHING}
          onMatter={NOTHING}
          onForce={NOTHING}
        />
      </Suspense>
      <a
        className="job-navigate button"
        href={`geo:${matter.position.lat},${matter.position.lon}?q=${matter.position.lat},${matter.position.lon}`}
      >
        {say(F.navigate)}
      </a>
    </div>
  );
};
