import { distance_m } from '#core/base/geo.ts';
import type { Skies } from './place.ts';

/** Skies without areas nobody may fly through: the great circle, drawn as its two ends. */
export const OPEN_SKIES: Skies = { way: (from, to) => ({ distance_m: distance_m(from, to), line: [from, to] }) };
