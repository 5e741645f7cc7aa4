import type { Text } from '#core/base/text.ts';

/**
 * What travel assumes, in one place. Planning values, not measurements; a deployment that knows better changes them here.
 */
export const RULES = {
  /** Walking on roads and paths. */
  walk_kmh: 4.5,
  /** Walking straight over open ground, to or from the nearest way. */
  cross_country_kmh: 3.5,
  /** A vehicle from a yard to the road it stands by. */
  yard_kmh: 8,
  /** Farthest such yard; a vehicle farther from every road stays, and its people walk. */
  yard_m: 400,
  /** Getting out and locking up, where one walks on from the vehicle. */
  park_s: 20,
  /** A place no farther from the road than this is driven up to. */
  door_m: 25,
  /** A launch on call, or the next ferry, between two piers: waiting and boarding. */
  launch_wait_s: 900,
  /** The same for a vehicle ferry between two ramps. */
  ferry_wait_s: 1500,
  /** A launch that must first come to a shore without a pier, or to a vessel at sea. */
  pick_up_s: 1800,
  /** Putting people ashore where there is no pier. */
  shore_landing_s: 300,
  /** Nobody is put ashore elsewhere where a pier is as near as this on foot. */
  pier_near_s: 1800,
  /** Getting on board somebody else’s boat. */
  board_s: 60,
  /** Coming alongside at a pier. */
  berthing_s: 60,
  /** A position at sea no farther than this from a shore counts as standing on it: maps and receivers are not better. */
  shore_slack_m: 40,
  /** Farthest straight walk without any way. */
  straight_walk_m: 3000,
} as const;

export const WORDS = {
  turnout: { zh: '出动准备', en: 'turning out' },
  setUp: { zh: '备航', en: 'making ready' },
  launch: { zh: '交通艇（示意：待命或下一班）', en: 'launch or next ferry (assumed)' },
  ferry: { zh: '车渡（示意：下一班）', en: 'vehicle ferry (next one, assumed)' },
  boarding: { zh: '候船登船', en: 'waiting and boarding' },
  seat: { zh: '搭乘{boat}', en: 'by {boat}' },
  meeting: { zh: '候{boat}接载', en: 'waiting for {boat}' },
  pickUp: { zh: '等候船只接载', en: 'waiting to be picked up by a launch' },
  shore: { zh: '就近登岸', en: 'put ashore at the nearest shore' },
  ashore: { zh: '离船上岸', en: 'going ashore' },
  park: { zh: '停车下车', en: 'parking' },
  berth: { zh: '靠泊', en: 'coming alongside' },
  winch: { zh: '空中索降', en: 'lowered by winch' },
  setDown: { zh: '着陆', en: 'setting down' },
} as const satisfies Record<string, Text>;

/** Seconds for a distance at a speed. */
export const seconds = (distance_m: number, speed_kmh: number): number => (distance_m * 3.6) / speed_kmh;
