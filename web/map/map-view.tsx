import type { Map as MapLibre } from 'maplibre-gl';
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { Text } from '#core/base/text.ts';
import type { ForceView, MatterRow } from '#wire/api.ts';
import { signOf } from '../text/names.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { MAP } from '../text/words.ts';
import { useTheme } from '../theme/theme.ts';
import { Button } from '../ui/button.tsx';
import { boundsOf, type Features, forceFeatures, makeTrails, matterFeatures } from './data.ts';
import { useSite } from '../api/cache.ts';
import { createMap, fillSource, restyle, showLand } from './create.ts';
import { usePlaceName } from '../matter/place-name.ts';
import { titleParts } from '../matter/title.ts';
import { Legend } from './legend.tsx';
import { type Aim, clicked, useAim } from './pointing.ts';
import { NOTHING_DRAWN, type TravelDrawn } from './travel-data.ts';

export interface MapHandle {
  /** @param right_px how far right of the middle, where something covers the left */
  readonly goTo: (at: { readonly lon: number; readonly lat: number }, right_px?: number) => void;
  readonly goBack: () => void;
  /** Brings a box (west, south, east, north) into view, right of what covers the left. */
  readonly frame: (box: readonly [number, number, number, number], left_px: number) => void;
}
export interface Point {
  readonly lon: number;
  readonly lat: number;
}
export interface Props {
  readonly forces: readonly ForceView[];
  readonly rows: readonly MatterRow[];
  readonly matter: string | null;
  readonly force: string | null;
  /** The way of somebody, what is closed, what can be reached. */
  readonly drawn?: TravelDrawn;
  readonly picked: Point | null;
  readonly picking: boolean;
  /** What the click is for while it is waited for. */
  readonly hint?: Text;
  /** Set while a way, pier or area is being chosen. */
  readonly aim?: Aim | null;
  readonly now_ms: number;
  readonly onPick: (at: Point) => void;
  readonly onMatter: (id: string) => void;
  readonly onForce: (id: string) => void;
  readonly handle?: Ref<MapHandle>;
  /** Smaller faces have no room for the controls. */
  readonly bare?: boolean;
}

/** The live map. It frames everything once, at the start; from the first touch on only the person moves it. */
/** What the map shows: the land as it was opened, what was framed, or what a person chose, which stays. */
type Shown = 'land' | 'framed' | 'chosen';

export const MapView = (props: Props): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const { tokens } = useTheme();
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<MapLibre | null>(null);
  const [ready, setReady] = useState(0);
  const [failed, setFailed] = useState(false);
  const [legend, setLegend] = useState(false);
  const credit = useSite().data?.map_credit ?? MAP.credit;
  const latest = useRef(props);
  latest.current = props;
  const shown = useRef<Shown>('land');
  // The map is made once; theme and language restyle it below.
  const drawn = useRef({ tokens, lang });
  useEffect(() => {
    if (box.current === null) return;
    try {
      const made = createMap(box.current, drawn.current.tokens, drawn.current.lang);
      map.current = made;
      made.on('style.load', () => setReady((count) => count + 1));
      made.once('load', () => void showLand(made, () => shown.current === 'land'));
      made.on('click', (event) => clicked(made, event, latest.current));
      for (const name of ['mousedown', 'wheel', 'touchstart'] as const)
        made.on(name, () => void (shown.current = 'chosen'));
      return () => {
        map.current = null;
        made.remove();
      };
    } catch {
      setFailed(true);
      return;
    }
  }, []);

  useEffect(() => {
    if (map.current === null || (drawn.current.tokens === tokens && drawn.current.lang === lang)) return;
    drawn.current = { tokens, lang };
    restyle(map.current, tokens, lang);
  }, [tokens, lang]);

  useSources(map, ready, props, lang);
  const fit = useFit(map, props, shown, ready);
  useImperativeHandle(props.handle, () => handleOf(map, shown), []);
  useEffect(() => {
    const pointing = props.picking || (props.aim ?? null) !== null;
    if (map.current !== null) map.current.getCanvas().style.cursor = pointing ? 'crosshair' : '';
  }, [props.picking, props.aim, ready]);
  const aimedAt = useAim(map, ready, props.aim ?? null);

  return (
    <div className="map" role="region" aria-label={say(MAP.label)} data-ready={ready > 0}>
      <div ref={box} className="map-box" />
      {failed && <NoMap />}
      {props.bare !== true && (
        <div className="map-tools">
          <Button icon="fit" onClick={fit}>
            {say(MAP.fit)}
          </Button>
          <Button icon="legend" aria-pressed={legend} onClick={() => setLegend((open) => !open)}>
            {say(MAP.legend)}
          </Button>
        </div>
      )}
      {legend && <Legend onClose={() => setLegend(false)} />}
      <p className="map-credit">{say(credit)}</p>
      <Pointing {...props} at={aimedAt} />
    </div>
  );
};
export default MapView;

/** What the next click is for, and what lies under the pointer. */
const Pointing = (props: Props & { readonly at: { readonly x: number; readonly y: number } | null }): ReactNode => {
  const say = useSay();
  const words = props.aim?.words ?? null;
  if (!props.picking && (props.aim ?? null) === null) return null;
  return (
    <>
      <p className="map-hint">{say(props.hint ?? MAP.pick)}</p>
      {props.at !== null && words !== null && (
        <p className="map-aim" style={{ translate: `${props.at.x + 14}px ${props.at.y + 14}px` }}>
          {words}
        </p>
      )}
    </>
  );
};

