import { text } from '#core/base/text.ts';
import type { Text } from '#core/base/text.ts';

/** What an incident is about, as the caller's words say it at once. */
export const CATEGORIES: Readonly<Record<string, Text>> = {
  drowning: text('落水', 'In the water'),
  vessel: text('船舶遇险', 'Vessel in distress'),
  missing: text('走失', 'Missing person'),
  stranded: text('山岩被困', 'Stranded on a cliff'),
  crowd: text('人员滞留', 'Crowd stranded'),
  fire: text('火警', 'Fire'),
  medical: text('伤病', 'Injury or illness'),
  traffic: text('交通事故', 'Traffic accident'),
  theft: text('盗窃', 'Theft'),
  fight: text('打架', 'Fight'),
  drunk: text('醉酒', 'Drunk person'),
  dispute: text('纠纷', 'Dispute'),
  damage: text('物品损坏', 'Damage'),
  noise: text('噪声', 'Noise'),
  alarm: text('报警装置', 'Alarm device'),
  help: text('求助', 'Call for help'),
  other: text('其他', 'Other'),
};

/** Skills a force should have for it; none named means any police force. */
export const SKILLS_FOR: Readonly<Record<string, readonly string[]>> = {
  drowning: ['water-rescue'],
  vessel: ['water-rescue'],
  missing: ['search'],
  stranded: ['cliff-rescue'],
  crowd: ['crowd'],
  fire: ['fire'],
  medical: ['first-aid'],
  traffic: ['traffic'],
  fight: ['patrol'],
  theft: ['patrol'],
  dispute: ['mediation'],
  damage: ['mediation'],
};
