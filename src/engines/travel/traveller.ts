import type { LonLat } from '#core/base/geo.ts';
import type { Traveller } from './spi.ts';

/** Somebody who moves so, from there, at once: a plain question, with no force behind it. */
export const travellerAt = (profile: string, at: LonLat, id = ''): Traveller => ({
  id,
  profile,
  at,
  turnout_s: 0,
  home: null,
  range_m: null,
});
