import { text } from '#core/base/text.ts';
import type { Fact, Kind, Step } from '#core/matter/kind.ts';
import { ADDED, CALLER_NAME, CALLER_PHONE, DRILL, NARRATIVE, PHOTOS, PLACE, REASON, WHERE } from '../facts.ts';
import { COMMAND, RECEIPT, forFact, raiser, role } from '../grants.ts';
import { ADD } from '../steps.ts';

const HANDLER = forFact('agency', 'agency');
/** Working seconds of a day: 8:30–12:00 and 13:30–17:30. */
const DAY_S = 27_000;

const FACTS: Readonly<Record<string, Fact>> = {
  narrative: NARRATIVE,
  place: PLACE,
  where: WHERE,
  topic: {
    name: text('事项类别', 'Topic'),
    type: 'choice',
    merge: 'single',
    open: true,
    choices: {
      damage: text('物品损坏', 'Damage'),
      neighbours: text('邻里纠纷', 'Neighbours'),
      consumer: text('消费纠纷', 'Consumer dispute'),
      wages: text('劳资纠纷', 'Wages'),
      noise: text('噪声扰民', 'Noise'),
      parking: text('停车', 'Parking'),
      facilities: text('市政设施', 'Public facilities'),
      utilities: text('水电气', 'Water, power, gas'),
      environment: text('环境卫生', 'Environment'),
      animals: text('动物', 'Animals'),
      other: text('其他', 'Other'),
    },
  },
  caller_name: { ...CALLER_NAME, reads: [...COMMAND, HANDLER] },
  caller_phone: { ...CALLER_PHONE, reads: [...COMMAND, HANDLER] },
  photos: PHOTOS,
  drill: DRILL,
  agency: { name: text('承办单位', 'Agency in charge'), type: 'unit', merge: 'single', open: true, units: ['agency'] },
  joint: { name: text('协办单位', 'Joint agencies'), type: 'unit', merge: 'set', units: ['agency'] },
  tier: {
    name: text('办理层级', 'Level'),
    type: 'choice',
    merge: 'single',
    choices: { street: text('街道', 'Street'), district: text('区', 'District'), city: text('市', 'City') },
  },
  reason: REASON,
  progress: { name: text('办理情况', 'Progress'), type: 'paragraph', merge: 'log', open: true },
  result: { name: text('办理结果', 'Result'), type: 'paragraph', merge: 'log', open: true },
  ending: {
    name: text('结论', 'Outcome'),
    type: 'choice',
    merge: 'single',
    choices: {
      settled: text('已解决', 'Settled'),
      explained: text('已解释', 'Explained'),
      not_possible: text('暂不能解决', 'Not possible now'),
    },
  },
  call_back: { name: text('回访记录', 'Call-back note'), type: 'paragraph', merge: 'log' },
  satisfaction: {
    name: text('满意度', 'Satisfaction'),
    type: 'choice',
    merge: 'single',
    open: true,
    choices: {
      satisfied: text('满意', 'Satisfied'),
      fair: text('基本满意', 'Fairly satisfied'),
      dissatisfied: text('不满意', 'Dissatisfied'),
      not_reached: text('未联系上', 'Not reached'),
    },
  },
  added: ADDED,
};

const STEPS: Readonly<Record<string, Step>> = {
  route: {
    name: text('分流', 'Route'),
    from: ['received'],
    to: 'routed',
    level: { fact: 'tier' },
    who: COMMAND,
    takes: { agency: 'required', tier: 'required', topic: 'optional', reason: 'optional' },
    primary: true,
  },
  accept: { name: text('受理', 'Accept'), from: ['routed'], to: 'handling', who: [HANDLER], takes: {}, primary: true },
  send_back: {
    name: text('退回', 'Send back'),
    from: ['routed', 'handling'],
    to: 'received',
    who: [HANDLER],
    takes: { reason: 'required' },
  },
  recall: {
    name: text('收回', 'Recall'),
    from: ['routed', 'handling'],
    to: 'received',
    who: COMMAND,
    takes: { reason: 'required' },
  },
  involve: {
    name: text('请协办', 'Involve others'),
    from: ['routed', 'handling'],
    who: [HANDLER, ...COMMAND],
    takes: { joint: 'required', reason: 'optional' },
  },
  handle: {
    name: text('记办理', 'Record progress'),
    from: ['handling'],
    who: [HANDLER, forFact('agency', 'joint')],
    takes: { progress: 'required', photos: 'optional' },
  },
  escalate: {
    name: text('上报一级', 'Raise a level'),
    from: ['routed', 'handling'],
    to: 'received',
    level: 'up',
    who: [HANDLER, ...COMMAND],
    takes: { reason: 'required' },
    needs: [{ that: { not: { level: ['city'] } }, otherwise: text('已是市级', 'Already at city level') }],
  },
  feed_back: {
    name: text('反馈结果', 'Feed back'),
    from: ['handling'],
    to: 'fed_back',
    outcome: { fact: 'ending' },
    who: [HANDLER],
    takes: { ending: 'required', result: 'required', photos: 'optional' },
    primary: true,
  },
  follow_up: {
    name: text('回访', 'Call back'),
    from: ['fed_back'],
    to: [
      { when: { fact: 'satisfaction', in: ['satisfied', 'fair', 'not_reached'] }, to: 'closed' },
      { when: { fact: 'satisfaction', in: ['dissatisfied'] }, to: 'handling' },
    ],
    who: COMMAND,
    takes: { satisfaction: 'required', call_back: 'required' },
    primary: true,
  },
  drop: {
    name: text('撤销', 'Withdraw'),
    from: ['received', 'routed'],
    to: 'closed',
    outcome: 'withdrawn',
    who: COMMAND,
    takes: { reason: 'required' },
    danger: text(
      '撤销后承办单位不再办理，报事人会看到“已撤销”',
      'The agency stops working on it and the reporter reads “withdrawn”',
    ),
  },
  reopen: {
    name: text('重办', 'Reopen'),
    from: ['closed'],
    to: 'received',
    who: [role('commander')],
    takes: { reason: 'required' },
  },
  add: ADD,
  judge: {
    name: text('评价', 'Rate'),
    from: ['fed_back', 'closed'],
    // Whoever is not content after the close is called back: the command room then closes it or sends it back to be handled.
    to: [
      {
        when: { all: [{ state: ['closed'] }, { fact: 'satisfaction', in: ['dissatisfied'] }] },
        to: 'fed_back',
      },
    ],
    who: [RECEIPT],
    once: true,
    takes: { satisfaction: 'required' },
    needs: [
      {
        that: { has: 'result' },
        otherwise: text('事项已撤销，没有办理结果可以评价', 'It was withdrawn; there is no result to rate'),
      },
    ],
  },
};

