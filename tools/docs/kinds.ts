import { globSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Language, Text } from '#core/base/text.ts';
import { COMMON_STEPS, complete } from '#core/matter/common.ts';
import { diagram, partDiagram } from '#core/matter/diagram.ts';
import type { Clock, Fact, Grant, Kind, Limit, State, Step } from '#core/matter/kind.ts';
import { ROLES } from '#kinds/roles.ts';

/** Writes docs/kinds/<id>.md from the declarations: `node tools/docs/kinds.ts`. A test refuses pages that are out of date. */
const root = path.join(import.meta.dirname, '../..');

/** The page of one kind, Chinese first. */
export const kindPage = (kind: Kind): string =>
  [
    `# ${kind.name.zh} · ${kind.name.en} (\`${kind.id}\`)`,
    '',
    `由声明生成，请勿手改 · Generated from the declaration by \`node tools/docs/kinds.ts\`; version ${kind.version}.`,
    '',
    ...pageIn(kind, 'zh'),
    '',
    ...pageIn(kind, 'en'),
    '',
  ].join('\n');

/** Words of the page itself. */
const W = {
  heading: { zh: '中文', en: 'English' },
  missions: { zh: '所办业务', en: 'Work it does' },
  levels: { zh: '层级', en: 'Levels' },
  states: { zh: '状态', en: 'States' },
  steps: { zh: '环节', en: 'Steps' },
  facts: { zh: '事实', en: 'Facts' },
  clocks: { zh: '时限', en: 'Clocks' },
  outcomes: { zh: '结论', en: 'Outcomes' },
  measures: { zh: '指标', en: 'Measures' },
  sees: { zh: '谁能看', en: 'Who sees it' },
  speaks: { zh: '谁在群里', en: 'Who is in its room' },
  asks: { zh: '公众页所问', en: 'Asked on the public page' },
  everywhere: { zh: '每类事项都有', en: 'every kind has them' },
} as const satisfies Record<string, Text>;

/** What declarations name by the numbers of the project's plan, in words: a reader of the pages does not know the plan. */
const WORK: Readonly<Record<string, Text>> = {
  M1: {
    zh: '接报：电话、窗口、群众网上报事、设备告警，一张表登记',
    en: 'taking calls, walk-ins, citizens’ reports and alarms',
  },
  M4: { zh: '分级调度、梯次增援：派出所、区、市', en: 'graded dispatch, reinforced from station to district to city' },
  M9: { zh: '海陆一体增援', en: 'reinforcement over sea, land and air' },
  M6: { zh: '派出所吹哨、部门报到', en: 'a station asks for support, the departments named must answer' },
  M21: { zh: '非警务事项分流：市、区县、街道', en: 'what is not police work goes to the agency it belongs to' },
};

const workOf = (mission: string): Text => {
  const words = WORK[mission];
  if (words === undefined) throw new RangeError(`tools/docs/kinds.ts has no words for ${mission}`);
  return words;
};

