import { Segmented } from 'antd';
import type { ReactNode } from 'react';
import type { LonLat } from '#core/base/geo.ts';
import { useSay } from '../text/say.ts';
import type { Closables } from '../travel/data.ts';
import { T } from '../travel/words.ts';
import { Button } from '../ui/button.tsx';
import { ClosuresPane } from './closures-pane.tsx';
import { ReachLegend, ReachPane } from './reach-pane.tsx';
import type { PaneName, TravelState } from './use-travel.ts';
import { WeatherPane } from './weather-pane.tsx';

export interface TravelPaneProps {
  readonly travel: TravelState;
  readonly closables: Closables;
  /** The chosen force; reach begins there. */
  readonly force: string | null;
  readonly onOpen: (matter: string) => void;
  readonly goTo: (at: LonLat) => void;
}

const PANES: readonly { readonly name: PaneName; readonly keycap: string }[] = [
  { name: 'closures', keycap: 'C' },
  { name: 'reach', keycap: 'R' },
  { name: 'weather', keycap: 'W' },
];
const ICON = { closures: 'closed', reach: 'reach', weather: 'wind' } as const;

/** What travel goes by, over the map's left edge: what is closed, what can be reached, the weather. */
export const TravelPane = (props: TravelPaneProps): ReactNode => {
  const say = useSay();
  const { travel } = props;
  if (travel.pane === null) {
    return (
      <>
        <div className="travel-tools">
          {PANES.map(({ name, keycap }) => (
            <Button key={name} icon={ICON[name]} keycap={keycap} onClick={() => travel.show(name)}>
              {say(T[name])}
            </Button>
          ))}
        </div>
        <ReachLegend travel={travel} floating />
      </>
    );
  }
  return (
    <aside className="travel-pane" aria-label={say(T.pane)}>
      <header className="pane-head">
        <Segmented
          size="small"
          aria-label={say(T.pane)}
          value={travel.pane}
          onChange={travel.show}
          options={PANES.map(({ name }) => ({ value: name, label: say(T[name]) }))}
        />
        <Button
          tone="quiet"
          icon="close"
          keycap="Esc"
          aria-label={say(T.closePane)}
          title={say(T.closePane)}
          onClick={() => travel.show(null)}
        />
      </header>
      {travel.pane === 'closures' && <ClosuresPane {...props} />}
      {travel.pane === 'reach' && <ReachPane {...props} />}
      {travel.pane === 'weather' && <WeatherPane waters={props.closables.waters} />}
    </aside>
  );
};
