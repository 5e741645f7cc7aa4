import type { Map as MapLibre, MapMouseEvent } from 'maplibre-gl';
import { type ReactNode, type Ref, useEffect, useImperativeHandle, useMemo, useRef, useState } from 'react';
import type { ForceView, JourneyView, MatterRow } from '#wire/api.ts';
import { signOf } from '../text/names.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { MAP } from '../text/words.ts';
import { useTheme } from '../theme/theme.ts';
import { Button } from '../ui/button.tsx';
import { boundsOf, forceFeatures, legFeatures, makeTrails, matterFeatures } from './data.ts';
import { createMap, fillSource, restyle } from './create.ts';
import { usePlaceName } from '../matter/place-name.ts';
import { titleParts } from '../matter/title.ts';
import { Legend } from './legend.tsx';

export interface MapHandle {
  /** @param right_px how far right of the middle, where something covers the left */
  readonly goTo: (at: { readonly lon: number; readonly lat: number }, right_px?: number) => void;
  readonly goBack: () => void;
}
interface Point {
  readonly lon: number;
  readonly lat: number;
}
interface Props {
  readonly forces: readonly ForceView[];
  readonly rows: readonly MatterRow[];
  readonly matter: string | null;
  readonly force: string | null;
  readonly journey: JourneyView | null;
  readonly picked: Point | null;
  readonly picking: boolean;
  readonly now_ms: number;
  readonly onPick: (at: Point) => void;
  readonly onMatter: (id: string) => void;
  readonly onForce: (id: string) => void;
  readonly handle?: Ref<MapHandle>;
  /** Smaller faces have no room for the controls. */
  readonly bare?: boolean;
}

/** The live map. It frames everything once, at the start; from the first touch on only the person moves it. */
export const MapView = (props: Props): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const { tokens } = useTheme();
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<MapLibre | null>(null);
  const [ready, setReady] = useState(0);
  const [failed, setFailed] = useState(false);
  const [legend, setLegend] = useState(false);
  const latest = useRef(props);
  latest.current = props;
  const touched = useRef(false);

  const drawn = useRef({ tokens, lang });
  useEffect(() => {
    if (box.current === null) return;
    try {
      const made = createMap(box.current, drawn.current.tokens, drawn.current.lang);
      map.current = made;
      made.on('style.load', () => setReady((count) => count + 1));
      made.on('click', (event) => clicked(made, event, latest.current));
      for (const name of ['mousedown', 'wheel', 'touchstart'] as const) made.on(name, () => (touched.current = true));
      return () => {
        map.current = null;
        made.remove();
      };
    } catch {
      setFailed(true);
      return;
    }
    // The map is made once; theme and language restyle it below.
  }, []);

  useEffect(() => {
    if (map.current === null || (drawn.current.tokens === tokens && drawn.current.lang === lang)) return;
    drawn.current = { tokens, lang };
    restyle(map.current, tokens, lang);
  }, [tokens, lang]);

  useSources(map, ready, props, lang);
  const fit = useFit(map, props, touched, ready);
  useImperativeHandle(props.handle, () => handleOf(map, touched), []);
  useEffect(() => {
    if (map.current !== null) map.current.getCanvas().style.cursor = props.picking ? 'crosshair' : '';
  }, [props.picking, ready]);

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
      <p className="map-credit">{say(MAP.credit)}</p>
      {props.picking && <p className="map-hint">{say(MAP.pick)}</p>}
    </div>
  );
};
export default MapView;

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
  const { forces, rows, force, matter, journey, picked } = props;
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
    if (map.current !== null && ready > 0) fillSource(map.current, 'legs', legFeatures(journey));
  }, [map, ready, journey]);
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
/** Frames all once when the first forces or matters are there; afterwards only when asked. */
const useFit = (
  map: { readonly current: MapLibre | null },
  props: Props,
  touched: { current: boolean },
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
  const framed = useRef(false);
  const fit = (animate: boolean): void => {
    const bounds = boundsOf(points);
    if (bounds === null) return;
    const { clientWidth = 0, clientHeight = 0 } = map.current?.getContainer() ?? {};
    // In a small box a margin made for a large one would leave nothing to show.
    const padding = Math.min(PADDING_PX, Math.min(clientWidth, clientHeight) / 4);
    map.current?.fitBounds([...bounds], { padding, maxZoom: 14, duration: animate ? 300 : 0 });
  };
  useEffect(() => {
    if (ready === 0 || framed.current || touched.current || points.length === 0) return;
    framed.current = true;
    fit(false);
  });
  return () => {
    touched.current = true;
    fit(true);
  };
};

const handleOf = (map: { readonly current: MapLibre | null }, touched: { current: boolean }): MapHandle => {
  let before: { center: [number, number]; zoom: number } | null = null;
  return {
    goTo: (at, right_px = 0) => {
      const now = map.current;
      if (now === null) return;
      touched.current = true;
      before ??= { center: now.getCenter().toArray(), zoom: now.getZoom() };
      now.easeTo({ center: [at.lon, at.lat], zoom: Math.max(now.getZoom(), 13), offset: [right_px, 0], duration: 300 });
    },
    goBack: () => {
      if (before !== null) map.current?.easeTo({ ...before, duration: 300 });
      before = null;
    },
  };
};

const REACH_PX = 8;
const clicked = (map: MapLibre, event: MapMouseEvent, props: Props): void => {
  if (props.picking) {
    props.onPick({ lon: event.lngLat.lng, lat: event.lngLat.lat });
    return;
  }
  const { x, y } = event.point;
  const hits = map.queryRenderedFeatures(
    [
      [x - REACH_PX, y - REACH_PX],
      [x + REACH_PX, y + REACH_PX],
    ],
    { layers: ['matters', 'forces'] },
  );
  const first = hits.find((hit) => hit.layer.id === 'matters') ?? hits[0];
  if (first === undefined) return;
  const id = String(first.properties['id']);
  if (first.layer.id === 'matters') props.onMatter(id);
  else props.onForce(id);
};