const NoMap = (): ReactNode => {
  const say = useSay();
  return (
    <div className="blank blank-failed map-failed" role="alert">
      <p>{say(MAP.noMap)}</p>
      <p className="muted">{say(MAP.noMapHint)}</p>
    </div>
  );
};

const STEP_MS = 15_000;
const useSources = (
  map: { readonly current: MapLibre | null },
  ready: number,
  props: Props,
  lang: 'zh' | 'en',
): void => {
  const trails = useMemo(makeTrails, []);
  const placeName = usePlaceName();
  // Positions grow old without news: look again every quarter of a minute, not every second.
  const step = Math.floor(props.now_ms / STEP_MS) * STEP_MS;
  const { forces, rows, force, matter, picked } = props;
  const drawn = props.drawn ?? NOTHING_DRAWN;
  const now = useRef(props.now_ms);
  now.current = props.now_ms;
  useEffect(() => {
    if (map.current === null || ready === 0) return;
    fillSource(
      map.current,
      'forces',
      forceFeatures(forces, now.current, force, (one) => signOf(one, lang)),
    );
    fillSource(map.current, 'trails', trails(forces, now.current));
  }, [map, ready, forces, force, step, trails, lang]);
  useEffect(() => {
    if (map.current === null || ready === 0) return;
    fillSource(
      map.current,
      'matters',
      matterFeatures(rows, matter, (row) => `${titleParts(row.title[lang]).what} ${placeName(row.place)}`),
    );
  }, [map, ready, rows, matter, lang, placeName]);
  useEffect(() => {
    if (map.current === null || ready === 0) return;
    for (const [source, features] of Object.entries(drawn)) fillSource(map.current, source, features as Features);
  }, [map, ready, drawn]);
  useEffect(() => {
    if (map.current === null || ready === 0) return;
    const features =
      picked === null
        ? []
        : [
            {
              type: 'Feature' as const,
              geometry: { type: 'Point' as const, coordinates: [picked.lon, picked.lat] as const },
              properties: {},
            },
          ];
    fillSource(map.current, 'pick', { type: 'FeatureCollection', features });
  }, [map, ready, picked]);
};

/** Between what is shown and the edge of the map. */
const PADDING_PX = 48;
/** The time beside the last stop of a way is as wide as this. */
const LABEL_PX = 132;
/** The buttons over the top edge, and a pin below them. */
const HEAD_PX = 92;
/**
 * Frames all once when the first forces or matters are there, and a map without buttons again when there are more or fewer; never after somebody
 * moved it, but when asked.
 */
const useFit = (
  map: { readonly current: MapLibre | null },
  props: Props,
  shown: { current: Shown },
  ready: number,
): (() => void) => {
  const points = useMemo(
    () =>
      [
        ...props.forces.filter((force) => force.on_duty).map((force) => force.position ?? force.home),
        ...props.rows.map((row) => row.position),
      ].filter((at) => at !== null),
    [props.forces, props.rows],
  );
  const framed = useRef(0);
  const fit = (animate: boolean): void => {
    const bounds = boundsOf(points);
    if (bounds === null) return;
    const { clientWidth = 0, clientHeight = 0 } = map.current?.getContainer() ?? {};
    // In a small box a margin made for a large one would leave nothing to show.
    const padding = Math.min(PADDING_PX, Math.min(clientWidth, clientHeight) / 4);
    map.current?.fitBounds([...bounds], { padding, maxZoom: 14, duration: animate ? 300 : 0 });
  };
  useEffect(() => {
    const isDone = props.bare === true ? framed.current === points.length : framed.current > 0;
    if (ready === 0 || isDone || shown.current === 'chosen' || points.length === 0) return;
    framed.current = points.length;
    shown.current = 'framed';
    fit(false);
  });
  return () => {
    shown.current = 'chosen';
    fit(true);
  };
};

const handleOf = (map: { readonly current: MapLibre | null }, shown: { current: Shown }): MapHandle => {
  let before: { center: [number, number]; zoom: number } | null = null;
  return {
    goTo: (at, right_px = 0) => {
      const now = map.current;
      if (now === null) return;
      shown.current = 'chosen';
      before ??= { center: now.getCenter().toArray(), zoom: now.getZoom() };
      now.easeTo({ center: [at.lon, at.lat], zoom: Math.max(now.getZoom(), 13), offset: [right_px, 0], duration: 300 });
    },
    frame: (box, left_px) => {
      const now = map.current;
      if (now === null) return;
      shown.current = 'chosen';
      before ??= { center: now.getCenter().toArray(), zoom: now.getZoom() };
      const padding = { top: HEAD_PX, right: LABEL_PX, bottom: PADDING_PX, left: PADDING_PX + left_px };
      now.fitBounds([...box], { padding, maxZoom: 14, duration: 300 });
    },
    goBack: () => {
      if (before !== null) map.current?.easeTo({ ...before, duration: 300 });
      before = null;
    },
  };
};
