import type { LonLat } from '#core/base/geo.ts';
import { fill, type Text, text } from '#core/base/text.ts';

/** What can be closed: it has an id on the map. */
export type ClosableSort = 'bridge' | 'road' | 'ferry' | 'pier' | 'area';
export type Geometry =
  | { readonly type: 'Point'; readonly coordinates: LonLat }
  | { readonly type: 'LineString'; readonly coordinates: readonly LonLat[] }
  | { readonly type: 'MultiLineString'; readonly coordinates: readonly (readonly LonLat[])[] }
  | { readonly type: 'Polygon'; readonly coordinates: readonly (readonly LonLat[])[] }
  | { readonly type: 'MultiPolygon'; readonly coordinates: readonly (readonly (readonly LonLat[])[])[] };

export interface Closable {
  readonly id: string;
  readonly sort: ClosableSort;
  /** Class of a road, kind of a pier or area. */
  readonly class: string;
  readonly name: Text | null;
  /** Drawn pieces: a way may be cut into several. */
  readonly shapes: readonly Geometry[];
  /** A point on it, for the map to go to. */
  readonly at: LonLat;
}

interface Feature {
  readonly geometry: Geometry | null;
  readonly properties: Readonly<Record<string, unknown>> | null;
}
export interface Layer {
  readonly features: readonly Feature[];
}
/** The map layers that hold what can be closed. */
export type LayerName = 'roads' | 'lines' | 'piers' | 'waters';

const FERRIES: ReadonlySet<unknown> = new Set(['ferry', 'sea', 'boat']);

/** Areas of the water and the air that are free until a closure names them. */
const CLOSED_WHEN_NAMED: ReadonlySet<unknown> = new Set(['closed', 'no-fly']);
/**
 * False for what travel does not ask closures about: sea areas that weather is told of, speed limits, currents, shallows, and what is closed
 * for good. Offered all the same, it would be closed on the screen and nowhere else.
 */
const minds = (layer: LayerName, properties: Readonly<Record<string, unknown>>): boolean =>
  layer !== 'waters' || (CLOSED_WHEN_NAMED.has(properties['kind']) && properties['always'] !== true);

const sortOf = (layer: LayerName, properties: Readonly<Record<string, unknown>>): ClosableSort => {
  if (layer === 'piers') return 'pier';
  if (layer === 'waters') return 'area';
  if (FERRIES.has(properties['class']) || FERRIES.has(properties['kind'])) return 'ferry';
  return properties['bridge'] === true ? 'bridge' : 'road';
};

/** A word or number as text; empty for anything else. */
export const wordOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
/** A name in both languages, however it is written; null where there is none. */
export const nameOf = (value: unknown): Text | null => {
  const { zh, en } = (typeof value === 'object' && value !== null ? value : { zh: value, en: value }) as {
    readonly zh?: unknown;
    readonly en?: unknown;
  };
  const first = wordOf(zh) || wordOf(en);
  return first === '' ? null : { zh: first, en: wordOf(en) || first };
};

