import type { LonLat } from '#core/base/geo.ts';
import { DISTRICT_EN, ISLAND_EN, TOWNS, VILLAGES } from './tables.ts';
import type { Spot } from './tables.ts';

/** Shapes of the source files, as far as they are used. */
export interface AdminSource {
  readonly attribution: string;
  readonly city: { readonly code: string; readonly name: string };
  readonly districts: readonly { readonly code: string; readonly name: string }[];
  readonly townships: readonly { readonly code: string; readonly name: string; readonly district: string }[];
  readonly villages: readonly { readonly code: string; readonly name: string; readonly township: string }[];
}
export interface IslandSource {
  readonly attribution: string;
  readonly islands: readonly {
    readonly id: number;
    readonly name: string;
    readonly nameBasis: string;
    readonly adcode: string;
    readonly lon: number;
    readonly lat: number;
    readonly km2: number;
  }[];
}

const SUFFIX_EN: Readonly<Record<string, string>> = { 街道: 'Subdistrict', 镇: 'Town', 乡: 'Township' };

const lines = (items: readonly unknown[]): string => `[\n${items.map((item) => JSON.stringify(item)).join(',\n')}\n]`;

const townEn = (name: string): string => {
  const row = TOWNS.find((town) => town.name === name);
  const suffix = Object.keys(SUFFIX_EN).find((end) => name.endsWith(end));
  if (row === undefined || suffix === undefined) throw new Error(`no English name for ${name}`);
  return `${row.en} ${SUFFIX_EN[suffix] ?? ''}`;
};

const districtEn = (code: string): string => {
  const en = DISTRICT_EN[code];
  if (en === undefined) throw new Error(`no English name for district ${code}`);
  return en;
};

/** Districts, townships and villages with their codes; English names where the tables have them. */
export const adminFile = (admin: AdminSource): string =>
  [
    `{"attribution":${JSON.stringify(admin.attribution)}`,
    `"city":${JSON.stringify({ code: admin.city.code, zh: admin.city.name, en: 'Zhoushan' })}`,
    `"districts":${lines(admin.districts.map((row) => ({ code: row.code, zh: row.name, en: districtEn(row.code) })))}`,
    `"townships":${lines(
      admin.townships.map((row) => ({ code: row.code, zh: row.name, en: townEn(row.name), district: row.district })),
    )}`,
    `"villages":${lines(admin.villages.map((row) => ({ code: row.code, zh: row.name, township: row.township })))}}`,
  ].join(',\n');

export const islandsFile = (source: IslandSource): string =>
  `{"attribution":${JSON.stringify(source.attribution)},\n"islands":${lines(
    source.islands.map((row) => {
      const en = ISLAND_EN[row.name];
      if (en === undefined) throw new Error(`no English name for ${row.name}`);
      return {
        id: row.id,
        zh: row.name,
        en: `${en} Island`,
        name_basis: row.nameBasis,
        district: row.adcode,
        lon: row.lon,
        lat: row.lat,
        km2: row.km2,
      };
    }),
  )}}`;

/** Townships and the villages of outer islands, each with a position on its land. */
export const placesFile = (admin: AdminSource, spots: ReadonlyMap<Spot, LonLat>): string => {
  const at = (hint: Spot, name: string): LonLat => {
    const spot = spots.get(hint);
    if (spot === undefined) throw new Error(`${name} was not placed`);
    return spot;
  };
  const towns = admin.townships.map((township) => {
    const row = TOWNS.find((town) => town.name === township.name);
    if (row === undefined) throw new Error(`${township.name} has no position`);
    const [lon, lat] = at(row.at, row.name);
    const { code, name: zh, district } = township;
    return {
      id: `town-${code}`,
      kind: 'township',
      code,
      zh,
      en: townEn(zh),
      short_zh: zh.replace(/街道$|镇$|乡$/, ''),
      short_en: row.en,
      district,
      island: row.mass,
      lon,
      lat,
    };
  });
  const villages = VILLAGES.map((row) => {
    const found = admin.villages.find((village) => village.name === row.name);
    if (found === undefined) throw new Error(`${row.name} is no village of the data`);
    const spot = at(row.at, row.name);
    const { code, name: zh } = found;
    const district = code.slice(0, 6);
    return {
      id: `village-${code}`,
      kind: 'village',
      code,
      zh,
      en: row.en,
      short_zh: row.short,
      short_en: row.en,
      district,
      island: row.mass,
      lon: spot[0],
      lat: spot[1],
    };
  });
  const note = 'Positions are approximate, by general knowledge, snapped to land; not a survey.';
  return `{"note":${JSON.stringify(note)},\n"places":${lines([...towns, ...villages])}}`;
};
