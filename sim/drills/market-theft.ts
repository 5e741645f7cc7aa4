import { text } from '#core/base/text.ts';
import type { Drill } from './drill.ts';

export const marketTheft: Drill = {
  id: 'market-theft',
  title: text('菜场扒窃', 'A theft at the market'),
  place: text('沈家门菜场', 'Shenjiamen market'),
  where: [122.2955, 29.945],
  category: 'theft',
  urgency: '3',
  people: 1,
  narrative: text(
    '【演练】在沈家门菜场买海鲜时钱包被偷，嫌疑人穿灰色外套，往码头方向走了。',
    '[Drill] A purse was stolen while buying fish at the Shenjiamen market; the suspect wears a grey jacket and went towards the pier.',
  ),
  report: text(
    '调取监控，在码头方向找到嫌疑人，钱包追回。',
    'Found on the cameras and stopped near the pier; the purse is back.',
  ),
  work_s: [600, 1200],
  waves: [{ tier: 'station', count: 1 }],
  ending: 'settled',
  result: text(
    '嫌疑人带回派出所审查，钱包发还失主。',
    'The suspect was taken to the station; the purse was given back.',
  ),
  feedback: text('已通知失主领回钱包。', 'The owner was told to fetch the purse.'),
};
