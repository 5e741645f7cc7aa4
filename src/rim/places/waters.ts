import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { isLonLat } from '#core/base/geo.ts';
import type { Text } from '#core/base/text.ts';
import { text } from '#core/base/text.ts';
import type { NoFlyArea } from '#engines/travel/air/air.ts';
import { strongest_ms } from '#engines/travel/sea/areas.ts';
import type { Keeper } from '#engines/travel/keeper.ts';
import { selfCrossing } from '#engines/travel/sea/crossing.ts';
import { decodeSeaWays, encodeSeaWays, printOf } from '#engines/travel/sea/file.ts';
import { buildSeaWays, closableOf, createSea } from '#engines/travel/sea/sea.ts';
import type { Current, DraughtClass, Sea, WaterAreas } from '#engines/travel/sea/water.ts';
import { currentsOf } from '#engines/travel/sea/waters.ts';
import type { ClosableArea } from '#engines/travel/join/place.ts';
import { CodedError } from '#wire/errors.ts';
import type { Ring } from '#world/places/geometry.ts';
import type { Land } from '#world/places/land.ts';
import { reasonOf } from './write.ts';

/** Areas of the sea and the air above it, by `kind`. Optional in a place directory. */
export const WATERS_FILE = 'waters.geojson';

/** What `waters.geojson` says to boats and aircraft. Areas of kind `weather` are read elsewhere. */
export interface LoadedWaters {
  readonly areas: WaterAreas;
  /** Those of the sea and the air that can be closed, by name. */
  readonly closable: readonly ClosableArea[];
  readonly noFly: readonly NoFlyArea[];
}

/** Faster than any sea stream there is. */
const MOST_MS = 12;

const id = z.string().min(1);
const always = z.boolean().default(false);
const name = z.object({ zh: z.string(), en: z.string() }).optional();
const properties = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('weather'), id }),
  z.object({ kind: z.literal('shallow'), id, depth_m: z.number().min(-20).max(200) }),
  z.object({ kind: z.literal('closed'), id, always, name }),
  z.object({
    kind: z.literal('current'),
    id,
    set_deg: z.number().min(0).max(360),
    rate_ms: z.number().min(0).max(MOST_MS),
  }),
  z.object({ kind: z.literal('speed'), id, max_kmh: z.number().min(1).max(200) }),
  z.object({ kind: z.literal('no-fly'), id, always, name }),
]);
const position = z.tuple([z.number(), z.number()]).rest(z.number());
const ring = z.array(position).min(4);
const geometry = z.discriminatedUnion('type', [
  z.object({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1) }),
  z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(ring).min(1)).min(1) }),
]);
const feature = z.object({ properties, geometry });
const collection = z.object({ type: z.literal('FeatureCollection'), features: z.array(z.unknown()) });

/**
 * Reads `waters.geojson`; without it nothing is shallow, closed or limited.
 * @throws CodedError place-file-malformed, water-feature-invalid (naming the feature and what is wrong in it)
 */
export const loadWaters = (dir: string): LoadedWaters => {
  const file = path.join(dir, WATERS_FILE);
  const none = { areas: { shallows: [], closed: [], currents: [], speed: [] }, closable: [], noFly: [] };
  return existsSync(file) ? watersIn(file, collectionIn(file).features) : none;
};

const collectionIn = (file: string): z.infer<typeof collection> => {
  try {
    return collection.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    const what = error instanceof SyntaxError ? error.message : reasonOf(error).en;
    throw new CodedError('place-file-malformed', {
      values: { file, what: error instanceof z.ZodError ? z.prettifyError(error) : what },
    });
  }
};

