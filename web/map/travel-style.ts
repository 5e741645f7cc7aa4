import type { LayerSpecification, SymbolLayerSpecification } from 'maplibre-gl';
import type { Tokens } from '../theme/tokens.ts';

const STROKES = [
  { id: 'leg-road', modes: ['car', 'motorcycle', 'truck'], colour: 'road', dash: null },
  { id: 'leg-ferry', modes: ['ferry'], colour: 'ferry', dash: [2.2, 1] },
  { id: 'leg-boat', modes: ['boat'], colour: 'boat', dash: [4, 0.8, 1, 0.8] },
  { id: 'leg-air', modes: ['air'], colour: 'air', dash: [5, 2] },
  { id: 'leg-foot', modes: ['foot'], colour: 'foot', dash: [0.6, 1] },
] as const;

/** The chosen way: each mode with a stroke and a colour of its own, change points with their times. */
export const legLayers = (tokens: Tokens): readonly LayerSpecification[] => [
  {
    id: 'leg-halo',
    type: 'line',
    source: 'legs',
    layout: { 'line-join': 'round' },
    paint: { 'line-color': tokens.map.sea, 'line-width': 8, 'line-opacity': 0.8 },
  },
  ...STROKES.map(({ id, modes, colour, dash }): LayerSpecification => ({
    id,
    type: 'line',
    source: 'legs',
    filter: ['in', ['get', 'mode'], ['literal', [...modes]]],
    layout: { 'line-cap': dash === null ? 'round' : 'butt', 'line-join': 'round' },
    paint: {
      'line-color': tokens.mode[colour],
      'line-width': 4,
      ...(dash === null ? {} : { 'line-dasharray': [...dash] }),
    },
  })),
];

/** Beside a pier, above or below it. */
const SIDES: NonNullable<SymbolLayerSpecification['layout']>['text-variable-anchor-offset'] = [
  'bottom-left',
  [0.7, -0.3],
  'top-left',
  [0.7, 0.3],
  'bottom-right',
  [-0.7, -0.3],
  'top-right',
  [-0.7, 0.3],
];

/** Above forces and pins: a time at a pier is worth more than what stands there. */
export const stopLayers = (tokens: Tokens): readonly LayerSpecification[] => [
  {
    id: 'stops',
    type: 'circle',
    source: 'stops',
    filter: ['!=', ['get', 'sort'], 'end'],
    paint: {
      'circle-radius': ['case', ['==', ['get', 'sort'], 'wait'], 6, 4.5],
      'circle-color': ['case', ['==', ['get', 'sort'], 'wait'], tokens.lanternFill, tokens.surface],
      'circle-stroke-color': ['case', ['==', ['get', 'sort'], 'wait'], tokens.map.sea, tokens.text],
      'circle-stroke-width': 2,
    },
  },
  {
    id: 'stop-times',
    type: 'symbol',
    source: 'stops',
    layout: {
      'text-field': ['get', 'label'],
      'text-size': 12,
      // A time is worth a place on any side of its pier.
      'text-variable-anchor-offset': SIDES,
      'text-justify': 'auto',
      // Where two do not fit, the end is told first, then where one waits.
      'symbol-sort-key': ['match', ['get', 'sort'], 'end', 0, 'wait', 1, 2],
    },
    paint: { 'text-color': tokens.text, 'text-halo-color': tokens.map.sea, 'text-halo-width': 2 },
  },
];

