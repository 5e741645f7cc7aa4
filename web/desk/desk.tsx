import { type ReactNode, useRef, useState } from 'react';
import type { ForceView, MatterRow } from '#wire/api.ts';
import { useForces, useKinds } from '../api/cache.ts';
import type { MapHandle } from '../map/map-view.tsx';
import { Helping } from '../matter/context.tsx';
import { Told } from '../matter/told.tsx';
import { useSay } from '../text/say.ts';
import { closingKinds } from '../travel/closures.ts';
import { type Closables, useClosables, useConditions } from '../travel/data.ts';
import { DrillBanner } from '../ui/chrome.tsx';
import { CheatSheet } from './cheat-sheet.tsx';
import { CommandLine } from './command-line.tsx';
import { closedName } from './command-travel.ts';
import { useDispatch } from './dispatch.ts';
import { emptyDraft } from './draft.ts';
import { FirstSteps } from './first-steps.tsx';
import { ForcesList } from './forces-list.tsx';
import { Intake } from './intake.tsx';
import { type Keys, useKeys } from './keys.ts';
import { MapPane } from './map-pane.tsx';
import { MatterPanel } from './matter-panel.tsx';
import { roomForLate } from './notice-list.ts';
import { useContendedNotices } from './notices-contended.ts';
import { Notices, useShownNotices } from './notices.tsx';
import { Queue } from './queue.tsx';
import { Timeline } from './timeline.tsx';
import { TopBar } from './top-bar.tsx';
import { TravelPane } from './travel-pane.tsx';
import { useBest } from './use-best.ts';
import { useReopen } from './use-closing.ts';
import { useFramedReach } from './use-framed.ts';
import type { TravelDoing } from './use-command.ts';
import { useDeskHelps } from './use-desk-helps.ts';
import { type Focus, useFocus } from './use-focus.ts';
import { underWayTo } from './under-way.ts';
import { type IntakeState, useIntake } from './use-intake.ts';
import { type Rights, useRights } from './use-rights.ts';
import { type PaneName, PANE_PX, type TravelState, useTravel } from './use-travel.ts';
import { useView, type View } from './use-view.ts';

/** What the pane of travel covers is moved to the free part. */
const BESIDE_PANE_PX = PANE_PX / 2;
const NO_FORCES: readonly ForceView[] = [];

/** The dispatcher's screen: queue, map, matter, timeline; the intake opens over the map. */
export const Desk = (): ReactNode => {
  const forces = useForces().data ?? NO_FORCES;
  const map = useRef<MapHandle>(null);
  const command = useRef<HTMLInputElement>(null);
  const view = useView();
  const travel = useTravel();
  const focus = useFocus(view, map, travel.pane === null ? 0 : BESIDE_PANE_PX);
  const intake = useIntake();
  const rights = useRights();
  const best = useBest(focus);
  const { underWay, dispatch } = useDispatch();
  const [help, setHelp] = useState(false);
  const busy = underWayTo(underWay, focus.matter);
  const send = (matter: string | null, force: string | null): void => {
    if (matter !== null && force !== null) void dispatch(matter, force);
  };
  const helps = useDeskHelps(focus, map);
  const closables = useDeskClosables(travel);
  const doing = useTravelDoing(travel, rights, map);
  useDeskKeys({ intake, travel, focus, rights }, () => setHelp(true), {
    '/': () => command.current?.focus(),
    // The first of the ranking changes while one is under way: the key pressed twice must not send the next one too.
    d: () => busy.length === 0 && send(focus.matter, best),
  });
  return (
    <div className="desk">
      <TopBar onHelp={() => setHelp(true)}>
        <CommandLine
          inputRef={command}
          rows={view.openRows}
          forces={forces}
          onMatter={(row) => row.id !== focus.matter && focus.choose(row)}
          onForce={(one) => one.id !== focus.force && focus.show(one)}
          onPlace={(place) => map.current?.goTo(place)}
          onDispatch={send}
          sends={rights.sends}
          travel={doing}
        />
      </TopBar>
      <DrillBanner />
      <Lists view={view} rights={rights} focus={focus} onNew={() => intake.setOpen(true)} />
      <main className="desk-map">
        <MapPane {...{ handle: map, forces, rows: view.openRows, focus, intake, travel, closables }} />
        {!intake.open && <TravelSide {...{ travel, closables, focus, map }} />}
        <FirstSteps />
        {intake.open && <IntakePane intake={intake} focus={focus} map={map} rights={rights} />}
        <MapFoot rows={view.openRows} onOpen={focus.openById} />
      </main>
      <Helping value={helps}>
        <MatterPanel
          id={focus.matter}
          sees={rights.sees}
          candidate={focus.candidate}
          way={focus.way}
          onWay={focus.setWay}
          busy={busy}
          onCandidate={focus.setCandidate}
          onDispatch={(one) => send(focus.matter, one)}
          onForce={(id) => forces.filter((one) => one.id === id).forEach(focus.show)}
          onOpen={focus.openById}
        />
      </Helping>
      <Timeline matter={focus.matter} onOpen={focus.openById} />
      {help && <CheatSheet rights={rights} onClose={() => setHelp(false)} />}
    </div>
  );
};

