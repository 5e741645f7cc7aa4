import { getPosition } from 'suncalc';
import type { LonLat } from '#core/base/geo.ts';
import type { Instant } from '#core/base/instant.ts';

/** Apparent height of the sun’s middle when its upper edge is on the horizon (degrees); `getPosition` counts what the air bends. */
const HORIZON_DEG = -0.267;

/** True between sunrise and sunset. */
export const isDaylight = (at: LonLat, time: Instant): boolean =>
  getPosition(new Date(time), at[1], at[0]).altitude > HORIZON_DEG;
