import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useNow } from '../stream/now.ts';
import type { GeoPosition } from '../matter/values.ts';
import { type MapHandle, MapView } from './map-view.tsx';

const NONE = () => undefined;

/** A small map to point at a place. A position found another way is brought into view; a pointed one already is. */
const PickMap = (props: {
  readonly position: GeoPosition | null;
  readonly onPick: (at: GeoPosition) => void;
}): ReactNode => {
  const map = useRef<MapHandle>(null);
  const [pointed, setPointed] = useState<GeoPosition | null>(null);
  const { position } = props;
  useEffect(() => {
    if (position === null || (position.lon === pointed?.lon && position.lat === pointed.lat)) return;
    map.current?.goTo(position);
  }, [position, pointed]);
  const pick = (at: GeoPosition): void => {
    setPointed(at);
    props.onPick(at);
  };
  return (
    <div className="pick-map">
      <MapView
        handle={map}
        forces={[]}
        rows={[]}
        matter={null}
        force={null}
        picked={position}
        picking
        bare
        now_ms={useNow()}
        onPick={pick}
        onMatter={NONE}
        onForce={NONE}
      />
    </div>
  );
};
export default PickMap;
