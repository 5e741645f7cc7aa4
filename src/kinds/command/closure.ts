import { text } from '#core/base/text.ts';
import type { Kind, Step } from '#core/matter/kind.ts';
import { DRILL, PLACE, REASON, WHERE } from '../facts.ts';
import { COMMAND, raiser, role } from '../grants.ts';

const KEEPERS = [...COMMAND, raiser('responder'), raiser('agency')];

const STEPS: Readonly<Record<string, Step>> = {
  extend: {
    name: text('改期限', 'Change until when'),
    from: 'open',
    to: 'closed',
    who: KEEPERS,
    takes: { until: 'required', reason: 'optional' },
    primary: true,
  },
  confirm: {
    name: text('确认仍须封闭', 'Still closed'),
    from: ['to_check'],
    to: 'closed',
    who: KEEPERS,
    takes: { reason: 'optional' },
    primary: true,
  },
  reopen: {
    name: text('恢复通行', 'Open again'),
    from: 'open',
    to: 'opened',
    outcome: 'opened',
    who: KEEPERS,
    takes: { reason: 'optional' },
    primary: true,
  },
  withdraw: {
    name: text('误封撤销', 'Closed by mistake'),
    from: 'open',
    to: 'opened',
    outcome: 'mistaken',
    who: KEEPERS,
    takes: { reason: 'required' },
  },
};

/** M4, M9: a way, bridge, pier, line or area that nobody can use for a while. Travel goes round it from the next question on. */
export default {
  id: 'closure',
  version: 1,
  group: 'command',
  missions: ['M4', 'M9'],
  name: text('封闭', 'Closure'),
  about: text(
    '道路、桥梁、码头、航线或水域暂时不能用；算路随即绕开，到期须核实或恢复',
    'A road, bridge, pier, line or area that cannot be used for a while; travel goes round it at once; to be checked or opened in time',
  ),
  levels: [
    { id: 'station', name: text('所级', 'Station') },
    { id: 'district', name: text('区级', 'District') },
    { id: 'city', name: text('市级', 'City') },
  ],
  facts: {
    what: {
      name: text('封闭对象编号', 'Id of what is closed'),
      type: 'line',
      merge: 'single',
      max_length: 80,
      hint: text('在地图上点选道路、桥梁、码头或水域', 'Click a road, bridge, pier or area on the map'),
    },
    place: PLACE,
    where: WHERE,
    cause: {
      name: text('原因', 'Cause'),
      type: 'choice',
      merge: 'single',
      choices: {
        weather: text('大风大浪大雾', 'Weather'),
        accident: text('事故', 'Accident'),
        works: text('施工', 'Works'),
        event: text('活动', 'Event'),
        damage: text('损坏', 'Damage'),
        order: text('管制', 'Traffic order'),
        other: text('其他', 'Other'),
      },
    },
    from: { name: text('开始时间', 'From'), type: 'instant', merge: 'single' },
    until: { name: text('预计恢复', 'Until'), type: 'instant', merge: 'single' },
    reason: REASON,
    drill: DRILL,
  },
  initial: 'closed',
  states: {
    closed: {
      name: text('封闭中', 'Closed'),
      open: true,
      owner: COMMAND,
      clocks: ['check'],
      tells: text('暂时不能通行', 'Cannot be used for now'),
    },
    to_check: {
      name: text('待核实', 'To be checked'),
      open: true,
      owner: COMMAND,
      clocks: ['overdue'],
      tells: text('暂时不能通行，正在核实', 'Cannot be used for now; being checked'),
    },
    opened: {
      name: text('已恢复', 'Opened again'),
      open: false,
      owner: [],
      clocks: [],
      tells: text('已恢复通行', 'Open again'),
    },
  },
  raise: {
    name: text('封闭', 'Close'),
    who: [...COMMAND, role('responder'), role('agency')],
    takes: {
      what: 'required',
      cause: 'required',
      place: 'optional',
      where: 'optional',
      from: 'optional',
      until: 'optional',
      reason: 'optional',
      drill: 'optional',
    },
  },
  steps: STEPS,
  outcomes: {
    opened: { name: text('恢复通行', 'Opened again'), tells: text('已恢复通行', 'Open again') },
    mistaken: { name: text('误封', 'By mistake'), tells: text('系误封，已撤销', 'Closed by mistake; withdrawn') },
  },
  clocks: {
    check: {
      name: text('核实时限', 'To check'),
      runs: 'wall',
      limit_s: {
        by: { fact: 'cause' },
        of: { weather: 7200, accident: 3600, works: 86_400, event: 21_600, damage: 86_400, order: 43_200 },
        otherwise: 14_400,
      },
      fires: { to: 'to_check', tells: KEEPERS },
    },
    overdue: {
      name: text('逾期未核实', 'Check overdue'),
      runs: 'wall',
      limit_s: 3600,
      fires: { level: 'up', tells: COMMAND },
    },
  },
  parts: {},
  measures: {
    closed_s: { name: text('封闭时长', 'Closed for'), from: 'raised', to: 'state:opened' },
  },
  sees: [...COMMAND, role('auditor'), role('responder'), role('agency'), role('volunteer')],
  speaks: KEEPERS,
  row: { title: ['place', 'cause', 'what'], place: 'place', position: 'where' },
  closes: { states: ['closed', 'to_check'], what: 'what', why: 'cause', from: 'from', until: 'until' },
} satisfies Kind as Kind;
