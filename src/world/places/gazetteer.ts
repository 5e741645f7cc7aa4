import type { LonLat } from '#core/base/geo.ts';
import { distance_m } from '#core/base/geo.ts';
import type { Text } from '#core/base/text.ts';
import { between } from './geometry.ts';
import type { Land } from './land.ts';

/** A named place with a position, as places.json has it. */
export interface NamedPlace {
  /** `town-330903001`, `village-330903105001`; a valid PlaceId. */
  readonly id: string;
  readonly kind: 'township' | 'village';
  readonly code: string;
  readonly zh: string;
  readonly en: string;
  /** Name as people say it: 沈家门, Shenjiamen. */
  readonly short_zh: string;
  readonly short_en: string;
  readonly district: string;
  /** Number of its land mass. */
  readonly island: number;
  readonly lon: number;
  readonly lat: number;
}
export interface PlacesFile {
  readonly note: string;
  readonly places: readonly NamedPlace[];
}
export interface Island {
  /** Number of its land mass. */
  readonly id: number;
  readonly zh: string;
  readonly en: string;
  readonly district: string;
  readonly lon: number;
  readonly lat: number;
  readonly km2: number;
}
export interface IslandsFile {
  readonly islands: readonly Island[];
}
export interface AdminFile {
  readonly city: { readonly code: string; readonly zh: string; readonly en: string };
  readonly districts: readonly { readonly code: string; readonly zh: string; readonly en: string }[];
  readonly townships: readonly {
    readonly code: string;
    readonly zh: string;
    readonly en: string;
    readonly district: string;
  }[];
  /** Villages have no English names and most have no position. */
  readonly villages: readonly { readonly code: string; readonly zh: string; readonly township: string }[];
}

/** One answer of a search by name. */
export interface Found {
  readonly id: string;
  readonly kind: 'district' | 'township' | 'village' | 'island';
  readonly name: Text;
  /** What it belongs to; null for a district. */
  readonly within: Text | null;
  /** Null where the data gives no position; never a guess. */
  readonly at: LonLat | null;
}

export interface Gazetteer {
  /**
   * Code of the district whose land the position is on; off a shore no farther than 2 km (harbours, bathers, land reclaimed
   * since the map was made) that of the nearest shore; null on the open sea.
   */
  readonly districtOf: (at: LonLat) => string | null;
  /** The named island the position is on; null at sea and on unnamed land. */
  readonly islandOf: (at: LonLat) => Island | null;
  readonly nearestPlace: (at: LonLat) => { readonly place: NamedPlace; readonly distance_m: number } | null;
  /** Where a position is, in words: 六横岛 台门附近 / near Taimen, Liuheng Island. */
  readonly describe: (at: LonLat) => Text;
  /** Places whose Chinese or English name holds the text, best first. At most `limit`; an empty text finds nothing. */
  readonly search: (text: string, limit: number) => readonly Found[];
}

/** Nearer than this one is *at* a named place and not merely off it. */
const NEAR_M = 2500;
/** Shores farther than this do not describe a position at sea. */
const OFF_SHORE_M = 20_000;

export const createGazetteer = (land: Land, places: PlacesFile, islands: IslandsFile, admin: AdminFile): Gazetteer => {
  const byMass = new Map(islands.islands.map((island) => [island.id, island]));
  const islandOf = (at: LonLat): Island | null => byMass.get(land.partAt(at)?.id ?? -1) ?? null;
  const nearestPlace: Gazetteer['nearestPlace'] = (at) => nearestOf(places.places, at);
  const entries = searchEntries(places, islands, admin);
  return {
    districtOf: (at) => districtOf(land, at),
    islandOf,
    nearestPlace,
    describe: (at) => {
      const part = land.partAt(at);
      if (part === null) return describeSea(land, byMass, admin, at);
      const island = byMass.get(part.id) ?? null;
      const near = nearestOf(
        places.places.filter((place) => place.island === part.id),
        at,
      );
      return describeLand(island, near, admin, part.adcode ?? null, at);
    },
    search: (text, limit) => search(entries, text, limit),
  };
};

const COASTAL_M = 2000;

const districtOf = (land: Land, at: LonLat): string | null => {
  const part = land.partAt(at);
  if (part !== null) return part.adcode ?? null;
  const shore = land.nearestShore(at, COASTAL_M);
  if (shore === null) return null;
  const inside = between(at, shore.at, 1 + 5 / Math.max(shore.distance_m, 1));
  return land.partAt(inside)?.adcode ?? null;
};

const nearestOf = (
  places: readonly NamedPlace[],
  at: LonLat,
): { readonly place: NamedPlace; readonly distance_m: number } | null => {
  let best: { place: NamedPlace; distance_m: number } | null = null;
  for (const place of places) {
    const far = distance_m(at, [place.lon, place.lat]);
    if (best === null || far < best.distance_m) best = { place, distance_m: far };
  }
  return best;
};

