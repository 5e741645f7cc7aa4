import type { Text } from '#core/base/text.ts';
import type { Skill } from './force.ts';

export interface GearDecl {
  readonly name: Text;
  /** Skills it makes more useful on the scene. */
  readonly serves: readonly Skill[];
}

const gear = (zh: string, en: string, ...serves: Skill[]): GearDecl => ({ name: { zh, en }, serves });

/** Gear the platform knows by code. Codes it does not know are kept and shown as they are. */
export const GEAR: Readonly<Record<string, GearDecl>> = {
  aed: gear('自动体外除颤器', 'defibrillator', 'first-aid', 'medical'),
  'first-aid-kit': gear('急救包', 'first-aid kit', 'first-aid', 'medical'),
  stretcher: gear('担架', 'stretcher', 'medical', 'cliff-rescue'),
  lifebuoy: gear('救生圈', 'lifebuoy', 'water-rescue'),
  'throw-bag': gear('抛绳包', 'throw bag', 'water-rescue'),
  'rescue-board': gear('救援板', 'rescue board', 'water-rescue'),
  ropes: gear('绳索器材', 'rope gear', 'cliff-rescue'),
  searchlight: gear('探照灯', 'searchlight', 'search', 'water-rescue'),
  'thermal-camera': gear('热成像仪', 'thermal camera', 'search'),
  loudhailer: gear('扩音器', 'loudhailer', 'crowd', 'traffic'),
  cones: gear('锥桶警示', 'cones and signs', 'traffic'),
  barriers: gear('隔离护栏', 'barriers', 'crowd', 'traffic'),
  shield: gear('盾牌', 'shields', 'armed', 'crowd'),
  extinguisher: gear('灭火器', 'extinguisher', 'fire'),
  pump: gear('水泵', 'pump', 'fire'),
  camera: gear('执法记录仪', 'body camera', 'patrol', 'mediation'),
  winch: gear('绞车吊篮', 'winch and basket', 'air', 'cliff-rescue', 'water-rescue'),
};