interface Parts {
  readonly intake: IntakeState;
  readonly travel: TravelState;
  readonly focus: Focus;
  readonly rights: Rights;
}
/** The single keys of the desk. */
const useDeskKeys = ({ intake, travel, focus, rights }: Parts, help: () => void, more: Keys): void => {
  // An open pane goes on with its key itself.
  const open = (pane: PaneName): void => {
    if (travel.pane !== pane) travel.show(pane);
  };
  useKeys({
    ...more,
    n: () => intake.setOpen(rights.raise !== null),
    '?': help,
    c: () => open('closures'),
    r: () => open('reach'),
    w: () => open('weather'),
    ArrowDown: () => focus.move(1),
    ArrowUp: () => focus.move(-1),
    Escape: () => fold(intake, travel, focus),
  });
};

/** The pane of travel; what can be reached comes into view when it is there. */
const TravelSide = (props: {
  readonly travel: TravelState;
  readonly closables: Closables;
  readonly focus: Focus;
  readonly map: { readonly current: MapHandle | null };
}): ReactNode => {
  const { travel, closables, focus, map } = props;
  const covered_px = travel.pane === null ? 0 : PANE_PX;
  useFramedReach(travel.question, (box) => map.current?.frame(box, covered_px));
  return (
    <TravelPane
      travel={travel}
      closables={closables}
      force={focus.candidate ?? focus.force}
      onOpen={focus.openById}
      goTo={([lon, lat]) => map.current?.goTo({ lon, lat }, BESIDE_PANE_PX)}
    />
  );
};

/** What waits, and who is there. */
const Lists = (props: {
  readonly view: View;
  readonly rights: Rights;
  readonly focus: Focus;
  readonly onNew: () => void;
}): ReactNode => {
  const { view, rights, focus } = props;
  return (
    <div className="desk-left">
      <Queue view={view} rights={rights} chosen={focus.matter} onChoose={focus.choose} onNew={props.onNew} />
      <ForcesList chosen={focus.force} onChoose={focus.show} />
    </div>
  );
};

/** Deadlines that passed and what came of the desk's own doing: one stack, three at most and one deadline always. */
const MapFoot = (props: { readonly rows: readonly MatterRow[]; readonly onOpen: (id: string) => void }): ReactNode => {
  const { shown } = useShownNotices();
  useContendedNotices(props.rows);
  return (
    <div className="map-foot">
      <Told rows={props.rows} onOpen={props.onOpen} room={roomForLate(shown.length)} />
      <Notices />
    </div>
  );
};

/** Esc folds away what was opened last. */
const fold = (intake: IntakeState, travel: TravelState, focus: Focus): void => {
  if (intake.picking) intake.stopPicking();
  else if (intake.open) intake.setOpen(false);
  else if (travel.fold()) return;
  else if (focus.candidate !== null) focus.setCandidate(null);
  else focus.openMatter(null);
};

/** What can be closed is fetched once something is closed or about to be, or the weather of an area is asked. */
const useDeskClosables = (travel: TravelState): Closables => {
  const closed = useConditions().data?.closures.length ?? 0;
  return useClosables(closed > 0 || travel.pane === 'closures' || travel.pane === 'weather');
};

/** What the command line does about travel. */
const useTravelDoing = (
  travel: TravelState,
  rights: Rights,
  map: { readonly current: MapHandle | null },
): TravelDoing => {
  const reopen = useReopen();
  const say = useSay();
  const declared = useKinds().data;
  return {
    closes: rights.closes,
    onClose: (thing) => {
      travel.close(thing);
      map.current?.goTo({ lon: thing.at[0], lat: thing.at[1] }, BESIDE_PANE_PX);
    },
    onOpenAgain: (closed) => void reopen(closed.closure.matter, closingKinds(declared)[0], say(closedName(closed))),
    onReach: travel.reachFrom,
  };
};

/** Half the intake's usual width: what it covers is moved to the free half. */
const BESIDE_INTAKE_PX = 200;

const IntakePane = (props: {
  readonly intake: IntakeState;
  readonly focus: Focus;
  readonly map: { readonly current: MapHandle | null };
  readonly rights: Rights;
}): ReactNode => {
  const { intake, focus, map } = props;
  return (
    <Intake
      kinds={props.rights.raises}
      draft={intake.draft}
      onDraft={intake.setDraft}
      pick={intake.pick}
      show={(at) => map.current?.goTo(at, BESIDE_INTAKE_PX)}
      onClose={() => intake.setOpen(false)}
      onOpen={focus.openById}
      onFiled={(id) => {
        intake.setDraft((done) => emptyDraft(done.kind));
        intake.setOpen(false);
        focus.openMatter(id);
      }}
    />
  );
};
