import { text } from '#core/base/text.ts';
import type { Drill } from './drill.ts';

export const missingAtSeaEdge: Drill = {
  id: 'missing-at-sea-edge',
  title: text('夜间海边人员走失', 'A man missing at the sea edge at night'),
  place: text('东港海堤中段', 'Middle of the Donggang seawall'),
  where: [122.3147, 29.981],
  category: 'missing',
  urgency: '1',
  people: 1,
  narrative: text(
    '【演练】老人晚饭后去东港海堤散步未归，手机无人接听，海堤上发现一只鞋，天黑、风浪较大。',
    '[Drill] An old man went for a walk on the Donggang seawall after supper and has not come back; no answer on his phone, one shoe found on the wall, dark, rough sea.',
  ),
  report: text(
    '沿海堤分段搜寻，人员已找到，体温偏低，意识清醒。',
    'The wall was searched in sections; he was found, chilled but awake.',
  ),
  work_s: [900, 1500],
  waves: [{ tier: 'district', count: 3, prefer: ['drone', 'car', 'patrol-boat'] }],
  ending: 'settled',
  result: text(
    '海堤下礁石边找到走失老人，送医检查后由家属接回。',
    'Found on the rocks below the wall, checked in hospital, taken home by his family.',
  ),
  feedback: text('已告知家属：人已找到，平安。', 'The family was told: he is found and safe.'),
};
