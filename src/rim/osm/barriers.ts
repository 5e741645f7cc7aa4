import { MODE_BIT, ROAD_MODES } from '#engines/travel/road/data.ts';
import type { RoadMode } from '#engines/travel/road/data.ts';
import { readRight, rightOf } from './access.ts';
import type { Tags } from './block.ts';
import { readLength_m } from './limits.ts';

/** How a barrier stands in the way where no tag says otherwise. */
interface BarrierRule {
  /** Who passes. */
  readonly passes: readonly RoadMode[];
  /** It opens: emergency crews pass whatever is written on it. */
  readonly opens: boolean;
}

const all: BarrierRule = { passes: ROAD_MODES, opens: true };
const onFoot: BarrierRule = { passes: ['foot'], opens: false };
const locked: BarrierRule = { passes: ['foot', 'emergency'], opens: true };
const wall: BarrierRule = { passes: [], opens: false };
const tall: BarrierRule = { passes: ['foot', 'motorcycle', 'truck', 'emergency'], opens: false };

const BARRIERS: Readonly<Record<string, BarrierRule>> = {
  gate: all,
  lift_gate: all,
  swing_gate: all,
  sliding_gate: all,
  hampshire_gate: all,
  bump_gate: all,
  boom: all,
  sally_port: all,
  entrance: all,
  toll_booth: all,
  border_control: all,
  checkpoint: all,
  cattle_grid: all,
  coupure: all,
  rope: all,
  kerb: all,
  lights: all,
  no: all,
  open: all,
  height_restrictor: all,
  width_restrictor: all,
  chain: locked,
  sump_buster: tall,
  bus_trap: tall,
  bollard: onFoot,
  block: onFoot,
  jersey_barrier: onFoot,
  planter: onFoot,
  boulder: onFoot,
  log: onFoot,
  tree: onFoot,
  debris: onFoot,
  bar: onFoot,
  spikes: onFoot,
  tank_trap: onFoot,
  tyres: onFoot,
  cycle_barrier: onFoot,
  motorcycle_barrier: onFoot,
  wicket_gate: onFoot,
  kissing_gate: onFoot,
  kent_carriage_gap: onFoot,
  turnstile: onFoot,
  'full-height_turnstile': onFoot,
  stile: onFoot,
  v_stile: onFoot,
  horse_stile: onFoot,
  step: onFoot,
  yes: onFoot,
  fence: wall,
  wall: wall,
  hedge: wall,
  ditch: wall,
  retaining_wall: wall,
  city_wall: wall,
  guard_rail: wall,
  cable_barrier: wall,
};

/** A height under which no fire engine, and under which no lorry passes. */
const EMERGENCY_HEIGHT_M = 3.2;
const TRUCK_HEIGHT_M = 4;

export interface Barrier {
  /** Bits of modes that may not pass. */
  readonly barred: number;
  /** The word, where it is none we know: it counts as one for people on foot only. */
  readonly unknown: string | null;
}

/** Modes that may not pass a node by its barrier; null where there is none. Of several kinds at one node (`kissing_gate;gate`) the widest counts. */
export const barrierOf = (tags: Tags): Barrier | null => {
  const value = tags.get('barrier');
  if (value === undefined) return null;
  const words = value.split(/[;,]/).map((word) => word.trim());
  const known = words.filter((word) => Object.hasOwn(BARRIERS, word));
  const rules = known.map((word) => BARRIERS[word] ?? onFoot);
  const widest = rules.reduce(
    (best, rule) => (rule.passes.length > best.passes.length ? rule : best),
    rules[0] ?? onFoot,
  );
  const rule = standing(tags, widest, words);
  let barred = 0;
  for (const mode of ROAD_MODES) if (!passesBarrier(tags, mode, rule)) barred |= MODE_BIT[mode];
  return { barred: barred | byHeight(tags, words), unknown: known.length === 0 ? value : null };
};

/** A bollard that can be taken out or sunk opens for crews; a locked gate only for them. */
const standing = (tags: Tags, rule: BarrierRule, words: readonly string[]): BarrierRule => {
  const bollard = tags.get('bollard') ?? '';
  if (words.includes('bollard') && /^(?:removable|rising|foldable|flexible|retractable)$/.test(bollard)) return locked;
  return tags.get('locked') === 'yes' && rule === all ? { passes: ['emergency'], opens: true } : rule;
};

const passesBarrier = (tags: Tags, mode: RoadMode, rule: BarrierRule): boolean => {
  if (mode === 'emergency') {
    const told = readRight(tags.get('emergency'));
    if (told !== null) return told !== 'no';
    if (rule.opens) return true;
    const car = rightOf(tags, 'car');
    return rule.passes.includes('emergency') || car === 'yes' || car === 'destination';
  }
  const right = rightOf(tags, mode);
  if (right !== null) return right === 'yes' || right === 'destination';
  return rule.passes.includes(mode);
};

const byHeight = (tags: Tags, words: readonly string[]): number => {
  const height = readLength_m(tags.get('maxheight') ?? '');
  if (height === null) return words.includes('height_restrictor') ? MODE_BIT.truck : 0;
  return (height < TRUCK_HEIGHT_M ? MODE_BIT.truck : 0) | (height < EMERGENCY_HEIGHT_M ? MODE_BIT.emergency : 0);
};