/** The middle of the first piece: of a line a point on it, of an area the middle of its box. */
const middleOf = (shape: Geometry): LonLat => {
  switch (shape.type) {
    case 'Point':
      return shape.coordinates;
    case 'LineString':
      return alongOf(shape.coordinates);
    case 'MultiLineString':
      return alongOf(shape.coordinates[0] ?? []);
    case 'Polygon':
      return boxMiddle(shape.coordinates[0] ?? []);
    case 'MultiPolygon':
      return boxMiddle(shape.coordinates[0]?.[0] ?? []);
  }
};
const alongOf = (line: readonly LonLat[]): LonLat => {
  const half = Math.floor((line.length - 1) / 2);
  const [a = [0, 0], b = a] = line.slice(half, half + 2);
  return line.length % 2 === 1 ? a : [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
};
const boxMiddle = (ring: readonly LonLat[]): LonLat => {
  const lons = ring.map((one) => one[0]);
  const lats = ring.map((one) => one[1]);
  return [(Math.min(...lons) + Math.max(...lons)) / 2, (Math.min(...lats) + Math.max(...lats)) / 2];
};

/** All of the layers that has an id and a shape and that travel can go round, by id; pieces with one id are one thing. */
export const closablesOf = (layers: Partial<Readonly<Record<LayerName, Layer>>>): ReadonlyMap<string, Closable> => {
  const found = new Map<string, Closable>();
  for (const [layer, { features }] of Object.entries(layers) as [LayerName, Layer][])
    for (const { geometry, properties } of features) {
      const id = wordOf(properties?.['id']);
      if (id === '' || geometry === null || properties === null || !minds(layer, properties)) continue;
      const before = found.get(id);
      const piece: Closable = before ?? {
        id,
        sort: sortOf(layer, properties),
        class: wordOf(properties['class']) || wordOf(properties['kind']),
        name: nameOf(properties['name']),
        shapes: [],
        at: middleOf(geometry),
      };
      found.set(id, { ...piece, shapes: [...piece.shapes, geometry] });
    }
  return found;
};

export const SORTS: Readonly<Record<ClosableSort, Text>> = {
  bridge: text('桥', 'Bridge'),
  road: text('道路', 'Road'),
  ferry: text('航线', 'Ferry line'),
  pier: text('码头', 'Pier'),
  area: text('水域', 'Water area'),
};
/** By class, where the class says more than the sort. */
const CLASSES: Readonly<Record<string, Text>> = {
  motorway: text('高速公路', 'Motorway'),
  trunk: text('干线', 'Trunk road'),
  primary: text('主干道', 'Primary road'),
  secondary: text('次干道', 'Secondary road'),
  tertiary: text('支路', 'Tertiary road'),
  street: text('街道', 'Street'),
  residential: text('居住区道路', 'Residential street'),
  service: text('内部道路', 'Service road'),
  track: text('乡间道', 'Track'),
  path: text('步道', 'Footpath'),
  steps: text('台阶', 'Steps'),
  ramp: text('车渡码头', 'Ramp'),
  beach: text('登陆滩', 'Beach'),
  helipad: text('直升机场', 'Helicopter ground'),
  'no-fly': text('禁飞区', 'No-fly area'),
};

/** What it is, in a word or two. */
export const sortWords = ({ sort, class: kind }: Pick<Closable, 'sort' | 'class'>): Text =>
  sort === 'bridge' || sort === 'ferry' ? SORTS[sort] : (CLASSES[kind] ?? SORTS[sort]);

const UNNAMED = text('{sort} {id}', '{sort} {id}');
/** Its name, or what it is and its id. */
export const closableName = (one: Closable): Text => one.name ?? fill(UNNAMED, { sort: sortWords(one), id: one.id });

const ORDER: readonly ClosableSort[] = ['bridge', 'ferry', 'pier', 'area', 'road'];
const plain = (words: string): string => words.trim().toLowerCase();

/** What is looked for by name or id: those that begin with the words first, then bridges, lines, piers, areas, roads. */
export const searchClosables = (all: Iterable<Closable>, words: string, limit = 8): readonly Closable[] => {
  const wanted = plain(words);
  if (wanted === '') return [];
  const scored = [...all].flatMap((one) => {
    const texts = [one.id, one.name?.zh ?? '', one.name?.en ?? ''].map((each) => plain(each));
    if (!texts.some((each) => each.includes(wanted))) return [];
    const start = texts.includes(wanted) ? 0 : texts.some((each) => each.startsWith(wanted)) ? 1 : 2;
    return [{ one, score: start * 10 + ORDER.indexOf(one.sort) }];
  });
  return scored
    .toSorted((a, b) => a.score - b.score || a.one.id.localeCompare(b.one.id))
    .slice(0, limit)
    .map(({ one }) => one);
};
