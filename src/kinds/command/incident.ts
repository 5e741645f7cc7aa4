import { text } from '#core/base/text.ts';
import type { Fact, Kind, Step } from '#core/matter/kind.ts';
import { ADDED, CALLER_NAME, CALLER_PHONE, DRILL, NARRATIVE, PHOTOS, PLACE, REASON, WHERE } from '../facts.ts';
import { COMMAND, RECEIPT, inPart, keptInPart, raiser, role } from '../grants.ts';
import { ADD } from '../steps.ts';
import { CATEGORIES, SKILLS_FOR } from './categories.ts';
import { ANSWER_CLOCK, ENGAGEMENT, ENGAGEMENT_STEPS, NOBODY_LEFT, SHOWS, UNDER_WAY } from './engagement.ts';

/** Who calls the caller back, or looks for them at the door. */
const READS_CALLER = [...COMMAND, inPart('responder', 'engagement')];

const FACTS: Readonly<Record<string, Fact>> = {
  narrative: NARRATIVE,
  place: PLACE,
  where: WHERE,
  category: {
    name: text('类别', 'Category'),
    type: 'choice',
    merge: 'single',
    open: true,
    choices: CATEGORIES,
  },
  urgency: {
    name: text('等级', 'Urgency'),
    type: 'choice',
    merge: 'single',
    choices: {
      '1': text('一级 危及生命', '1 Life at risk'),
      '2': text('二级 紧急', '2 Urgent'),
      '3': text('三级 一般', '3 Normal'),
      '4': text('四级 可缓', '4 Can wait'),
    },
  },
  source: {
    name: text('来源', 'Source'),
    type: 'choice',
    merge: 'single',
    choices: {
      call: text('110 来电', '110 call'),
      walk_in: text('上门', 'Walk-in'),
      web: text('网上报事', 'Citizen report'),
      message: text('消息', 'Message'),
      sensor: text('感知设备', 'Sensor'),
      patrol: text('巡防发现', 'Patrol'),
      import: text('导入', 'Import'),
    },
  },
  caller_name: { ...CALLER_NAME, reads: READS_CALLER },
  caller_phone: { ...CALLER_PHONE, reads: READS_CALLER },
  people: { name: text('涉及人数', 'People concerned'), type: 'integer', merge: 'single', min: 0, max: 100_000 },
  photos: PHOTOS,
  drill: DRILL,
  reference: { name: text('外部编号', 'Outside number'), type: 'line', merge: 'single' },
  destination: { name: text('送往', 'Taken to'), type: 'line', merge: 'log' },
  report: { name: text('现场反馈', 'Report from the scene'), type: 'paragraph', merge: 'log' },
  reason: REASON,
  duplicate_of: { name: text('重复于', 'Duplicate of'), type: 'matter', merge: 'single' },
  result: { name: text('处置结果', 'Result'), type: 'paragraph', merge: 'single' },
  ending: {
    name: text('结论', 'Outcome'),
    type: 'choice',
    merge: 'single',
    choices: {
      settled: text('已处置', 'Settled'),
      unfounded: text('不属实', 'Unfounded'),
      no_action: text('无需处置', 'No action needed'),
      handed_over: text('已移交', 'Handed over'),
    },
  },
  feedback: { name: text('告知报事人', 'Told the reporter'), type: 'paragraph', merge: 'log', open: true },
  added: ADDED,
  stars: { name: text('评分', 'Rating'), type: 'integer', merge: 'single', min: 1, max: 5, open: true },
  rating: { name: text('评价', 'Comment'), type: 'paragraph', merge: 'single', open: true },
  departments: { name: text('吹哨部门', 'Departments called'), type: 'unit', merge: 'set', units: ['agency'] },
  ask: { name: text('请求支援事项', 'What is asked'), type: 'paragraph', merge: 'log' },
};