/** M21: what is not for the police, routed over street, district and city until the reporter is content. */
export default {
  id: 'non-police-matter',
  version: 1,
  group: 'governance',
  missions: ['M21'],
  name: text('非警务事项', 'Non-police matter'),
  about: text(
    '分流、受理或退回、办理、反馈、回访、办结',
    'Routed, accepted or sent back, handled, fed back, called back, closed',
  ),
  levels: [
    { id: 'street', name: text('街道', 'Street') },
    { id: 'district', name: text('区', 'District') },
    { id: 'city', name: text('市', 'City') },
  ],
  facts: FACTS,
  initial: 'received',
  states: {
    received: {
      name: text('待分流', 'To route'),
      open: true,
      owner: COMMAND,
      clocks: ['route'],
      tells: text('已收到，正在转主管部门', 'Received; being passed to the department in charge'),
    },
    routed: {
      name: text('待受理', 'To accept'),
      open: true,
      owner: [HANDLER],
      clocks: ['accept'],
      tells: text('已转主管部门，等待受理', 'Passed to the department; waiting for it to accept'),
    },
    handling: {
      name: text('办理中', 'In hand'),
      open: true,
      owner: [HANDLER],
      clocks: ['handle'],
      tells: text('主管部门正在办理', 'The department is working on it'),
    },
    fed_back: {
      name: text('待回访', 'To call back'),
      open: true,
      owner: COMMAND,
      clocks: ['follow_up'],
      tells: text('已办理，将回访您是否满意', 'Handled; you will be asked whether you are content'),
    },
    closed: { name: text('已办结', 'Closed'), open: false, owner: [], clocks: [], tells: text('已办结', 'Closed') },
  },
  raise: {
    name: text('登记', 'Register'),
    who: [...COMMAND, role('responder'), role('clerk'), role('agency')],
    takes: {
      narrative: 'required',
      topic: 'optional',
      place: 'optional',
      where: 'optional',
      caller_name: 'optional',
      caller_phone: 'optional',
      photos: 'optional',
      drill: 'optional',
    },
  },
  steps: STEPS,
  outcomes: {
    settled: { name: text('已解决', 'Settled'), tells: text('您反映的事项已解决', 'What you raised has been settled') },
    explained: {
      name: text('已解释', 'Explained'),
      tells: text('主管部门已就此事作出说明', 'The department has explained the matter'),
    },
    not_possible: {
      name: text('暂不能解决', 'Not possible now'),
      tells: text('目前不能解决，原因见办理结果', 'It cannot be settled now; the result says why'),
    },
    withdrawn: { name: text('已撤销', 'Withdrawn'), tells: text('事项已撤销', 'The matter was withdrawn') },
  },
  clocks: {
    route: { name: text('分流时限', 'To route'), runs: 'wall', limit_s: 1800, fires: { tells: [role('commander')] } },
    accept: {
      name: text('受理时限', 'To accept'),
      runs: 'working',
      limit_s: 7200,
      fires: { tells: [HANDLER, ...COMMAND] },
    },
    handle: {
      name: text('办理时限', 'To handle'),
      runs: 'working',
      per_level: true,
      limit_s: { by: 'level', of: { street: 2 * DAY_S, district: 3 * DAY_S, city: 5 * DAY_S }, otherwise: 2 * DAY_S },
      fires: { tells: [HANDLER, ...COMMAND] },
    },
    follow_up: {
      name: text('回访时限', 'To call back'),
      runs: 'working',
      limit_s: 2 * DAY_S,
      fires: { tells: COMMAND },
    },
  },
  parts: {},
  measures: {
    route_s: { name: text('登记到分流', 'Registered to routed'), from: 'raised', to: 'step:route' },
    accept_s: { name: text('分流到受理', 'Routed to accepted'), from: 'step:route', to: 'step:accept' },
    handle_s: { name: text('登记到反馈', 'Registered to fed back'), from: 'raised', to: 'step:feed_back' },
    close_s: { name: text('登记到办结', 'Registered to closed'), from: 'raised', to: 'state:closed' },
  },
  sees: [
    ...COMMAND,
    role('auditor'),
    HANDLER,
    forFact('agency', 'joint'),
    raiser('clerk'),
    raiser('agency'),
    raiser('responder'),
    RECEIPT,
  ],
  speaks: [...COMMAND, HANDLER, forFact('agency', 'joint')],
  rating: 'judge',
  row: { title: ['topic', 'narrative'], place: 'place', position: 'where' },
} satisfies Kind as Kind;
