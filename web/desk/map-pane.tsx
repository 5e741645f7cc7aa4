import { type ReactNode, type RefObject, Suspense, useMemo } from 'react';
import type { ForceView, MatterRow } from '#wire/api.ts';
import type { MapHandle } from '../map/map-view.tsx';
import { useNow } from '../stream/now.ts';
import { type Say, useSay } from '../text/say.ts';
import { MAP } from '../text/words.ts';
import { late } from '../ui/late.tsx';
import { NoMap } from '../ui/no-map.tsx';
import { type Closable, closableName, sortWords } from '../travel/closable.ts';
import { type Closables, useConditions } from '../travel/data.ts';
import { T } from '../travel/words.ts';
import { useDrawn } from './use-drawn.ts';
import { useFramedWay } from './use-framed.ts';
import type { Focus } from './use-focus.ts';
import type { IntakeState } from './use-intake.ts';
import { PANE_PX, type TravelState } from './use-travel.ts';
import { chosenOf, useChoices } from './use-ways.ts';

const MapView = late(() => import('../map/map-view.tsx'), NoMap);

/** The live map, with the way of the chosen candidate. */
export const MapPane = (props: {
  readonly handle: RefObject<MapHandle | null>;
  readonly forces: readonly ForceView[];
  readonly rows: readonly MatterRow[];
  readonly focus: Focus;
  readonly intake: IntakeState;
  readonly travel: TravelState;
  readonly closables: Closables;
}): ReactNode => {
  const say = useSay();
  const now_ms = useNow();
  const { focus, intake, travel, closables } = props;
  const { choices } = useChoices(
    props.rows.find((row) => row.id === focus.matter),
    focus.candidate,
  );
  const way = focus.candidate === null ? null : chosenOf(choices, focus.way);
  const covered_px = travel.pane === null ? 0 : PANE_PX;
  useFramedWay(`${focus.matter} ${focus.candidate} ${way?.key}`, way, (box) =>
    props.handle.current?.frame(box, covered_px),
  );
  const drawn = useDrawn(travel, closables, way, focus.matter);
  const rows = useUndrawn(props.rows, closables);
  const aimed = closables.things.get(travel.aimed ?? '');
  const aim = travel.choosing
    ? {
        words: aimed === undefined ? null : aimWords(aimed, say),
        onAim: travel.aim,
        onChoose: (id: string): void => {
          const thing = closables.things.get(id);
          if (thing !== undefined) travel.close(thing);
        },
      }
    : null;
  const picked = (at: { readonly lon: number; readonly lat: number }): void => {
    if (!travel.pickingPoint) return intake.picked(at);
    travel.pickPoint(false);
    travel.setReach({ from: { force: null, at: [at.lon, at.lat], turnout_s: 0 } });
  };
  return (
    <Suspense fallback={<p className="map-opening muted">{say(MAP.loading)}</p>}>
      <MapView
        handle={props.handle}
        forces={props.forces}
        rows={rows}
        matter={focus.matter}
        force={focus.candidate ?? focus.force}
        drawn={drawn}
        aim={aim}
        hint={travel.choosing ? T.chooseOnMap : travel.pickingPoint ? T.pickReach : MAP.pick}
        picked={intake.where}
        picking={intake.picking || travel.pickingPoint}
        now_ms={now_ms}
        onPick={picked}
        onMatter={focus.openById}
        onForce={focus.setForce}
      />
    </Suspense>
  );
};

/** What the pointer is at; a thing without a name is called by its sort already. */
const aimWords = (thing: Closable, say: Say): string =>
  [thing.name === null ? null : sortWords(thing), closableName(thing)]
    .filter((words) => words !== null)
    .map((words) => say(words))
    .join(' · ');

/** Matters with a pin of their own: what a closure's sign stands for needs no second one. */
const useUndrawn = (rows: readonly MatterRow[], closables: Closables): readonly MatterRow[] => {
  const closures = useConditions().data?.closures;
  return useMemo(() => {
    const drawn = new Set((closures ?? []).filter((one) => closables.things.has(one.what)).map((one) => one.matter));
    return drawn.size === 0 ? rows : rows.filter((row) => !drawn.has(row.id));
  }, [rows, closures, closables.things]);
};
