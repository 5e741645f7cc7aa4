import { text } from '#core/base/text.ts';
import { complete } from '#core/matter/common.ts';
import type { Fact, Grant, Kind } from '#core/matter/kind.ts';

/** A kind that belongs to nobody's work and uses every mechanism of the machine once, for the tests of the machine. */
const t = (en: string): { zh: string; en: string } => text(`中${en}`, en);
const fact = (type: Fact['type'], merge: Fact['merge'] = 'single', more: Partial<Fact> = {}): Fact => ({
  name: t(type),
  type,
  merge,
  ...more,
});

export const BOSS: Grant = { role: 'boss' };
const OWNER: Grant = { role: 'worker', bound: { fact: 'unit' } };
const HELPER: Grant = { role: 'worker', bound: 'subject' };

export const TOY_ROLES = ['boss', 'worker', 'reporter', 'system'];

export const TOY: Kind = complete({
  id: 'toy',
  version: 1,
  group: 'test',
  missions: ['M0'],
  name: t('Toy'),
  about: t('Everything once'),
  levels: [
    { id: 'low', name: t('Low') },
    { id: 'mid', name: t('Mid') },
    { id: 'high', name: t('High') },
  ],
  facts: {
    title: fact('line'),
    speed: fact('choice', 'single', { choices: { fast: t('Fast'), slow: t('Slow') } }),
    unit: fact('unit'),
    joint: fact('unit', 'set'),
    helpers: fact('unit', 'set'),
    note: fact('paragraph', 'log'),
    tags: fact('line', 'set'),
    phone: fact('phone', 'single', { personal: true }),
    ending: fact('choice', 'single', { choices: { good: t('Good'), bad: t('Bad') } }),
    tier: fact('choice', 'single', { choices: { low: t('Low'), mid: t('Mid'), high: t('High') } }),
    twin: fact('matter'),
    auto: fact('boolean'),
  },
  initial: 'fresh',
  states: {
    fresh: { name: t('Fresh'), open: true, owner: [BOSS], clocks: ['first'], tells: t('Received') },
    work: { name: t('Work'), open: true, owner: [OWNER, BOSS], clocks: ['work', 'total'], tells: t('At it') },
    judged: { name: t('Judged'), open: true, owner: [BOSS], clocks: ['total'], tells: t('Nearly') },
    closed: { name: t('Closed'), open: false, owner: [], clocks: [], tells: t('Over') },
  },
  raise: {
    name: t('Raise'),
    who: [BOSS, { role: 'reporter' }],
    takes: { title: 'required', speed: 'optional', helpers: 'optional', tags: 'optional', phone: 'optional' },
    sets: { auto: true },
    parts: { of: 'help', each: 'helpers', to: 'asked' },
    level: [{ when: { fact: 'speed', in: ['fast'] }, level: 'mid' }],
  },
  steps: {
    assign: {
      name: t('Assign'),
      from: ['fresh', 'work'],
      to: 'work',
      who: [BOSS],
      takes: { unit: 'required', joint: 'optional' },
    },
    hurry: { name: t('Hurry'), from: 'open', who: [BOSS], takes: { speed: 'required' } },
    note: {
      name: t('Note'),
      from: 'open',
      who: [OWNER, { role: 'worker', bound: { fact: 'joint' } }, { role: 'reporter', bound: 'receipt' }],
      takes: { note: 'required', tags: 'optional' },
    },
    mine: { name: t('Mine'), from: '*', who: [{ role: 'reporter', bound: 'raiser' }], takes: { tags: 'optional' } },
    rise: { name: t('Rise'), from: ['fresh', 'work'], level: 'up', who: [BOSS], takes: {} },
    sink: { name: t('Sink'), from: ['fresh', 'work'], level: 'down', who: [BOSS], takes: {} },
    move: {
      name: t('Move'),
      from: ['fresh', 'work'],
      level: { fact: 'tier' },
      who: [BOSS],
      takes: { tier: 'required' },
    },
    ask: { name: t('Ask'), from: 'open', part: { of: 'help', from: 'none', to: 'asked' }, who: [BOSS], takes: {} },
    come: {
      name: t('Come'),
      from: 'open',
      part: { of: 'help', from: ['asked'], to: 'coming' },
      who: [HELPER],
      takes: {},
    },
    leave: {
      name: t('Leave'),
      from: 'open',
      part: { of: 'help', from: ['asked', 'late', 'coming'], to: 'left' },
      who: [HELPER, BOSS],
      takes: {},
    },
    judge: {
      name: t('Judge'),
      from: ['work'],
      to: 'judged',
      outcome: { fact: 'ending' },
      who: [OWNER, BOSS],
      takes: { ending: 'required' },
    },
    again: { name: t('Again'), from: ['judged'], to: 'work', who: [BOSS], takes: {} },
    close: {
      name: t('Close'),
      from: ['judged'],
      to: 'closed',
      who: [BOSS],
      takes: {},
      needs: [{ that: { none: 'help', in: ['asked', 'late', 'coming'] }, otherwise: t('Somebody still helps') }],
    },
    drop: {
      name: t('Drop'),
      from: ['fresh'],
      to: 'closed',
      outcome: 'dropped',
      who: [BOSS],
      takes: { twin: 'required' },
      links: { fact: 'twin', relation: 'duplicate' },
    },
    reopen: { name: t('Reopen'), from: ['closed'], to: 'fresh', who: [BOSS], takes: {} },
    pass: {
      name: t('Pass on'),
      from: ['work'],
      who: [BOSS],
      takes: { note: 'required' },
      opens: { kind: 'toy', relation: 'follows', carries: { title: 'title', tags: 'tags', phone: 'phone' } },
    },
  },
  outcomes: {
    good: { name: t('Good'), tells: t('It went well') },
    bad: { name: t('Bad'), tells: t('It did not') },
    dropped: { name: t('Dropped'), tells: t('Dropped as double') },
    forgotten: { name: t('Forgotten'), tells: t('Nobody came') },
  },
  clocks: {
    first: {
      name: t('First'),
      runs: 'wall',
      limit_s: { by: { fact: 'speed' }, of: { fast: 60, slow: 3600 }, otherwise: 600 },
      fires: { tells: [BOSS] },
    },
    work: {
      name: t('Work'),
      runs: 'working',
      per_level: true,
      limit_s: { by: 'level', of: { low: 7200, mid: 14_400 }, otherwise: 27_000 },
      fires: { tells: [OWNER, BOSS] },
    },
    total: {
      name: t('Total'),
      runs: 'wall',
      limit_s: 864_000,
      fires: { to: 'closed', outcome: 'forgotten', tells: [BOSS] },
    },
    reply: {
      name: t('Reply'),
      runs: 'wall',
      limit_s: { by: 'level', of: { low: 900, mid: 1800 }, otherwise: 3600 },
      fires: { part_to: 'late', level: 'up', tells: [BOSS] },
    },
  },
  parts: {
    help: {
      name: t('Help'),
      states: {
        asked: { name: t('Asked'), active: true, clocks: ['reply'] },
        late: { name: t('Late'), active: true },
        coming: { name: t('Coming'), active: true },
        left: { name: t('Left'), active: false },
      },
    },
  },
  measures: {
    assign_s: { name: t('To assign'), from: 'raised', to: 'step:assign' },
    judge_s: { name: t('To judge'), from: 'state:work', to: 'state:judged' },
    close_s: { name: t('To close'), from: 'raised', to: 'state:closed' },
  },
  sees: [BOSS, OWNER, { role: 'reporter', bound: 'receipt' }],
  speaks: [BOSS, OWNER],
  row: { title: ['title', 'speed'] },
  public: { asks: ['tags', 'title', 'phone'], sets: { speed: 'slow' } },
});

export const TOYS: ReadonlyMap<string, Kind> = new Map([[TOY.id, TOY]]);
