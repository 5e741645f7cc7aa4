import type { ReactNode } from 'react';
import { text } from '#core/base/text.ts';
import { useSay } from '../text/say.ts';
import { Icon } from './icon.tsx';

const NOT_FETCHED = text(
  '地图没能取到。其余照常可用；网络恢复后刷新本页再看地图。',
  'The map could not be fetched. All else works; reload the page when the link is back.',
);

/** Where the map would be, when it could not be fetched. */
export const NoMap = (): ReactNode => {
  const say = useSay();
  return (
    <p className="map-opening muted" role="status">
      <span>
        <Icon name="cut" /> {say(NOT_FETCHED)}
      </span>
    </p>
  );
};