const pageIn = (kind: Kind, to: Language): readonly string[] => [
  `## ${W.heading[to]}`,
  '',
  `${kind.about[to]}${to === 'zh' ? '。' : '.'}`,
  '',
  `- ${W.missions[to]}: ${kind.missions.map((mission) => workOf(mission)[to]).join(to === 'zh' ? '；' : '; ')}`,
  `- ${W.levels[to]}: ${kind.levels.map((level) => level.name[to]).join(' → ')}`,
  `- ${W.sees[to]}: ${grants(kind, kind.sees, to)}`,
  `- ${W.speaks[to]}: ${grants(kind, kind.speaks, to)}`,
  ...(kind.public === undefined ? [] : [`- ${W.asks[to]}: ${asksText(kind, kind.public.asks, to)}`]),
  '',
  '```mermaid',
  diagram(kind, to),
  '```',
  '',
  ...Object.entries(kind.parts).flatMap(([name, part]) => [
    `### ${part.name[to]}`,
    '',
    '```mermaid',
    partDiagram(kind, name, to),
    '```',
    '',
  ]),
  ...table(
    W.states[to],
    pick(to, ['状态', '轮到谁', '时限', '报事人看到'], ['State', 'Whose turn', 'Clocks', 'The reporter reads']),
    Object.entries(kind.states).map(([name, state]) => stateRow(kind, name, state, to)),
  ),
  ...table(
    W.steps[to],
    pick(to, ['环节', '在哪些状态', '谁', '填什么', '然后'], ['Step', 'In states', 'Who', 'Takes', 'Then']),
    Object.entries(kind.steps).map(([name, step]) => stepRow(kind, name, step, to)),
  ),
  `${COMMON_STEPS.map((step) => kind.steps[step]?.name[to]).join(', ')}: ${W.everywhere[to]}${to === 'zh' ? '。' : '.'}`,
  '',
  ...table(
    W.facts[to],
    pick(to, ['事实', '类型', '合并', '性质'], ['Fact', 'Type', 'Merge', 'Nature']),
    Object.entries(kind.facts).map(([name, fact]) => factRow(name, fact, to)),
  ),
  ...table(
    W.clocks[to],
    pick(to, ['时限', '多久', '到时'], ['Clock', 'Limit', 'When it runs out']),
    Object.entries(kind.clocks).map(([name, clock]) => clockRow(kind, name, clock, to)),
  ),
  ...table(
    W.outcomes[to],
    pick(to, ['结论', '告知报事人'], ['Outcome', 'The reporter is told']),
    Object.entries(kind.outcomes).map(([name, outcome]) => [`${outcome.name[to]} \`${name}\``, outcome.tells[to]]),
  ),
  ...table(
    W.measures[to],
    pick(to, ['指标', '从', '到'], ['Measure', 'From', 'To']),
    Object.entries(kind.measures).map(([name, { name: words, from, to: end }]) => [
      `${words[to]} \`${name}\``,
      `\`${from}\``,
      `\`${end}\``,
    ]),
  ),
];

const asksText = (kind: Kind, asks: readonly string[], to: Language): string =>
  asks
    .map((name) => `${kind.facts[name]?.name[to] ?? name}${kind.raise.takes[name] === 'required' ? '\\*' : ''}`)
    .join(to === 'zh' ? '、' : ', ');

const pick = (to: Language, zh: readonly string[], en: readonly string[]): readonly string[] => (to === 'zh' ? zh : en);

