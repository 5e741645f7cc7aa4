import type { Text } from '#core/base/text.ts';
import { fill } from '#core/base/text.ts';
import type { Skill, Tier } from '#world/forces/force.ts';
import { SKILL_NAMES, TIER_NAMES } from '#world/forces/kinds.ts';
import type { Reason } from './spi.ts';

type Values = Readonly<Record<string, string | number | Text>>;

/** Every reason the ranking can give, by code. */
const REASONS = {
  arrival: ['for', '约{time}可到，路程{km}公里', 'about {time} away, {km} km'],
  skills: ['for', '具备所需技能：{skills}', 'has the skill needed: {skills}'],
  gear: ['for', '带有相应装备：{gear}', 'carries gear for it: {gear}'],
  'lacks-some': ['against', '缺少技能：{skills}', 'lacks the skill: {skills}'],
  engaged: ['against', '正在处置{matters}，调派将使其离开', 'is on {matters}; sending it takes it off'],
  turned: ['against', '本次{why}', '{why} for this matter'],
  busy: ['against', '已有任务在身', 'is on a task already'],
  'no-cover': ['against', '派出后本辖区同级无待命力量', 'leaves no free force of its tier in its district'],
  cover: ['note', '派出后本辖区同级还有{count}支待命', 'leaves {count} free of its tier in its district'],
  'other-district': ['note', '其他县区的力量', 'belongs to another district'],
  stale: ['note', '位置是{age}前的，到达时间不确定', 'its position is {age} old; the arrival time is uncertain'],
  'home-only': [
    'note',
    '没有位置报告，按驻地计算，到达时间不确定',
    'no position reported; counted from its home, so the arrival time is uncertain',
  ],
  already: ['note', '已在本事中', 'is in this matter already'],
  'off-duty': ['against', '下勤，需先上勤', 'is off duty; put it on duty first'],
  unavailable: ['against', '标为不可用', 'is marked unavailable'],
  tier: ['against', '属于{tier}力量，提级增援后方可调派', 'belongs to the {tier} tier; reinforce to call it'],
  'district-first': [
    'against',
    '属于其他县区派出所，升至县区级后方可调派',
    'belongs to a station of another district; raise the level to district to call it',
  ],
  skill: ['against', '不具备所需技能：{skills}', 'has none of the skills needed: {skills}'],
  'not-asked': [
    'against',
    '按专长调派，此类事项未要求其技能',
    'is called for its skill, and none of its skills is asked for here',
  ],
  'skilled-sooner': [
    'against',
    '不具备所需技能：{skills}；具备者更早到',
    'lacks the skill: {skills}; one that has it is there sooner',
  ],
  'no-way': ['against', '到不了：{why}', 'cannot get there: {why}'],
} as const satisfies Record<string, readonly [Reason['weight'], string, string]>;
export type ReasonCode = keyof typeof REASONS;

export const reason = (code: ReasonCode, values: Values = {}): Reason => {
  const [weight, zh, en] = REASONS[code];
  return { code, weight, words: fill({ zh, en }, values) };
};

export const skillWords = (skills: readonly Skill[]): Text => ({
  zh: skills.map((skill) => SKILL_NAMES[skill].zh).join('、'),
  en: skills.map((skill) => SKILL_NAMES[skill].en).join(', '),
});

export const tierWords = (tier: Tier): Text => TIER_NAMES[tier];

export const listWords = (items: readonly Text[]): Text => ({
  zh: items.map((item) => item.zh).join('、'),
  en: items.map((item) => item.en).join(', '),
});

/** A duration as people say it; minutes rounded up, so that nobody is promised too early. */
export const timeWords = (duration_s: number): Text => {
  const minutes = Math.ceil(duration_s / 60);
  if (minutes < 60) return { zh: `${minutes}分钟`, en: `${minutes} min` };
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  return rest === 0
    ? { zh: `${hours}小时`, en: `${hours} h` }
    : { zh: `${hours}小时${rest}分钟`, en: `${hours} h ${rest} min` };
};