/** Closed: a barred band in the danger colour, hatched areas, and a sign that can be clicked. */
export const closureLayers = (tokens: Tokens): readonly LayerSpecification[] => {
  const danger = tokens.state.unavailable;
  const isBadge = ['has', 'badge'] as never;
  const isShape = ['!', ['has', 'badge']] as never;
  const faint = ['case', ['get', 'holds'], 1, 0.45] as never;
  const width = ['interpolate', ['linear'], ['zoom'], 8, 4, 14, 9] as never;
  return [
    {
      id: 'closed-area',
      type: 'fill',
      source: 'closures',
      filter: ['all', isShape, ['==', ['geometry-type'], 'Polygon']],
      paint: { 'fill-pattern': 'hatch|closed', 'fill-opacity': faint },
    },
    {
      id: 'closed-line',
      type: 'line',
      source: 'closures',
      filter: isShape,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': danger, 'line-width': width, 'line-opacity': faint },
    },
    {
      id: 'closed-bars',
      type: 'line',
      source: 'closures',
      filter: isShape,
      paint: {
        'line-color': tokens.map.sea,
        'line-width': width,
        'line-dasharray': [0.35, 0.8],
        'line-opacity': faint,
      },
    },
    {
      id: 'closed-ring',
      type: 'circle',
      source: 'closures',
      filter: ['all', isBadge, ['==', ['get', 'selected'], true]],
      paint: {
        'circle-radius': 17,
        'circle-color': tokens.link,
        'circle-opacity': 0.25,
        'circle-stroke-color': tokens.link,
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'closed-sign',
      type: 'symbol',
      source: 'closures',
      filter: isBadge,
      layout: {
        'icon-image': ['case', ['get', 'holds'], 'closed|now', 'closed|faint'],
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'text-field': ['step', ['zoom'], '', 9.5, ['get', 'label']],
        'text-size': 12,
        'text-variable-anchor-offset': ['top', [0, 1], 'bottom', [0, -1], 'left', [1, 0], 'right', [-1, 0]],
        'text-justify': 'auto',
        'text-optional': true,
        'text-max-width': 14,
      },
      paint: { 'text-color': danger, 'text-halo-color': tokens.map.sea, 'text-halo-width': 1.8 },
    },
  ];
};

/** Bands of what can be reached: each lies over the wider ones, so the nearest is the strongest. */
export const reachLayers = (tokens: Tokens): readonly LayerSpecification[] => [
  {
    id: 'reach',
    type: 'fill',
    source: 'reach',
    filter: ['has', 'limit_s'],
    paint: { 'fill-color': tokens.link, 'fill-opacity': 0.13, 'fill-antialias': false },
  },
  {
    id: 'reach-edge',
    type: 'line',
    source: 'reach',
    filter: ['has', 'limit_s'],
    paint: { 'line-color': tokens.link, 'line-width': 1.2, 'line-opacity': 0.8 },
  },
];
export const originLayers = (tokens: Tokens): readonly LayerSpecification[] => [
  {
    id: 'reach-from',
    type: 'circle',
    source: 'reach',
    filter: ['has', 'origin'],
    paint: {
      'circle-radius': 7,
      'circle-color': tokens.link,
      'circle-stroke-color': tokens.map.sea,
      'circle-stroke-width': 3,
    },
  },
];

/** Water areas stand out a little; what the pointer is at stands out much. */
export const waterLayers = (tokens: Tokens): readonly LayerSpecification[] => [
  {
    id: 'water-area',
    type: 'fill',
    source: 'waters',
    paint: { 'fill-color': tokens.map.ferry, 'fill-opacity': 0.12, 'fill-outline-color': tokens.map.ferry },
  },
];
export const aimedLayers = (tokens: Tokens): readonly LayerSpecification[] => [
  {
    id: 'aimed-line',
    type: 'line',
    source: 'aimed',
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': tokens.lanternFill, 'line-width': 7, 'line-opacity': 0.85 },
  },
  {
    id: 'aimed-point',
    type: 'circle',
    source: 'aimed',
    filter: ['==', ['geometry-type'], 'Point'],
    paint: {
      'circle-radius': 10,
      'circle-opacity': 0,
      'circle-stroke-color': tokens.lanternFill,
      'circle-stroke-width': 4,
    },
  },
];

/** Layers in which something to close is found under the pointer, the most particular first. */
export const CHOOSABLE = ['pier', 'road', 'street', 'ferry', 'ferry-line', 'water-area'] as const;
/** Layers in which something closed is found under the pointer. */
export const CLOSED = ['closed-sign', 'closed-line', 'closed-area'] as const;