const STEPS: Readonly<Record<string, Step>> = {
  ...ENGAGEMENT_STEPS,
  classify: {
    name: text('定性', 'Classify'),
    from: 'open',
    who: COMMAND,
    takes: { category: 'required', narrative: 'optional' },
  },
  grade: {
    name: text('定级', 'Grade'),
    from: 'open',
    who: COMMAND,
    takes: { urgency: 'required', reason: 'optional' },
  },
  locate: {
    name: text('改位置', 'Correct the place'),
    from: 'open',
    who: COMMAND,
    takes: { where: 'optional', place: 'optional' },
  },
  reinforce: {
    name: text('增援', 'Reinforce'),
    from: UNDER_WAY,
    level: 'up',
    who: [...COMMAND, inPart('responder', 'engagement')],
    takes: { reason: 'required' },
    needs: [
      {
        that: { not: { level: ['city'] } },
        otherwise: text('已是市级，没有更高一级可增援', 'Already at city level; there is no higher tier'),
      },
    ],
  },
  whistle: {
    name: text('吹哨', 'Whistle for support'),
    from: UNDER_WAY,
    who: [...COMMAND, inPart('responder', 'engagement')],
    takes: { departments: 'required', ask: 'required' },
    opens: {
      kind: 'support-request',
      relation: 'supports',
      carries: { ask: 'ask', departments: 'departments', place: 'place', where: 'where', drill: 'drill' },
    },
  },
  merge: {
    name: text('并为重复', 'Merge as duplicate'),
    from: ['received', 'under_way'],
    to: 'closed',
    outcome: 'duplicate',
    who: COMMAND,
    takes: { duplicate_of: 'required' },
    links: { fact: 'duplicate_of', relation: 'duplicate' },
    needs: [
      { that: NOBODY_LEFT, otherwise: text('还有力量投入，请先撤回', 'Forces are still engaged; withdraw them first') },
    ],
  },
  divert: {
    name: text('转非警务', 'Divert as non-police'),
    from: UNDER_WAY,
    to: 'closed',
    outcome: 'diverted',
    who: COMMAND,
    takes: { reason: 'required' },
    opens: {
      kind: 'non-police-matter',
      relation: 'follows',
      carries: {
        narrative: 'narrative',
        place: 'place',
        where: 'where',
        caller_name: 'caller_name',
        caller_phone: 'caller_phone',
        photos: 'photos',
        drill: 'drill',
      },
    },
    needs: [
      { that: NOBODY_LEFT, otherwise: text('还有力量投入，请先撤离', 'Forces are still engaged; release them first') },
    ],
  },
  resolve: {
    name: text('处置完毕', 'Resolve'),
    from: UNDER_WAY,
    to: 'resolved',
    outcome: { fact: 'ending' },
    who: COMMAND,
    takes: { ending: 'required', result: 'required' },
    primary: true,
    needs: [
      {
        that: NOBODY_LEFT,
        otherwise: text('还有力量投入，请先完成或撤回', 'Forces are still engaged; clear or withdraw them first'),
      },
    ],
  },
  feed_back: {
    name: text('反馈报事人', 'Tell the reporter'),
    from: ['resolved'],
    to: 'fed_back',
    who: COMMAND,
    takes: { feedback: 'required' },
    primary: true,
  },
  close: { name: text('结案', 'Close'), from: ['fed_back'], to: 'closed', who: COMMAND, takes: {}, primary: true },
  reopen: {
    name: text('重新处置', 'Reopen'),
    from: ['resolved', 'fed_back', 'closed'],
    to: 'received',
    who: [role('commander')],
    takes: { reason: 'required' },
  },
  add: ADD,
  rate: {
    name: text('评价', 'Rate'),
    from: ['resolved', 'fed_back', 'closed'],
    who: [RECEIPT],
    once: true,
    takes: { stars: 'required', rating: 'optional' },
  },
};