const describeLand = (
  island: Island | null,
  near: { readonly place: NamedPlace; readonly distance_m: number } | null,
  admin: AdminFile,
  district: string | null,
  at: LonLat,
): Text => {
  const owner = admin.districts.find((one) => one.code === district) ?? null;
  const ground: Text =
    island ?? (owner === null ? coordinates(at) : { zh: `${owner.zh}小岛`, en: `an islet of ${owner.en}` });
  if (near === null) return { zh: ground.zh, en: `on ${ground.en}` };
  const { place } = near;
  if (near.distance_m <= NEAR_M) {
    return { zh: `${ground.zh} ${place.short_zh}附近`, en: `near ${place.short_en}, ${ground.en}` };
  }
  const bearing = bearingWords([place.lon, place.lat], at);
  const km = (near.distance_m / 1000).toFixed(1);
  return {
    zh: `${ground.zh} ${place.short_zh}${bearing.zh}约${km}公里`,
    en: `${km} km ${bearing.en} of ${place.short_en}, ${ground.en}`,
  };
};

const describeSea = (land: Land, byMass: ReadonlyMap<number, Island>, admin: AdminFile, at: LonLat): Text => {
  for (const reach_m of [2000, OFF_SHORE_M]) {
    const islands = [...byMass.values()]
      .map((island) => ({
        island,
        shore: nearTo(island, at, reach_m) ? land.nearestShore(at, reach_m, island.id) : null,
      }))
      .filter((one) => one.shore !== null)
      .toSorted((one, other) => (one.shore?.distance_m ?? 0) - (other.shore?.distance_m ?? 0));
    const best = islands[0];
    if (best?.shore === undefined || best.shore === null) continue;
    const bearing = bearingWords(best.shore.at, at);
    const km = (best.shore.distance_m / 1000).toFixed(1);
    return {
      zh: `${best.island.zh}${bearing.zh}海面约${km}公里`,
      en: `at sea, ${km} km ${bearing.en} of ${best.island.en}`,
    };
  }
  const place = coordinates(at);
  return { zh: `${admin.city.zh}海域 ${place.zh}`, en: `at sea off ${admin.city.en}, ${place.en}` };
};

/** No island is longer than some 50 km: one whose middle is farther than that and the reach need not be measured. */
const nearTo = (island: Island, at: LonLat, reach_m: number): boolean =>
  distance_m(at, [island.lon, island.lat]) < reach_m + 4000 * Math.sqrt(island.km2) + 5000;

const coordinates = (at: LonLat): Text => {
  const text = `${at[1].toFixed(4)}°N ${at[0].toFixed(4)}°E`;
  return { zh: text, en: text };
};

const BEARINGS: readonly Text[] = [
  { zh: '以北', en: 'north' },
  { zh: '东北', en: 'north-east' },
  { zh: '以东', en: 'east' },
  { zh: '东南', en: 'south-east' },
  { zh: '以南', en: 'south' },
  { zh: '西南', en: 'south-west' },
  { zh: '以西', en: 'west' },
  { zh: '西北', en: 'north-west' },
];

/** The direction from one place to another, in eighths of the compass. */
const bearingWords = (from: LonLat, to: LonLat): Text => {
  const x = (to[0] - from[0]) * Math.cos((from[1] * Math.PI) / 180);
  const eighth = Math.round((Math.atan2(x, to[1] - from[1]) * 4) / Math.PI);
  return BEARINGS[(eighth + 8) % 8] as Text;
};

const searchEntries = (places: PlacesFile, islands: IslandsFile, admin: AdminFile): readonly Found[] => {
  const district = (code: string): Text | null => admin.districts.find((one) => one.code === code) ?? null;
  const name = (one: Text): Text => ({ zh: one.zh, en: one.en });
  const positions = new Map(places.places.map((place) => [place.code, place]));
  const at = (code: string): LonLat | null => {
    const place = positions.get(code);
    return place === undefined ? null : [place.lon, place.lat];
  };
  return [
    ...admin.districts.map((one): Found => ({
      id: `district-${one.code}`,
      kind: 'district',
      name: name(one),
      within: null,
      at: null,
    })),
    ...admin.townships.map((one): Found => {
      const within = district(one.district);
      return {
        id: `town-${one.code}`,
        kind: 'township',
        name: name(one),
        within: within && name(within),
        at: at(one.code),
      };
    }),
    ...islands.islands.map((one): Found => {
      const within = district(one.district);
      return {
        id: `island-${one.id}`,
        kind: 'island',
        name: name(one),
        within: within && name(within),
        at: [one.lon, one.lat],
      };
    }),
    ...admin.villages.map((one): Found => {
      const town = admin.townships.find((township) => township.code === one.township);
      const en = positions.get(one.code)?.en ?? one.zh;
      const within = town === undefined ? null : name(town);
      return { id: `village-${one.code}`, kind: 'village', name: { zh: one.zh, en }, within, at: at(one.code) };
    }),
  ];
};

const search = (entries: readonly Found[], text: string, limit: number): readonly Found[] => {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return [];
  const place = (one: Found): number => {
    const inChinese = one.name.zh.indexOf(wanted);
    const inEnglish = one.name.en.toLowerCase().indexOf(wanted);
    if (inChinese < 0) return inEnglish;
    return inEnglish < 0 ? inChinese : Math.min(inChinese, inEnglish);
  };
  return entries
    .map((one, order) => ({ one, order, place: place(one) }))
    .filter((hit) => hit.place >= 0)
    .toSorted((a, b) => a.place - b.place || a.order - b.order)
    .slice(0, limit)
    .map((hit) => hit.one);
};
