import { type ReactNode, type Ref, Suspense } from 'react';
import type { ForceView, MatterRow } from '#wire/api.ts';
import type { MapHandle } from '../map/map-view.tsx';
import { useNow } from '../stream/now.ts';
import { useSay } from '../text/say.ts';
import { MAP } from '../text/words.ts';
import { late } from '../ui/late.tsx';
import { NoMap } from '../ui/no-map.tsx';
import { useJourney } from './data.ts';
import type { Focus } from './use-focus.ts';
import type { IntakeState } from './use-intake.ts';

const MapView = late(() => import('../map/map-view.tsx'), NoMap);

/** The live map, with the way of the chosen candidate. */
export const MapPane = (props: {
  readonly handle: Ref<MapHandle>;
  readonly forces: readonly ForceView[];
  readonly rows: readonly MatterRow[];
  readonly focus: Focus;
  readonly intake: IntakeState;
}): ReactNode => {
  const say = useSay();
  const now_ms = useNow();
  const { focus, intake } = props;
  const journey = useJourney(
    props.rows.find((row) => row.id === focus.matter),
    focus.candidate,
  );
  return (
    <Suspense fallback={<p className="map-opening muted">{say(MAP.loading)}</p>}>
      <MapView
        handle={props.handle}
        forces={props.forces}
        rows={props.rows}
        matter={focus.matter}
        force={focus.candidate ?? focus.force}
        journey={focus.candidate === null ? null : (journey.data ?? null)}
        picked={intake.where}
        picking={intake.picking}
        now_ms={now_ms}
        onPick={intake.picked}
        onMatter={focus.openById}
        onForce={focus.setForce}
      />
    </Suspense>
  );
};
