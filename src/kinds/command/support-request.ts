import { text } from '#core/base/text.ts';
import type { Kind, Part, Step } from '#core/matter/kind.ts';
import { DRILL, PLACE, REASON, WHERE } from '../facts.ts';
import { COMMAND, forSubject, inPart, keptInPart, raiser, role } from '../grants.ts';

const DEPARTMENT = forSubject('agency');
const ASKER = [raiser('responder'), ...COMMAND];
const WAITING = ['asked', 'late'];
const EVERYONE_ANSWERED = { none: 'reply', in: WAITING } as const;
/** Once nobody owes an answer the asker's turn comes. */
const WHEN_ANSWERED = [{ when: { all: [{ state: ['waiting'] }, EVERYONE_ANSWERED] }, to: 'answered' }] as const;

const REPLY: Part = {
  name: text('部门回应', 'Reply'),
  states: {
    asked: { name: text('待回应', 'Asked'), active: true, clocks: ['reply'] },
    late: { name: text('逾期未应', 'Late'), active: true, clocks: ['late_reply'] },
    coming: { name: text('正在支援', 'Coming'), active: true },
    done: { name: text('已支援', 'Done'), active: false, keeps: true },
    declined: { name: text('不能支援', 'Declined'), active: false },
  },
};

const STEPS: Readonly<Record<string, Step>> = {
  ask: {
    name: text('再请部门', 'Ask another'),
    from: ['waiting', 'answered'],
    part: { of: 'reply', from: 'none', to: 'asked' },
    to: 'waiting',
    who: ASKER,
    takes: { ask: 'optional' },
  },
  answer: {
    name: text('答应支援', 'Answer: coming'),
    from: ['waiting', 'answered'],
    part: { of: 'reply', from: ['asked', 'late'], to: 'coming' },
    to: WHEN_ANSWERED,
    who: [DEPARTMENT],
    takes: { answer: 'required', eta_min: 'optional' },
    primary: true,
  },
  decline: {
    name: text('不能支援', 'Decline'),
    from: ['waiting', 'answered'],
    part: { of: 'reply', from: ['asked', 'late', 'coming'], to: 'declined' },
    to: WHEN_ANSWERED,
    who: [DEPARTMENT],
    takes: { reason: 'required' },
  },
  done: {
    name: text('支援完毕', 'Support done'),
    from: ['waiting', 'answered'],
    part: { of: 'reply', from: ['coming'], to: 'done' },
    who: [DEPARTMENT, ...ASKER],
    takes: { answer: 'optional' },
    primary: true,
  },
  urge: {
    name: text('催办', 'Urge'),
    from: ['waiting'],
    who: ASKER,
    takes: { reason: 'required' },
  },
  close: {
    name: text('办结', 'Close'),
    from: ['answered'],
    to: 'closed',
    outcome: { fact: 'ending' },
    who: ASKER,
    takes: { ending: 'required', thanks: 'optional' },
    needs: [
      {
        that: { none: 'reply', in: ['asked', 'late', 'coming'] },
        otherwise: text('还有部门正在支援', 'A department is still at it'),
      },
    ],
    primary: true,
  },
  cancel: {
    name: text('取消', 'Cancel'),
    from: ['waiting', 'answered'],
    to: 'closed',
    outcome: 'cancelled',
    who: ASKER,
    takes: { reason: 'required' },
    danger: text('各部门会看到“已取消”并停止支援', 'The departments read “cancelled” and stop'),
  },
};

