import type { ReactNode } from 'react';
import { useNow } from '../stream/now.ts';
import type { GeoPosition } from '../matter/values.ts';
import { MapView } from './map-view.tsx';

const NONE = () => undefined;

/** A small map to point at a place. */
const PickMap = (props: {
  readonly position: GeoPosition | null;
  readonly onPick: (at: GeoPosition) => void;
}): ReactNode => (
  <div className="pick-map">
    <MapView
      forces={[]}
      rows={[]}
      matter={null}
      force={null}
      journey={null}
      picked={props.position}
      picking
      bare
      now_ms={useNow()}
      onPick={props.onPick}
      onMatter={NONE}
      onForce={NONE}
    />
  </div>
);
export default PickMap;
