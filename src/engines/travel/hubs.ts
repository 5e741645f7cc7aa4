import type { LonLat } from '#core/base/geo.ts';
import type { Text } from '#core/base/text.ts';
import type { FeatureCollection, PointGeometry } from '#world/places/geojson.ts';
import type { Land } from '#world/places/land.ts';
import { limits } from './conditions/conditions.ts';
import type { Limits } from './conditions/conditions.ts';
import type { RoadMetric, Roads } from './road/roads.ts';
import { RULES } from './rules.ts';

/** passenger, small: people. ramp: vehicles too. beach: landing craft only. helipad: a ground where a helicopter sets down. */
export type HubKind = 'passenger' | 'ramp' | 'small' | 'beach' | 'helipad';

/** A pier, ramp, beach or landing ground as `piers.geojson` lists it. What is not said has the default of `rules.ts`. */
export interface PierProperties {
  readonly id: string;
  readonly kind: HubKind;
  readonly name: Text;
  readonly island?: number;
  /** Deepest hull that may come alongside; null where it is not known. */
  readonly draught_m: number | null;
  /** Open water off it, where the waters of the place do not tell well enough; null to be found. */
  readonly sea?: LonLat | null;
  readonly boarding_s?: number;
  readonly unloading_s?: number;
  /** An aircraft with people may take on fuel here, on a ground for helicopters. */
  readonly fuel?: boolean;
  /** Least and greatest level of the tide at which it can be used. */
  readonly tide_min_m?: number | null;
  readonly tide_max_m?: number | null;
  readonly limits?: Partial<Limits>;
}
export type PierCollection = FeatureCollection<PointGeometry, PierProperties>;

/** Where one changes from one way of moving to another. */
export interface Hub {
  readonly id: string;
  readonly kind: HubKind;
  readonly name: Text;
  readonly at: LonLat;
  readonly sea: LonLat | null;
  readonly draught_m: number | null;
  readonly boarding_s: number;
  readonly unloading_s: number;
  readonly fuel: boolean;
  /** What it needs to be used; null where nothing. */
  readonly limits: Limits | null;
}

export type HubFaultCode = 'pier-off-road' | 'pier-off-water' | 'pier-twice' | 'pier-position-invalid';

/** A pier that cannot be what the file says. Words and advice stand in the catalogue of errors. */
export class HubFault extends Error {
  override readonly name = 'HubFault';
  readonly code: HubFaultCode;
  readonly values: { readonly file: string; readonly pier: string };
  constructor(code: HubFaultCode, pier: string) {
    super(`piers.geojson: ${pier}: ${code}`);
    this.code = code;
    this.values = { file: 'piers.geojson', pier };
  }
}

export const isLanding = (hub: Hub): boolean => hub.kind !== 'helipad';
/** May people go on board and ashore here from a boat that cannot beach? */
export const takesBoats = (hub: Hub): boolean => hub.kind !== 'helipad' && hub.kind !== 'beach';
export const takesVehicles = (hub: Hub): boolean => hub.kind === 'ramp';

/** @throws HubFault where two piers have one id, or one lies nowhere on earth */
export const readHubs = (piers: PierCollection): readonly Hub[] => {
  const seen = new Set<string>();
  return piers.features.map(({ properties: one, geometry }) => {
    if (seen.has(one.id)) throw new HubFault('pier-twice', one.id);
    seen.add(one.id);
    const [lon, lat] = geometry.coordinates;
    if (!(Math.abs(lon) <= 180 && Math.abs(lat) < 90)) throw new HubFault('pier-position-invalid', one.id);
    return {
      id: one.id,
      kind: one.kind,
      name: one.name,
      at: geometry.coordinates,
      sea: one.sea ?? null,
      draught_m: one.draught_m,
      boarding_s: one.boarding_s ?? 0,
      unloading_s: one.unloading_s ?? RULES.berthing_s,
      fuel: one.fuel ?? false,
      limits: limitsOf(one),
    };
  });
};

const limitsOf = (pier: PierProperties): Limits | null => {
  const tide_min_m = pier.tide_min_m ?? null;
  const tide_max_m = pier.tide_max_m ?? null;
  if (tide_min_m === null && tide_max_m === null && pier.limits === undefined) return null;
  return limits({ ...pier.limits, tide_min_m, tide_max_m });
};

/** Farthest a quay lies from water a boat can use. */
export const QUAY_M = 600;

/**
 * A pier on a mountain is a mistake in the data, found before anybody is sent there: it must have a road for people on foot
 * and a shore. Landing grounds need neither.
 * @throws HubFault naming the first that joins nothing
 */
export const checkHubs = (hubs: readonly Hub[], roads: Roads, foot: RoadMetric, land: Land): void => {
  for (const hub of hubs) {
    if (!isLanding(hub)) continue;
    if (roads.snap(hub.at, foot).length === 0) throw new HubFault('pier-off-road', hub.id);
    if (land.nearestShore(hub.at, QUAY_M) === null) throw new HubFault('pier-off-water', hub.id);
  }
};