/** M1, M4: a call, walk-in, citizen report or alarm, from the first word to the reporter's rating. */
export default {
  id: 'incident',
  version: 1,
  group: 'command',
  missions: ['M1', 'M4'],
  name: text('警情', 'Incident'),
  about: text(
    '接报、定性、定级、派单、增援、处置、反馈、结案',
    'Taken in, classified, graded, dispatched, reinforced, resolved, fed back, closed',
  ),
  levels: [
    { id: 'station', name: text('所级', 'Station') },
    { id: 'district', name: text('区级', 'District') },
    { id: 'city', name: text('市级', 'City') },
  ],
  facts: FACTS,
  initial: 'received',
  states: {
    received: {
      name: text('待派', 'To dispatch'),
      open: true,
      owner: COMMAND,
      clocks: ['dispatch'],
      tells: text('已收到，正在安排人员', 'Received; someone is being sent'),
    },
    under_way: {
      name: text('已派', 'Dispatched'),
      open: true,
      owner: COMMAND,
      clocks: ['arrive'],
      tells: text('已派人处置', 'Someone has been sent'),
    },
    on_scene: {
      name: text('到场', 'On scene'),
      open: true,
      owner: [inPart('responder', 'engagement'), ...COMMAND],
      clocks: ['handle'],
      tells: text('人员已到现场', 'They are on scene'),
    },
    left: {
      name: text('待办结', 'To settle'),
      open: true,
      owner: COMMAND,
      clocks: ['settle'],
      tells: text('现场人员已离开，正在核实处置结果', 'They have left the scene; how it ended is being checked'),
    },
    resolved: {
      name: text('待反馈', 'To feed back'),
      open: true,
      owner: COMMAND,
      clocks: ['feedback'],
      tells: text('现场处置完毕，稍后向您反馈', 'Handled; you will hear the result'),
    },
    fed_back: {
      name: text('待结案', 'To close'),
      open: true,
      owner: COMMAND,
      clocks: ['close'],
      tells: text('已向您反馈结果', 'You have been told the result'),
    },
    closed: { name: text('已结案', 'Closed'), open: false, owner: [], clocks: [], tells: text('已办结', 'Closed') },
  },
  raise: {
    name: text('接报', 'Take in'),
    who: [...COMMAND, role('responder'), role('volunteer'), role('clerk'), role('reporter'), role('device')],
    takes: {
      narrative: 'required',
      category: 'optional',
      urgency: 'optional',
      where: 'optional',
      place: 'optional',
      source: 'optional',
      caller_name: 'optional',
      caller_phone: 'optional',
      people: 'optional',
      photos: 'optional',
      drill: 'optional',
      reference: 'optional',
    },
    level: [{ when: { fact: 'urgency', in: ['1'] }, level: 'district' }],
  },
  steps: STEPS,
  outcomes: {
    settled: {
      name: text('已处置', 'Settled'),
      tells: text('您反映的情况已处置', 'What you reported has been dealt with'),
    },
    unfounded: {
      name: text('不属实', 'Unfounded'),
      tells: text('经现场核实，未发现所报情况', 'Checked on the spot; what was reported was not found'),
    },
    no_action: {
      name: text('无需处置', 'No action needed'),
      tells: text('情况已缓解，无需处置', 'It had settled by itself; no action was needed'),
    },
    handed_over: {
      name: text('已移交', 'Handed over'),
      tells: text('已移交有关部门继续办理', 'Handed to the department concerned, which goes on with it'),
    },
    duplicate: {
      name: text('重复警情', 'Duplicate'),
      tells: text('已有人报告同一情况，正在一并处置', 'Someone had reported the same; both are handled together'),
    },
    diverted: {
      name: text('转非警务', 'Diverted'),
      tells: text('已转主管部门办理，会有人与您联系', 'Passed to the department in charge, which will contact you'),
    },
  },
  clocks: {
    dispatch: {
      name: text('派单时限', 'To dispatch'),
      runs: 'wall',
      limit_s: { by: { fact: 'urgency' }, of: { '1': 60, '2': 300, '3': 900, '4': 3600 }, otherwise: 300 },
      fires: { tells: COMMAND },
    },
    answer: ANSWER_CLOCK,
    arrive: {
      name: text('到场时限', 'To arrive'),
      runs: 'wall',
      limit_s: { by: { fact: 'urgency' }, of: { '1': 600, '2': 1200, '3': 2400, '4': 7200 }, otherwise: 1800 },
      fires: { tells: COMMAND },
    },
    handle: { name: text('处置时限', 'To handle'), runs: 'wall', limit_s: 14_400, fires: { tells: COMMAND } },
    settle: { name: text('办结时限', 'To settle'), runs: 'wall', limit_s: 1800, fires: { tells: COMMAND } },
    feedback: { name: text('反馈时限', 'To feed back'), runs: 'wall', limit_s: 86_400, fires: { tells: COMMAND } },
    close: {
      name: text('结案时限', 'To close'),
      runs: 'working',
      limit_s: 54_000,
      fires: { tells: [role('commander')] },
    },
  },
  parts: { engagement: ENGAGEMENT },
  measures: {
    dispatch_s: { name: text('接报到派单', 'Call to dispatch'), from: 'raised', to: 'step:offer' },
    arrive_s: { name: text('接报到到场', 'Call to arrival'), from: 'raised', to: 'step:arrive' },
    resolve_s: { name: text('接报到处置完毕', 'Call to resolution'), from: 'raised', to: 'step:resolve' },
    close_s: { name: text('接报到结案', 'Call to close'), from: 'raised', to: 'state:closed' },
  },
  sees: [
    ...COMMAND,
    role('auditor'),
    keptInPart('responder', 'engagement'),
    keptInPart('volunteer', 'engagement'),
    keptInPart('agency', 'engagement'),
    raiser('responder'),
    raiser('volunteer'),
    raiser('clerk'),
    raiser('device'),
    RECEIPT,
  ],
  speaks: [
    ...COMMAND,
    inPart('responder', 'engagement'),
    inPart('volunteer', 'engagement'),
    inPart('agency', 'engagement'),
  ],
  public: {
    asks: ['narrative', 'photos', 'category', 'where', 'place', 'caller_phone', 'caller_name', 'people'],
    sets: { source: 'web' },
  },
  rating: 'rate',
  row: { title: ['category', 'narrative'], place: 'place', position: 'where', urgency: 'urgency' },
  dispatch: {
    part: 'engagement',
    position: 'where',
    offer: 'offer',
    shows: SHOWS,
    skills: {
      fact: 'category',
      of: SKILLS_FOR,
    },
  },
} satisfies Kind as Kind;
