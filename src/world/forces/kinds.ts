import type { Text } from '#core/base/text.ts';
import type { ForceKind, ForceKindDecl, ForceState, Skill, Tier } from './force.ts';

const decl = (
  zh: string,
  en: string,
  profile: string,
  turnout_s: number,
  sent_for: ForceKindDecl['sent_for'],
): ForceKindDecl => ({ name: { zh, en }, profile, turnout_s, sent_for });

/** What the sorts of forces have in common. Turnouts are planning values, to be replaced by a deployment's own. */
export const FORCE_KINDS: Readonly<Record<ForceKind, ForceKindDecl>> = {
  officer: decl('民警', 'Officer', 'foot', 60, 'nearness'),
  'ptu-light': decl('轻型PTU', 'Light PTU', 'ptu-light', 30, 'nearness'),
  'ptu-heavy': decl('重型PTU', 'Heavy PTU', 'ptu-heavy', 60, 'nearness'),
  car: decl('处警车', 'Response car', 'car', 60, 'nearness'),
  motorcycle: decl('警用摩托', 'Motorcycle', 'motorcycle', 40, 'nearness'),
  'patrol-boat': decl('巡逻艇', 'Patrol boat', 'patrol-boat', 60, 'nearness'),
  'landing-craft': decl('登陆艇', 'Landing craft', 'landing-craft', 300, 'skill'),
  helicopter: decl('直升机', 'Helicopter', 'helicopter', 120, 'skill'),
  drone: decl('无人机', 'Drone', 'drone', 30, 'skill'),
  volunteers: decl('志愿队', 'Volunteer team', 'volunteers', 600, 'skill'),
  agency: decl('联动单位', 'Agency', 'agency', 600, 'skill'),
};

export const SKILL_NAMES: Readonly<Record<Skill, Text>> = {
  patrol: { zh: '巡逻', en: 'patrol' },
  armed: { zh: '武装', en: 'armed' },
  'first-aid': { zh: '急救', en: 'first aid' },
  'water-rescue': { zh: '水上救援', en: 'water rescue' },
  'cliff-rescue': { zh: '山崖救援', en: 'cliff rescue' },
  search: { zh: '搜寻', en: 'search' },
  crowd: { zh: '人群疏导', en: 'crowd control' },
  traffic: { zh: '交通疏导', en: 'traffic' },
  mediation: { zh: '调解', en: 'mediation' },
  investigation: { zh: '侦查', en: 'investigation' },
  fire: { zh: '消防', en: 'fire' },
  medical: { zh: '医疗', en: 'medical' },
  boat: { zh: '操艇', en: 'boat handling' },
  air: { zh: '航空', en: 'air' },
};

export const TIER_NAMES: Readonly<Record<Tier, Text>> = {
  station: { zh: '派出所', en: 'station' },
  district: { zh: '县区', en: 'district' },
  city: { zh: '市局', en: 'city' },
};

/** Lowest first. */
export const TIERS: readonly Tier[] = ['station', 'district', 'city'];

export const FORCE_STATE_NAMES: Readonly<Record<ForceState, Text>> = {
  available: { zh: '待命', en: 'available' },
  assigned: { zh: '已派', en: 'assigned' },
  on_the_way: { zh: '途中', en: 'on the way' },
  on_scene: { zh: '到场', en: 'on scene' },
  unavailable: { zh: '不可用', en: 'unavailable' },
  off_duty: { zh: '下勤', en: 'off duty' },
};
