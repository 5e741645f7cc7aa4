import { text } from '#core/base/text.ts';
import type { Drill } from './drill.ts';

export const hikersOnCliff: Drill = {
  id: 'hikers-on-cliff',
  title: text('外岛驴友崖壁被困', 'Hikers on a cliff of an outer island'),
  place: text('青浜岛东侧崖壁', 'Cliff on the east side of Qingbang Island'),
  where: [122.708, 30.2066],
  category: 'stranded',
  urgency: '1',
  people: 3,
  narrative: text(
    '【演练】三人沿海崖徒步，下到半壁后上不来，一人脚踝扭伤，涨潮，岛上不通车，只能乘船或直升机到达。',
    '[Drill] Three hikers climbed half-way down a sea cliff and cannot get up again; one has a sprained ankle, the tide is rising. The island is reached only by boat or helicopter.',
  ),
  report: text(
    '三名被困人员已吊升至安全地带，一人脚踝扭伤已包扎。',
    'All three were winched to safety; one ankle bandaged.',
  ),
  work_s: [1200, 2100],
  waves: [
    { tier: 'district', count: 1 },
    {
      tier: 'city',
      count: 1,
      prefer: ['helicopter'],
      why: text(
        '涨潮在即，船艇难以靠近崖壁，请求市级直升机支援。',
        'The tide is rising and boats cannot get near the cliff; a helicopter of the city is asked for.',
      ),
    },
  ],
  ending: 'settled',
  result: text('三名驴友全部救出，伤者送医。', 'All three hikers were rescued; the injured one is in hospital.'),
  feedback: text('已告知报警人：三人均已脱险。', 'The caller was told: all three are safe.'),
};
