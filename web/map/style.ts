import type { LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { Language } from '#core/base/text.ts';
import type { Tokens } from '../theme/tokens.ts';
import {
  aimedLayers,
  closureLayers,
  legLayers,
  originLayers,
  reachLayers,
  stopLayers,
  waterLayers,
} from './travel-style.ts';

const EMPTY = { type: 'FeatureCollection' as const, features: [] };
const served = (name: string): StyleSpecification['sources'][string] => ({
  type: 'geojson',
  data: `${location.origin}/api/map/${name}`,
});
const ours: StyleSpecification['sources'][string] = { type: 'geojson', data: EMPTY };

/** Our own offline style: the sea is the ground, land lies on it, everything that acts is drawn above. */
export const mapStyle = (tokens: Tokens, language: Language): StyleSpecification => ({
  version: 8,
  sources: {
    land: served('land'),
    roads: served('roads'),
    lines: served('lines'),
    places: served('places'),
    piers: served('piers'),
    trails: ours,
    legs: ours,
    stops: ours,
    closures: ours,
    reach: ours,
    aimed: ours,
    waters: ours,
    forces: ours,
    matters: ours,
    pick: ours,
  },
  layers: [
    ...ground(tokens),
    ...waterLayers(tokens),
    ...reachLayers(tokens),
    ...names(tokens, language),
    ...trails(tokens),
    ...legLayers(tokens),
    // Over the way: one that waits for a closed bridge must still show that it is closed.
    ...closureLayers(tokens),
    ...aimedLayers(tokens),
    ...originLayers(tokens),
    ...forces(tokens),
    ...matters(tokens),
    ...stopLayers(tokens),
    ...picked(tokens),
  ],
});

const isSea = ['in', ['coalesce', ['get', 'kind'], ['get', 'class'], ''], ['literal', ['ferry', 'sea', 'boat']]];

/** Drawn only when near: from afar they would be a grey cobweb. */
const isSmall = [
  'in',
  ['coalesce', ['get', 'class'], ''],
  ['literal', ['street', 'residential', 'service', 'track', 'path', 'steps']],
];

const ground = (tokens: Tokens): readonly LayerSpecification[] => [
  { id: 'sea', type: 'background', paint: { 'background-color': tokens.map.sea } },
  { id: 'land', type: 'fill', source: 'land', paint: { 'fill-color': tokens.map.land, 'fill-antialias': true } },
  {
    id: 'shore',
    type: 'line',
    source: 'land',
    paint: { 'line-color': tokens.map.shore, 'line-width': ['interpolate', ['linear'], ['zoom'], 8, 0.6, 13, 1.4] },
  },
  {
    id: 'road',
    type: 'line',
    source: 'roads',
    filter: ['all', ['!', isSea], ['!', isSmall]] as never,
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: { 'line-color': tokens.map.road, 'line-width': ['interpolate', ['linear'], ['zoom'], 8, 0.8, 12, 2, 15, 4] },
  },
  {
    id: 'street',
    type: 'line',
    source: 'roads',
    minzoom: 10.5,
    filter: isSmall as never,
    layout: { 'line-cap': 'round', 'line-join': 'round' },
    paint: {
      'line-color': tokens.map.road,
      'line-opacity': 0.6,
      'line-width': ['interpolate', ['linear'], ['zoom'], 11, 0.5, 15, 2],
    },
  },
  {
    id: 'ferry',
    type: 'line',
    source: 'roads',
    filter: isSea as never,
    paint: { 'line-color': tokens.map.ferry, 'line-width': 1.2, 'line-dasharray': [3, 3] },
  },
  {
    id: 'ferry-line',
    type: 'line',
    source: 'lines',
    paint: { 'line-color': tokens.map.ferry, 'line-width': 1, 'line-dasharray': [3, 3], 'line-opacity': 0.7 },
  },
];

/** A name is a property of its own per language, or `{zh, en}`, or one text for both; the short form where there is one. */
const nameOf = (language: Language): never =>
  [
    'case',
    ['==', ['typeof', ['get', 'name']], 'object'],
    ['coalesce', ['get', `short_${language}`], ['get', language], ['get', language, ['get', 'name']], ''],
    ['coalesce', ['get', `short_${language}`], ['get', language], ['get', 'name'], ''],
  ] as never;

const names = (tokens: Tokens, language: Language): readonly LayerSpecification[] => [
  {
    id: 'pier',
    type: 'circle',
    source: 'piers',
    minzoom: 10.5,
    paint: {
      'circle-radius': 2.5,
      'circle-color': tokens.map.sea,
      'circle-stroke-color': tokens.map.ferry,
      'circle-stroke-width': 1.2,
    },
  },
  {
    id: 'pier-name',
    type: 'symbol',
    source: 'piers',
    minzoom: 12,
    layout: { 'text-field': nameOf(language), 'text-size': 11, 'text-offset': [0, 0.9], 'text-anchor': 'top' },
    paint: { 'text-color': tokens.map.ferry, 'text-halo-color': tokens.map.sea, 'text-halo-width': 1.2 },
  },
  {
    id: 'place-name',
    type: 'symbol',
    source: 'places',
    layout: {
      'text-field': nameOf(language),
      'text-size': ['interpolate', ['linear'], ['zoom'], 8, 10.5, 13, 13.5],
      'text-max-width': 7,
    },
    paint: { 'text-color': tokens.muted, 'text-halo-color': tokens.map.land, 'text-halo-width': 1.4 },
  },
];

const trails = (tokens: Tokens): readonly LayerSpecification[] => [
  {
    id: 'trail',
    type: 'line',
    source: 'trails',
    paint: { 'line-color': stateColour(tokens), 'line-width': 2, 'line-opacity': ['*', 0.6, ['get', 'fresh']] },
  },
];

const stateColour = (tokens: Tokens): never =>
  ['match', ['get', 'state'], ...Object.entries(tokens.state).flat(), tokens.muted] as never;

const ring = (tokens: Tokens, source: string): LayerSpecification => ({
  id: `${source}-ring`,
  type: 'circle',
  source,
  filter: ['==', ['get', 'selected'], true],
  paint: {
    'circle-radius': 17,
    'circle-color': tokens.link,
    'circle-opacity': 0.22,
    'circle-stroke-color': tokens.link,
    'circle-stroke-width': 2,
  },
});

const forces = (tokens: Tokens): readonly LayerSpecification[] => [
  ring(tokens, 'forces'),
  {
    id: 'nose',
    type: 'symbol',
    source: 'forces',
    filter: ['has', 'nose'],
    layout: {
      'icon-image': ['get', 'nose'],
      'icon-rotate': ['get', 'heading'],
      'icon-rotation-alignment': 'map',
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
    },
  },
  {
    id: 'forces',
    type: 'symbol',
    source: 'forces',
    layout: {
      'icon-image': ['get', 'image'],
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'symbol-sort-key': ['get', 'order'],
      'icon-size': ['interpolate', ['linear'], ['zoom'], 8, 0.62, 12, 1],
      'text-field': ['step', ['zoom'], '', 11.5, ['get', 'label']],
      'text-size': 11,
      'text-offset': [0, 1.1],
      'text-anchor': 'top',
      'text-optional': true,
    },
    paint: { 'text-color': tokens.text, 'text-halo-color': tokens.map.sea, 'text-halo-width': 1.4 },
  },
];

const matters = (tokens: Tokens): readonly LayerSpecification[] => [
  ring(tokens, 'matters'),
  {
    id: 'matters',
    type: 'symbol',
    source: 'matters',
    layout: {
      'icon-image': ['get', 'image'],
      'icon-anchor': 'bottom',
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
      'icon-offset': ['get', 'shift'],
      'symbol-sort-key': ['get', 'order'],
    },
  },
  {
    // A layer of its own: where there is room for one label only, the lowest key gets it; of pins the highest is on top.
    id: 'matter-labels',
    type: 'symbol',
    source: 'matters',
    layout: {
      'symbol-sort-key': ['-', ['get', 'order']],
      'text-field': ['step', ['zoom'], '', 10.5, ['get', 'label']],
      'text-size': 12,
      'text-anchor': 'top',
      'text-offset': [0, 0.3],
      'text-max-width': 12,
    },
    paint: { 'text-color': tokens.text, 'text-halo-color': tokens.map.sea, 'text-halo-width': 1.6 },
  },
];

const picked = (tokens: Tokens): readonly LayerSpecification[] => [
  {
    id: 'pick',
    type: 'circle',
    source: 'pick',
    paint: {
      'circle-radius': 8,
      'circle-color': tokens.lanternFill,
      'circle-stroke-color': tokens.map.sea,
      'circle-stroke-width': 3,
    },
  },
];
