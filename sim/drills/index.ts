import type { Drill } from './drill.ts';
import { drunkAtRestaurant } from './drunk-at-restaurant.ts';
import { hikersOnCliff } from './hikers-on-cliff.ts';
import { marketTheft } from './market-theft.ts';
import { missingAtSeaEdge } from './missing-at-sea-edge.ts';
import { pierClosedBySwell } from './pier-closed-by-swell.ts';
import { wallAndCart } from './wall-and-cart.ts';

/** All drills, in the order the demonstration plays them. */
export const DRILLS: readonly Drill[] = [
  missingAtSeaEdge,
  marketTheft,
  hikersOnCliff,
  drunkAtRestaurant,
  wallAndCart,
  pierClosedBySwell,
];

export const drillNamed = (id: string): Drill | null => DRILLS.find((one) => one.id === id) ?? null;
