import { text } from '#core/base/text.ts';
import type { Drill } from './drill.ts';

export const drunkAtRestaurant: Drill = {
  id: 'drunk-at-restaurant',
  title: text('饭店醉酒滋事', 'A drunk at a restaurant'),
  place: text('定海昌国街道一饭店', 'A restaurant in Changguo, Dinghai'),
  where: [122.106, 30.02],
  category: 'drunk',
  urgency: '3',
  people: 1,
  narrative: text(
    '【演练】一名男子酒后在饭店大声吵闹、摔杯子，不肯离开，其他客人害怕。',
    '[Drill] A man who has drunk too much shouts and breaks glasses in a restaurant and will not leave; the other guests are afraid.',
  ),
  report: text(
    '醉酒人已约束至酒醒，由家属接回，双方就赔偿达成一致。',
    'Kept safe until sober and taken home by his family; both sides agreed on the damage.',
  ),
  work_s: [600, 1200],
  waves: [{ tier: 'station', count: 1 }],
  ending: 'settled',
  result: text('家属接回醉酒人并当场赔偿。', 'His family took him home and paid for the damage.'),
  feedback: text('已告知店主处理结果。', 'The owner was told the result.'),
};
