import { text } from '#core/base/text.ts';
import type { Drill } from './drill.ts';

export const pierClosedBySwell: Drill = {
  id: 'pier-closed-by-swell',
  title: text('涌浪停航千人滞留', 'A pier closed by swell, a thousand visitors'),
  place: text('庙子湖码头', 'Miaozihu pier'),
  where: [122.68233, 30.18677],
  category: 'crowd',
  urgency: '2',
  people: 1000,
  narrative: text(
    '【演练】外海涌浪突然增大，庙子湖码头停航，约一千名游客滞留，食宿紧张，码头拥挤。',
    '[Drill] The swell has risen suddenly and Miaozihu pier is closed; about a thousand visitors are stranded, food and beds are short, the pier is crowded.',
  ),
  report: text(
    '码头秩序稳定，游客分批安置，复航后有序离岛。',
    'The pier is calm; visitors were lodged in groups and left in order once boats ran again.',
  ),
  work_s: [1200, 2400],
  waves: [
    { tier: 'station', count: 1 },
    {
      tier: 'district',
      count: 1,
      why: text(
        '人数众多，所级力量不足，请求区级增援。',
        'Too many people for the station; the district is asked for help.',
      ),
    },
    {
      tier: 'city',
      count: 1,
      why: text('预计停航至次日，请求市级增援。', 'No boats before tomorrow; the city is asked for help.'),
    },
  ],
  whistle: {
    departments: ['port-putuo', 'emergency-putuo', 'street-putuo'],
    ask: text(
      '请安排滞留游客食宿、加开复航班次、维持码头秩序。',
      'Please lodge and feed the visitors, add boats once they run, and help keep order at the pier.',
    ),
    thanks: text('各部门支援及时。', 'The departments helped in time.'),
  },
  ending: 'settled',
  result: text(
    '滞留游客全部妥善安置并离岛，无人受伤。',
    'All visitors were lodged and have left the island; nobody was hurt.',
  ),
  feedback: text('已向码头和游客代表通报。', 'The pier and the visitors’ speaker were told.'),
};
