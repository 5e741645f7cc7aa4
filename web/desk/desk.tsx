import { lazy, type ReactNode, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import type { ForceView, MatterRow } from '#wire/api.ts';
import { useForces, useKinds, useMatter } from '../api/cache.ts';
import { raisable } from '../api/kinds.ts';
import type { MapHandle } from '../map/map-view.tsx';
import type { GeoPosition } from '../matter/values.ts';
import { isPosition } from '../matter/values.ts';
import { useSession } from '../session/session.tsx';
import { useNow } from '../stream/now.ts';
import { useSay } from '../text/say.ts';
import { MAP } from '../text/words.ts';
import { DrillBanner } from '../ui/chrome.tsx';
import { CheatSheet } from './cheat-sheet.tsx';
import { CommandLine } from './command-line.tsx';
import { useClosedRows, useJourney, useOpenRows, useRanking } from './data.ts';
import { useDispatch } from './dispatch.ts';
import { ForcesList } from './forces-list.tsx';
import { type Draft, emptyDraft, Intake } from './intake.tsx';
import { useKeys } from './keys.ts';
import { MatterPanel } from './matter-panel.tsx';
import { type Filter, NO_FILTER, passes, Queue } from './queue.tsx';
import { inOrder, latestFirst } from './queue-order.ts';
import { useOpenMatter } from './selection.ts';
import { Timeline } from './timeline.tsx';
import { TopBar } from './top-bar.tsx';

const MapView = lazy(() => import('../map/map-view.tsx'));
const NO_FORCES: readonly ForceView[] = [];
const NO_ROWS: readonly MatterRow[] = [];
/** Half the intake's usual width: what it covers is moved to the free half. */
const BESIDE_INTAKE_PX = 200;
type Picked = (at: GeoPosition) => void;

/** The dispatcher's screen: queue, map, matter, timeline; the intake opens over the map. */
export const Desk = (): ReactNode => {
  const say = useSay();
  const now_ms = useNow();
  const { session } = useSession();
  const forces = useForces().data ?? NO_FORCES;
  const declared = useKinds().data;
  const kinds = useMemo(() => raisable(declared, session.roles), [declared, session.roles]);
  const [matter, openMatter] = useOpenMatter();
  const [force, setForce] = useState<string | null>(null);
  const [candidate, setCandidate] = useState<string | null>(null);
  const [filter, setFilter] = useState<Filter>(NO_FILTER);
  const [intake, setIntake] = useState(false);
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(''));
  const [picking, setPicking] = useState<Picked | null>(null);
  const [help, setHelp] = useState(false);
  const open = useOpenRows();
  const closed = useClosedRows(filter.state === 'closed');
  const query = filter.state === 'open' ? open : closed;
  const openRows = open.data?.rows ?? NO_ROWS;
  const rows = useMemo(
    () => (filter.state === 'open' ? inOrder(openRows) : latestFirst(closed.data?.rows ?? NO_ROWS)).filter((row) => passes(row, filter)),
    [filter, openRows, closed.data],
  );
  const held = useMatter(matter).data;
  const offer = declared?.kinds.find((one) => one.id === held?.kind)?.dispatch?.offer;
  const dispatchable = held !== undefined && held.position !== null && held.steps.some((one) => one.step === offer);
  const ranking = useRanking(matter ?? '', dispatchable);
  const journey = useJourney(matter, candidate);
  const { busy, dispatch } = useDispatch();
  const map = useRef<MapHandle>(null);
  const command = useRef<HTMLInputElement>(null);
  const show = useCallback((at: GeoPosition) => map.current?.goTo(at, BESIDE_INTAKE_PX), []);
  const pick = useCallback((onPicked: Picked) => setPicking(() => onPicked), []);

  const choose = (row: MatterRow): void => {
    setCandidate(null);
    if (row.id === matter) {
      openMatter(null);
      map.current?.goBack();
      return;
    }
    openMatter(row.id);
    if (row.position !== null) map.current?.goTo(row.position);
  };
  const showForce = (one: ForceView): void => {
    if (one.id === force) {
      setForce(null);
      map.current?.goBack();
      return;
    }
    setForce(one.id);
    map.current?.goTo(one.position ?? one.home);
  };
  const openById = (id: string): void => {
    const row = openRows.find((one) => one.id === id);
    if (row !== undefined && id !== matter) choose(row);
    else openMatter(id);
  };
  const move = (by: number): void => {
    const at = rows.findIndex((row) => row.id === matter);
    const next = rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by))];
    if (next !== undefined && next.id !== matter) choose(next);
  };
  useKeys({
    n: () => setIntake(true),
    '/': () => command.current?.focus(),
    '?': () => setHelp(true),
    d: () => {
      const best = candidate ?? ranking.data?.candidates[0]?.force;
      if (matter !== null && dispatchable && best !== undefined && busy === null) void dispatch(matter, best);
    },
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Escape: () => {
      if (picking !== null) setPicking(null);
      else if (intake) setIntake(false);
      else if (candidate !== null) setCandidate(null);
      else openMatter(null);
    },
  });
  const where = intake ? Object.values(draft.facts).find(isPosition) : undefined;
  return (
    <div className="desk">
      <TopBar onHelp={() => setHelp(true)}>
        <CommandLine
          inputRef={command}
          rows={openRows}
          forces={forces}
          onMatter={(row) => row.id !== matter && choose(row)}
          onForce={(one) => one.id !== force && showForce(one)}
          onPlace={(place) => map.current?.goTo(place)}
          onDispatch={(id, one) => void dispatch(id, one)}
        />
      </TopBar>
      <DrillBanner />
      <div className="desk-left">
        <Queue query={query} rows={rows} filter={filter} onFilter={setFilter} chosen={matter} onChoose={choose} onNew={() => setIntake(true)} />
        <ForcesList chosen={force} onChoose={showForce} />
      </div>
      <main className="desk-map">
        <Suspense fallback={<p className="map-opening muted">{say(MAP.loading)}</p>}>
          <MapView
            handle={map}
            forces={forces}
            rows={openRows}
            matter={matter}
            force={candidate ?? force}
            journey={journey.data ?? null}
            picked={where ?? null}
            picking={picking !== null}
            now_ms={now_ms}
            onPick={(at) => {
              picking?.({ lon: round(at.lon), lat: round(at.lat) });
              setPicking(null);
            }}
            onMatter={openById}
            onForce={setForce}
          />
        </Suspense>
        {intake && (
          <Intake
            kinds={kinds}
            draft={draft}
            onDraft={setDraft}
            pick={pick}
            show={show}
            onClose={() => setIntake(false)}
            onOpen={openById}
            onFiled={(id) => {
              setDraft((done) => emptyDraft(done.kind));
              setIntake(false);
              openMatter(id);
            }}
          />
        )}
      </main>
      <MatterPanel
        id={matter}
        candidate={candidate}
        busy={busy}
        onCandidate={setCandidate}
        onDispatch={(one) => void (matter !== null && dispatch(matter, one))}
        onForce={(id) => {
          const one = forces.find((candidateForce) => candidateForce.id === id);
          if (one !== undefined) showForce(one);
        }}
        onOpen={openById}
      />
      <Timeline matter={matter} onOpen={openById} />
      {help && <CheatSheet onClose={() => setHelp(false)} />}
    </div>
  );
};

/** A pointed place is no better than a metre; more digits only make it harder to read. */
const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;