/** M6: the station whistles, the departments named report in; each owes an answer in time, a late one goes up a level. */
export default {
  id: 'support-request',
  version: 1,
  group: 'command',
  missions: ['M6'],
  name: text('吹哨支援', 'Support request'),
  about: text(
    '派出所吹哨，点名部门限时回应，逾期上报',
    'The station whistles; named departments answer in time; late ones escalate',
  ),
  levels: [
    { id: 'station', name: text('所级', 'Station') },
    { id: 'district', name: text('区级', 'District') },
    { id: 'city', name: text('市级', 'City') },
  ],
  facts: {
    ask: { name: text('请求事项', 'What is asked'), type: 'paragraph', merge: 'log' },
    departments: { name: text('点名部门', 'Departments named'), type: 'unit', merge: 'set', units: ['agency'] },
    place: PLACE,
    where: WHERE,
    drill: DRILL,
    answer: { name: text('回应', 'Answer'), type: 'paragraph', merge: 'log' },
    eta_min: {
      name: text('预计到达', 'Expected in'),
      type: 'integer',
      merge: 'single',
      min: 0,
      max: 10_080,
      unit: text('分', 'min'),
    },
    reason: REASON,
    ending: {
      name: text('结论', 'Outcome'),
      type: 'choice',
      merge: 'single',
      choices: {
        helped: text('支援到位', 'Helped'),
        partly: text('部分支援', 'Partly helped'),
        not_helped: text('未获支援', 'Not helped'),
      },
    },
    thanks: { name: text('评价', 'Remark'), type: 'paragraph', merge: 'single' },
  },
  initial: 'waiting',
  states: {
    waiting: {
      name: text('待部门回应', 'Waiting for answers'),
      open: true,
      owner: [inPart('agency', 'reply'), ...COMMAND],
      clocks: ['overall'],
      tells: text('已吹哨，等待部门回应', 'Whistled; waiting for the departments'),
    },
    answered: {
      name: text('支援中', 'Answered'),
      open: true,
      owner: ASKER,
      clocks: ['closing'],
      tells: text('部门已回应', 'The departments have answered'),
    },
    closed: { name: text('已办结', 'Closed'), open: false, owner: [], clocks: [], tells: text('已办结', 'Closed') },
  },
  raise: {
    name: text('吹哨', 'Whistle'),
    who: [...COMMAND, role('responder')],
    takes: { ask: 'required', departments: 'required', place: 'optional', where: 'optional', drill: 'optional' },
    parts: { of: 'reply', each: 'departments', to: 'asked' },
  },
  steps: STEPS,
  outcomes: {
    helped: { name: text('支援到位', 'Helped'), tells: text('支援到位，谢谢各部门', 'Support came; thank you') },
    partly: { name: text('部分支援', 'Partly helped'), tells: text('得到部分支援', 'Part of the support came') },
    not_helped: {
      name: text('未获支援', 'Not helped'),
      tells: text('未获支援，已记录在案', 'No support came; it is on record'),
    },
    cancelled: { name: text('已取消', 'Cancelled'), tells: text('请求已取消', 'The request was cancelled') },
  },
  clocks: {
    reply: {
      name: text('回应时限', 'To answer'),
      runs: 'wall',
      limit_s: { by: 'level', of: { station: 900, district: 1200, city: 1800 }, otherwise: 900 },
      fires: { part_to: 'late', level: 'up', tells: [inPart('agency', 'reply'), role('commander')] },
    },
    late_reply: {
      name: text('逾期后回应时限', 'To answer, being late'),
      runs: 'wall',
      limit_s: 900,
      fires: { level: 'up', tells: [inPart('agency', 'reply'), role('commander')] },
    },
    overall: {
      name: text('全部回应', 'All answers'),
      runs: 'wall',
      limit_s: 14_400,
      fires: { level: 'up', tells: [role('commander')] },
    },
    closing: { name: text('办结时限', 'To close'), runs: 'wall', limit_s: 259_200, fires: { tells: ASKER } },
  },
  parts: { reply: REPLY },
  measures: {
    answer_s: { name: text('吹哨到首个回应', 'Whistle to first answer'), from: 'raised', to: 'step:answer' },
    answered_s: { name: text('吹哨到全部回应', 'Whistle to all answers'), from: 'raised', to: 'state:answered' },
    close_s: { name: text('吹哨到办结', 'Whistle to close'), from: 'raised', to: 'state:closed' },
  },
  sees: [...COMMAND, role('auditor'), keptInPart('agency', 'reply'), raiser('responder')],
  speaks: [...COMMAND, inPart('agency', 'reply'), raiser('responder')],
  row: { title: ['ask'], place: 'place', position: 'where' },
} satisfies Kind as Kind;