const watersIn = (file: string, features: readonly unknown[]): LoadedWaters => {
  const shallows: WaterAreas['shallows'][number][] = [];
  const closed: WaterAreas['closed'][number][] = [];
  const currents: WaterAreas['currents'][number][] = [];
  const speed: WaterAreas['speed'][number][] = [];
  const closable: ClosableArea[] = [];
  const noFly: NoFlyArea[] = [];
  const known = new Set<string>();
  features.forEach((one, index) => {
    const read = feature.safeParse(one);
    if (!read.success) throw invalid(file, nameOf(one, index), same(z.prettifyError(read.error)));
    const { properties: said } = read.data;
    if (known.has(said.id)) throw invalid(file, said.id, text('编号重复', 'its id is used twice'));
    known.add(said.id);
    const rings = ringsOf(file, said.id, read.data.geometry);
    if (said.kind === 'shallow') shallows.push({ id: said.id, depth_m: said.depth_m, rings });
    if (said.kind === 'closed') closed.push({ id: said.id, always: said.always, rings });
    if (said.kind === 'current') currents.push({ id: said.id, ...currentTo(said.set_deg, said.rate_ms), rings });
    if (said.kind === 'speed') speed.push({ id: said.id, max_kmh: said.max_kmh, rings });
    if (said.kind === 'no-fly') noFly.push({ id: said.id, always: said.always, rings });
    if (said.kind !== 'closed' && said.kind !== 'no-fly') return;
    const called = said.name ?? text(said.id, said.id);
    const of = said.kind === 'closed' ? 'sea' : 'air';
    closable.push({ id: said.id, name: called, of, always: said.always, rings });
  });
  return { areas: { shallows, closed, currents, speed }, closable, noFly };
};

/** @param set_deg where the water flows to, clockwise from north */
const currentTo = (set_deg: number, rate_ms: number): Current => {
  const angle = (set_deg * Math.PI) / 180;
  return { east_ms: rate_ms * Math.sin(angle), north_ms: rate_ms * Math.cos(angle) };
};

const same = (words: string): Text => text(words, words);

const invalid = (file: string, name: string, what: Text): CodedError =>
  new CodedError('water-feature-invalid', { values: { file, feature: name, what } });

const nameOf = (one: unknown, index: number): string => {
  const found = z.object({ properties: z.object({ id }) }).safeParse(one);
  return found.success ? found.data.properties.id : `#${index}`;
};

/** All rings of the area; closed, on the earth, and none that crosses itself. */
const ringsOf = (file: string, name: string, shape: z.infer<typeof geometry>): readonly Ring[] => {
  const rings = shape.type === 'Polygon' ? shape.coordinates : shape.coordinates.flat();
  return rings.map((points): Ring => {
    const made = points.map(([lon, lat]) => [lon, lat] as const);
    const [first, last] = [made[0], made.at(-1)];
    if (!made.every(isLonLat)) throw invalid(file, name, text('坐标不在地球上', 'a position is not on the earth'));
    if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1])
      throw invalid(file, name, text('环未闭合', 'a ring does not end where it begins'));
    const at = selfCrossing(made);
    if (at !== null)
      throw invalid(
        file,
        name,
        text(`边界在 ${at[0]}, ${at[1]} 处自相交`, `its border crosses itself near ${at[0]}, ${at[1]}`),
      );
    return made;
  });
};

/** The sea of a class of hulls, made when it is first asked about: seconds for a coast like Zhoushan's, a tenth of one where its ways are kept. */
export const seaOf = (land: Land, areas: WaterAreas, draught: DraughtClass, keeper: Keeper): Sea => {
  let sea: Sea | null = null;
  const print = printOf(land, areas, draught);
  const made = (): Sea => {
    if (sea !== null) return sea;
    const ways = keeper.keep(`sea-${draught.id}`, {
      read: (bytes) => decodeSeaWays(bytes, print),
      make: () => buildSeaWays(land, areas, draught),
      write: (built) => encodeSeaWays(built, print),
    });
    sea = createSea(land, areas, draught, ways);
    return sea;
  };
  return {
    draught,
    current_ms: strongest_ms(currentsOf(areas)),
    print: () => print,
    closable: closableOf(areas),
    look: (at) => made().look(at),
    join: (at, reach_m) => made().join(at, reach_m),
    field: (...asked) => made().field(...asked),
  };
};
