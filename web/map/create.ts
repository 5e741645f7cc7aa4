import type { GeoJSONSource, Map as MapLibre } from 'maplibre-gl';
import type { Language } from '#core/base/text.ts';
import type { Tokens } from '../theme/tokens.ts';
import type { Features } from './data.ts';
import { maplibre } from './engine.ts';
import { drawImage, RATIO } from './images.ts';
import { mapStyle } from './style.ts';

/** Opens a map in `container` with our style; pictures are drawn when first asked for. */
export const createMap = (container: HTMLElement, tokens: Tokens, language: Language): MapLibre => {
  const map = new maplibre.Map({
    container,
    style: mapStyle(tokens, language),
    bounds: [121.55, 29.55, 122.9, 30.8],
    fitBoundsOptions: { padding: 12 },
    localIdeographFontFamily: '"Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif',
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    maxZoom: 17,
    minZoom: 6,
    fadeDuration: 0,
  });
  map.touchZoomRotate.disableRotation();
  paintWith(map, tokens);
  return map;
};

const painters = new WeakMap<MapLibre, Tokens>();
const paintWith = (map: MapLibre, tokens: Tokens): void => {
  const first = !painters.has(map);
  painters.set(map, tokens);
  if (!first) return;
  map.setMissingStyleImageResolver((name) => {
    const image = drawImage(name, painters.get(map) ?? tokens);
    if (image !== null && !map.hasImage(name)) map.addImage(name, image, { pixelRatio: RATIO });
  });
};

/** Brings the land of the place into view where it lies elsewhere than what is shown. @param isWanted false once there is something else to show */
export const showLand = async (map: MapLibre, isWanted: () => boolean): Promise<void> => {
  const land = await map.getSource<GeoJSONSource>('land')?.getBounds();
  if (land === undefined || land.isEmpty() || !isWanted()) return;
  if (!map.getBounds().contains(land.getCenter())) map.fitBounds(land, { padding: 12, duration: 0 });
};

/** Other colours or language: the same map, drawn anew; sources are empty afterwards. */
export const restyle = (map: MapLibre, tokens: Tokens, language: Language): void => {
  paintWith(map, tokens);
  map.setStyle(mapStyle(tokens, language), { diff: false });
};

/** Fills one of our own sources; does nothing while the style is still on its way. */
export const fillSource = (map: MapLibre, source: string, data: Features): void => {
  const target = map.getSource<GeoJSONSource>(source);
  void target?.setData(data as Parameters<GeoJSONSource['setData']>[0]);
};
