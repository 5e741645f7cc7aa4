import { text } from '#core/base/text.ts';
import type { Drill } from './drill.ts';

export const wallAndCart: Drill = {
  id: 'wall-and-cart',
  title: text('三轮车撞坏围墙', 'A wall damaged by a cart'),
  place: text('临城街道一小区东门', 'East gate of a housing block in Lincheng'),
  where: [122.19, 29.99],
  category: 'damage',
  urgency: '4',
  people: 2,
  narrative: text(
    '【演练】送货三轮车倒车撞坏小区围墙，没有人受伤，物业与车主对修理费用谈不拢。',
    '[Drill] A delivery cart backed into the wall of a housing block; nobody is hurt, the caretaker and the driver cannot agree on the repair.',
  ),
  report: text(
    '无人受伤，双方仅就修理费用有分歧，不属警务。',
    'Nobody hurt; they only differ on the cost of the repair, which is not for the police.',
  ),
  work_s: [300, 600],
  waves: [{ tier: 'station', count: 1 }],
  divert: {
    why: text(
      '属物业与车主的民事赔偿，转街道办理。',
      'A civil matter between the caretaker and the driver; passed to the subdistrict.',
    ),
    topic: 'damage',
    agency: 'street-dinghai',
    tier: 'street',
    call_back: text('围墙已修好，双方均满意。', 'The wall is repaired; both sides are content.'),
  },
  ending: 'handed_over',
  result: text('转街道办理。', 'Passed to the subdistrict.'),
  feedback: text('已告知报警人由街道办理。', 'The caller was told that the subdistrict goes on with it.'),
};