const table = (title: string, head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => [
  `### ${title}`,
  '',
  `| ${head.join(' | ')} |`,
  `|${' --- |'.repeat(head.length)}`,
  ...rows.map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`),
  '',
];

const stateRow = (kind: Kind, name: string, state: State, to: Language): readonly string[] => [
  `${state.name[to]} \`${name}\``,
  state.open ? grants(kind, state.owner, to) : pick(to, ['（已办结）'], ['(closed)']).join(''),
  state.clocks.map((clock) => kind.clocks[clock]?.name[to] ?? clock).join(', '),
  state.tells[to],
];

const stepRow = (kind: Kind, name: string, step: Step, to: Language): readonly string[] => [
  `${step.name[to]} \`${name}\``,
  statesText(kind, step, to),
  grants(kind, step.who, to),
  Object.entries(step.takes)
    .map(([fact, how]) => `${kind.facts[fact]?.name[to] ?? fact}${how === 'required' ? '\\*' : ''}`)
    .join(', '),
  consequences(kind, step, to),
];

const statesText = (kind: Kind, step: Step, to: Language): string => {
  if (step.from === '*') return to === 'zh' ? '任何状态' : 'any';
  if (step.from === 'open') return to === 'zh' ? '办结前' : 'any open';
  return step.from.map((state) => kind.states[state]?.name[to] ?? state).join(', ');
};

const consequences = (kind: Kind, step: Step, to: Language): string => {
  const zh = to === 'zh';
  const said: string[] = [];
  const targets = typeof step.to === 'string' ? [step.to] : (step.to ?? []).map((rule) => rule.to);
  if (step.part !== undefined) {
    const part = kind.parts[step.part.of];
    said.push(`${part?.name[to] ?? ''} → ${part?.states[step.part.to]?.name[to] ?? ''}`);
  }
  if (targets.length > 0) {
    const states = [...new Set(targets)].map((state) => kind.states[state]?.name[to] ?? state).join(zh ? '或' : ' or ');
    said.push(`${typeof step.to === 'string' ? '' : zh ? '视情况' : 'if so, '}→ ${states}`);
  }
  if (typeof step.outcome === 'string') said.push(`${W.outcomes[to]}: ${kind.outcomes[step.outcome]?.name[to] ?? ''}`);
  if (typeof step.outcome === 'object')
    said.push(`${W.outcomes[to]}: ${kind.facts[step.outcome.fact]?.name[to] ?? ''}`);
  if (step.level === 'up') said.push(zh ? '升一级' : 'up a level');
  if (step.level === 'down') said.push(zh ? '降一级' : 'down a level');
  if (typeof step.level === 'object') said.push(`${W.levels[to]}: ${kind.facts[step.level.fact]?.name[to] ?? ''}`);
  if (step.opens !== undefined) said.push(`${zh ? '另立' : 'opens'} \`${step.opens.kind}\``);
  if (step.links !== undefined) said.push(zh ? '关联另一事项' : 'links another matter');
  if (step.once === true) said.push(zh ? '每个结论只办一次' : 'once for each outcome');
  for (const need of step.needs ?? []) said.push(`${zh ? '否则' : 'else'}“${need.otherwise[to]}”`);
  return said.join(zh ? '；' : '; ');
};

const TYPES: Readonly<Record<Fact['type'], Text>> = {
  line: { zh: '单行文字', en: 'line' },
  paragraph: { zh: '段落', en: 'paragraph' },
  integer: { zh: '整数', en: 'whole number' },
  number: { zh: '数', en: 'number' },
  boolean: { zh: '是否', en: 'yes or no' },
  choice: { zh: '选项', en: 'choice' },
  instant: { zh: '时刻', en: 'time' },
  position: { zh: '坐标', en: 'position' },
  phone: { zh: '电话', en: 'phone' },
  unit: { zh: '单位', en: 'unit' },
  matter: { zh: '事项', en: 'matter' },
  file: { zh: '文件', en: 'file' },
};
const MERGES: Readonly<Record<Fact['merge'], Text>> = {
  single: { zh: '一个值', en: 'one value' },
  set: { zh: '集合', en: 'set' },
  log: { zh: '逐条', en: 'log' },
};

const factRow = (name: string, fact: Fact, to: Language): readonly string[] => {
  const zh = to === 'zh';
  const choices = Object.values(fact.choices ?? {}).map((choice) => choice[to]);
  const nature = [
    fact.personal === true ? (zh ? '**个人信息，封存**' : '**personal, sealed**') : '',
    fact.open === true ? (zh ? '报事人可见' : 'open to the reporter') : '',
    fact.unit?.[to] ?? '',
    fact.min === undefined && fact.max === undefined ? '' : `${fact.min ?? ''}…${fact.max ?? ''}`,
  ];
  return [
    `${fact.name[to]} \`${name}\``,
    `${TYPES[fact.type][to]}${choices.length === 0 ? '' : ` (${choices.join(', ')})`}`,
    MERGES[fact.merge][to],
    nature.filter((part) => part !== '').join(', '),
  ];
};

const clockRow = (kind: Kind, name: string, clock: Clock, to: Language): readonly string[] => {
  const zh = to === 'zh';
  const { fires } = clock;
  const said = [`${zh ? '告知' : 'tells'} ${grants(kind, fires.tells, to)}`];
  if (fires.level === 'up') said.unshift(zh ? '升一级' : 'up a level');
  const part = Object.values(kind.parts).find(
    (one) => fires.part_to !== undefined && one.states[fires.part_to] !== undefined,
  );
  if (fires.part_to !== undefined) said.unshift(`→ ${part?.states[fires.part_to]?.name[to] ?? fires.part_to}`);
  if (fires.outcome !== undefined) said.unshift(`${W.outcomes[to]}: ${kind.outcomes[fires.outcome]?.name[to] ?? ''}`);
  const per = clock.per_level === true ? (zh ? '，各级分别计时' : ', counted per level') : '';
  return [`${clock.name[to]} \`${name}\``, `${limitText(kind, clock, to)}${per}`, said.join(zh ? '；' : '; ')];
};

const limitText = (kind: Kind, clock: Clock, to: Language): string => {
  const limit: Limit = clock.limit_s;
  const working = clock.runs === 'working' ? (to === 'zh' ? '（工作时间）' : ' of working time') : '';
  if (typeof limit === 'number') return `${duration(limit, to)}${working}`;
  const by = limit.by;
  const name = (value: string): string =>
    (by === 'level' ? kind.levels.find((level) => level.id === value)?.name : kind.facts[by.fact]?.choices?.[value])?.[
      to
    ] ?? value;
  const each = Object.entries(limit.of).map(([value, limit_s]) => `${name(value)}: ${duration(limit_s, to)}`);
  const otherwise = `${to === 'zh' ? '否则' : 'otherwise'} ${duration(limit.otherwise, to)}`;
  return `${[...each, otherwise].join(', ')}${working}`;
};

/** `1 小时 30 分` / `1 h 30 min`. */
const duration = (seconds: number, to: Language): string => {
  const units = [
    [3600, { zh: '小时', en: 'h' }],
    [60, { zh: '分', en: 'min' }],
    [1, { zh: '秒', en: 's' }],
  ] as const;
  const said: string[] = [];
  let left = seconds;
  for (const [length, unit] of units) {
    const count = Math.floor(left / length);
    if (count > 0) said.push(`${count} ${unit[to]}`);
    left -= count * length;
  }
  return said.join(' ');
};

const grants = (kind: Kind, all: readonly Grant[], to: Language): string => {
  const said = all.map(
    (grant) =>
      `${(ROLES as Readonly<Record<string, Text>>)[grant.role]?.[to] ?? grant.role}${boundText(kind, grant, to)}`,
  );
  return [...new Set(said)].join(', ');
};

const boundText = (kind: Kind, grant: Grant, to: Language): string => {
  const zh = to === 'zh';
  const bound = grant.bound;
  if (bound === undefined) return '';
  if (bound === 'subject') return zh ? '（本人）' : ' (itself)';
  if (bound === 'raiser') return zh ? '（登记人）' : ' (who raised it)';
  if (bound === 'receipt') return zh ? '（凭回执）' : ' (with the receipt)';
  if ('part' in bound)
    return zh ? `（参与${kind.parts[bound.part]?.name.zh}）` : ` (in ${kind.parts[bound.part]?.name.en})`;
  return zh ? `（${kind.facts[bound.fact]?.name.zh}）` : ` (${kind.facts[bound.fact]?.name.en})`;
};

const writePages = async (): Promise<void> => {
  mkdirSync(path.join(root, 'docs/kinds'), { recursive: true });
  for (const file of globSync('src/kinds/*/*.ts', { cwd: root, exclude: ['**/*.test.ts'] })) {
    const module = (await import(pathToFileURL(path.join(root, file)).href)) as { default?: Kind };
    if (module.default === undefined) continue;
    const kind = complete(module.default);
    writeFileSync(path.join(root, `docs/kinds/${kind.id}.md`), kindPage(kind));
  }
};

if (import.meta.main) await writePages();
