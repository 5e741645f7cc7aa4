import type { Clock, Condition, Grant, Kind, Rule, Step, Takes } from './kind.ts';

/** Whether every name a declaration uses is declared, and stands for what it is used as. */
export const checkNames = (kind: Kind, roles: readonly string[]): readonly string[] => [
  ...checkGrants(kind, roles),
  ...[...conditionsOf(kind)].flatMap(([where, condition]) => checkCondition(kind, where, condition)),
  ...Object.entries(kind.states).flatMap(([name, state]) =>
    unknown(kind.clocks, state.clocks, `state ${name}`, 'clock'),
  ),
  ...checkRaise(kind),
  ...Object.entries(kind.steps).flatMap(([name, step]) => checkStep(kind, `step ${name}`, step)),
  ...Object.entries(kind.clocks).flatMap(([name, clock]) => checkClock(kind, name, clock)),
  ...Object.entries(kind.parts).flatMap(([name, part]) =>
    Object.entries(part.states).flatMap(([state, { clocks }]) =>
      unknown(kind.clocks, clocks ?? [], `state ${state} of part ${name}`, 'clock'),
    ),
  ),
  ...checkFactsUsed(kind),
  ...checkMeasures(kind),
  ...checkRow(kind),
  ...checkDispatch(kind),
];

const has = (group: object, name: string): boolean => Object.hasOwn(group, name);

const unknown = (group: object, names: readonly string[], where: string, what: string): string[] =>
  names.filter((name) => !has(group, name)).map((name) => `${where} names the unknown ${what} ${name}`);

const checkGrants = (kind: Kind, roles: readonly string[]): readonly string[] => {
  const problems = [...grantsOf(kind)].flatMap(([where, grants, context]) =>
    grants.flatMap((grant) => checkGrant(kind, where, grant, roles, context)),
  );
  if (kind.sees.length === 0) problems.push('nobody may see it');
  if (kind.speaks.length === 0) problems.push('nobody belongs to its room');
  return problems;
};

/** Grants, where they stand, and what they may be bound to there: nothing yet, the matter, or also the part a step is about. */
type GrantContext = 'raising' | 'matter' | 'part';

function* grantsOf(kind: Kind): Generator<readonly [string, readonly Grant[], GrantContext]> {
  yield ['raising', kind.raise.who, 'raising'];
  yield ['who sees it', kind.sees, 'matter'];
  yield ['who speaks in it', kind.speaks, 'matter'];
  for (const [name, state] of Object.entries(kind.states)) yield [`state ${name}`, state.owner, 'matter'];
  for (const [name, clock] of Object.entries(kind.clocks)) yield [`clock ${name}`, clock.fires.tells, 'matter'];
  for (const [name, fact] of Object.entries(kind.facts)) yield [`fact ${name}`, fact.reads ?? [], 'matter'];
  for (const [name, step] of Object.entries(kind.steps)) {
    yield [`step ${name}`, step.who, step.part === undefined ? 'matter' : 'part'];
  }
}

const checkGrant = (
  kind: Kind,
  where: string,
  grant: Grant,
  roles: readonly string[],
  context: GrantContext,
): readonly string[] => {
  const problems: string[] = roles.includes(grant.role) ? [] : [`${where} names the unknown role ${grant.role}`];
  const to = grant.bound;
  if (to === undefined) return problems;
  if (context === 'raising') problems.push(`${where} is granted to someone bound to a matter that is not there yet`);
  if (to === 'subject' && context !== 'part')
    problems.push(`${where} is granted to the subject of a part, and is about none`);
  if (typeof to === 'object' && 'part' in to) problems.push(...unknown(kind.parts, [to.part], where, 'part'));
  if (typeof to === 'object' && 'fact' in to) {
    const fact = kind.facts[to.fact];
    if (fact?.type !== 'unit') problems.push(`${where} is bound to ${to.fact}, which is no fact naming a unit`);
    if (fact?.personal === true) problems.push(`${where} is bound to the personal fact ${to.fact}`);
  }
  return problems;
};

function* conditionsOf(kind: Kind): Generator<readonly [string, Condition]> {
  for (const rule of kind.raise.level ?? []) yield ['raising', rule.when];
  for (const [name, step] of Object.entries(kind.steps)) {
    for (const rule of rulesOf(step.to)) yield [`step ${name}`, rule.when];
    for (const need of step.needs ?? []) yield [`step ${name}`, need.that];
  }
  for (const [name, clock] of Object.entries(kind.clocks)) {
    for (const rule of rulesOf(clock.fires.to)) yield [`clock ${name}`, rule.when];
  }
}

const rulesOf = (to: string | readonly Rule[] | undefined): readonly Rule[] => (typeof to === 'object' ? to : []);

const targetsOf = (to: string | readonly Rule[] | undefined): readonly string[] =>
  typeof to === 'string' ? [to] : rulesOf(to).map((rule) => rule.to);

const checkCondition = (kind: Kind, where: string, condition: Condition): readonly string[] => {
  if ('not' in condition) return checkCondition(kind, where, condition.not);
  if ('all' in condition) return condition.all.flatMap((one) => checkCondition(kind, where, one));
  if ('any' in condition) return condition.any.flatMap((one) => checkCondition(kind, where, one));
  if ('state' in condition) return unknown(kind.states, condition.state, where, 'state');
  if ('level' in condition) return unknown(levels(kind), condition.level, where, 'level');
  if ('has' in condition) return unknown(kind.facts, [condition.has], where, 'fact');
  if ('fact' in condition) {
    const fact = kind.facts[condition.fact];
    if (fact === undefined) return [`${where} names the unknown fact ${condition.fact}`];
    const problems =
      fact.personal === true ? [`${where} depends on the value of the personal fact ${condition.fact}`] : [];
    const values = condition.in.filter((value) => value !== null).map(String);
    return fact.type === 'choice'
      ? [...problems, ...unknown(fact.choices ?? {}, values, where, `choice of ${condition.fact}`)]
      : problems;
  }
  const part = 'some' in condition ? condition.some : condition.none;
  return [
    ...unknown(kind.parts, [part], where, 'part'),
    ...unknown(kind.parts[part]?.states ?? {}, condition.in, where, `state of part ${part}`),
  ];
};

const levels = (kind: Kind): Readonly<Record<string, true>> =>
  Object.fromEntries(kind.levels.map((level) => [level.id, true]));

const checkTakes = (kind: Kind, where: string, takes: Takes): string[] =>
  unknown(kind.facts, Object.keys(takes), where, 'fact');

const checkRaise = (kind: Kind): readonly string[] => {
  const { takes, who, parts, level } = kind.raise;
  const problems = checkTakes(kind, 'raising', takes);
  if (who.length === 0) problems.push('nobody may raise it');
  problems.push(
    ...unknown(
      levels(kind),
      (level ?? []).map((rule) => rule.level),
      'raising',
      'level',
    ),
  );
  if (parts === undefined) return problems;
  const each = kind.facts[parts.each];
  if (each?.type !== 'unit' || each.merge !== 'set')
    problems.push(`raising begins parts for ${parts.each}, which is no set of units`);
  if (takes[parts.each] === undefined) problems.push(`raising begins parts for ${parts.each}, which it does not take`);
  problems.push(...unknown(kind.parts, [parts.of], 'raising', 'part'));
  return [
    ...problems,
    ...unknown(kind.parts[parts.of]?.states ?? {}, [parts.to], 'raising', `state of part ${parts.of}`),
  ];
};

const checkStep = (kind: Kind, where: string, step: Step): readonly string[] => {
  const problems = checkTakes(kind, where, step.takes);
  if (step.who.length === 0) problems.push(`nobody may take ${where}`);
  if (typeof step.from !== 'string') problems.push(...unknown(kind.states, step.from, where, 'state'));
  problems.push(...unknown(kind.states, targetsOf(step.to), where, 'state'));
  if (step.once === true && step.part !== undefined) problems.push(`${where} is taken once and moves a part`);
  if (step.part !== undefined) {
    const states = kind.parts[step.part.of]?.states ?? {};
    const named = step.part.from === 'none' ? [step.part.to] : [...step.part.from, step.part.to];
    problems.push(...unknown(kind.parts, [step.part.of], where, 'part'));
    problems.push(...unknown(states, named, where, `state of part ${step.part.of}`));
  }
  if (typeof step.outcome === 'string') problems.push(...unknown(kind.outcomes, [step.outcome], where, 'outcome'));
  if (typeof step.outcome === 'object')
    problems.push(...namesOf(kind, where, step, step.outcome.fact, kind.outcomes, 'outcome'));
  if (typeof step.level === 'object')
    problems.push(...namesOf(kind, where, step, step.level.fact, levels(kind), 'level'));
  if (
    step.links !== undefined &&
    (kind.facts[step.links.fact]?.type !== 'matter' || step.takes[step.links.fact] === undefined)
  ) {
    problems.push(`${where} links by ${step.links.fact}, which is no fact it takes that names a matter`);
  }
  return problems;
};

/** A fact whose value names an outcome or a level must be taken, and may only name what there is. */
const namesOf = (
  kind: Kind,
  where: string,
  step: Step,
  name: string,
  group: object,
  what: string,
): readonly string[] => {
  const fact = kind.facts[name];
  if (fact?.type !== 'choice' || fact.merge !== 'single')
    return [`${where} reads its ${what} from ${name}, which is no single choice`];
  const taken = step.takes[name] === 'required' || step.sets?.[name] !== undefined;
  const problems = taken ? [] : [`${where} reads its ${what} from ${name}, which need not be stated`];
  return [...problems, ...unknown(group, Object.keys(fact.choices ?? {}), `fact ${name}`, what)];
};

const checkClock = (kind: Kind, name: string, clock: Clock): readonly string[] => {
  const where = `clock ${name}`;
  const { fires, limit_s } = clock;
  const problems = unknown(kind.states, targetsOf(fires.to), where, 'state');
  if (fires.tells.length === 0) problems.push(`${where} tells nobody`);
  if (fires.outcome !== undefined) problems.push(...unknown(kind.outcomes, [fires.outcome], where, 'outcome'));
  const parts = Object.values(kind.parts).filter((part) =>
    Object.values(part.states).some((state) => state.clocks?.includes(name) === true),
  );
  const ofStates = Object.values(kind.states).some((state) => state.clocks.includes(name));
  if (parts.length === 0 && !ofStates) problems.push(`${where} never runs`);
  if (parts.length > 0 && clock.per_level === true) problems.push(`${where} runs per level and per subject`);
  if (fires.part_to !== undefined) {
    if (parts.length === 0) problems.push(`${where} moves a part and runs in none`);
    for (const part of parts) problems.push(...unknown(part.states, [fires.part_to], where, 'state of its part'));
  }
  if (typeof limit_s !== 'number') {
    const fact = limit_s.by === 'level' ? null : limit_s.by.fact;
    if (fact !== null && kind.facts[fact]?.type !== 'choice')
      problems.push(`${where} depends on ${fact}, which is no choice`);
    const group = fact === null ? levels(kind) : (kind.facts[fact]?.choices ?? {});
    problems.push(...unknown(group, Object.keys(limit_s.of), where, fact === null ? 'level' : `choice of ${fact}`));
  }
  const limits = typeof limit_s === 'number' ? [limit_s] : [...Object.values(limit_s.of), limit_s.otherwise];
  if (limits.some((limit) => !(limit > 0 && Number.isFinite(limit))))
    problems.push(`${where} has a limit that is not above nought`);
  return problems;
};

const checkFactsUsed = (kind: Kind): readonly string[] => {
  const stated = new Set(
    [kind.raise, ...Object.values(kind.steps)].flatMap(({ takes, sets }) => [
      ...Object.keys(takes),
      ...Object.keys(sets ?? {}),
    ]),
  );
  return Object.keys(kind.facts)
    .filter((name) => !stated.has(name))
    .map((name) => `nothing states fact ${name}`);
};

const checkMeasures = (kind: Kind): readonly string[] =>
  Object.entries(kind.measures).flatMap(([name, { from, to }]) =>
    [from, to].flatMap((mark) => {
      const [sort, of = ''] = mark.split(':');
      if (mark === 'raised') return [];
      const group = sort === 'step' ? kind.steps : sort === 'state' ? kind.states : null;
      if (group === null) return [`measure ${name} has the unknown mark ${mark}`];
      return unknown(group, [of], `measure ${name}`, sort ?? '');
    }),
  );

const checkRow = (kind: Kind): readonly string[] => {
  const { title, place, position, urgency } = kind.row;
  const problems = unknown(kind.facts, [...title, ...(place === undefined ? [] : [place])], 'the row', 'fact');
  if (title.length === 0) problems.push('the row has no title');
  for (const name of [...title, place, position, urgency]) {
    if (name !== undefined && kind.facts[name]?.reads !== undefined)
      problems.push(`the row shows ${name}, which not everybody may read`);
  }
  if (kind.rating !== undefined && kind.steps[kind.rating] === undefined)
    problems.push(`rating names the unknown step ${kind.rating}`);
  else if (kind.rating !== undefined && kind.steps[kind.rating]?.once !== true)
    problems.push(`rating by ${kind.rating} is not declared to be taken once`);
  if (position !== undefined && kind.facts[position]?.type !== 'position')
    problems.push(`the row has ${position} for a position`);
  if (urgency !== undefined && kind.facts[urgency]?.type !== 'choice')
    problems.push(`the row has ${urgency} for an urgency`);
  return problems;
};

const SHOWN = ['assigned', 'on_the_way', 'on_scene', 'unavailable'];

const checkDispatch = (kind: Kind): readonly string[] => {
  const dispatch = kind.dispatch;
  if (dispatch === undefined) return [];
  const problems = unknown(kind.parts, [dispatch.part], 'dispatch', 'part');
  const offer = kind.steps[dispatch.offer]?.part;
  if (offer?.of !== dispatch.part || offer.from !== 'none')
    problems.push(`dispatch offers by ${dispatch.offer}, which begins no such part`);
  if (kind.facts[dispatch.position]?.type !== 'position')
    problems.push(`dispatch goes to ${dispatch.position}, which is no position`);
  const states = kind.parts[dispatch.part]?.states ?? {};
  for (const [state, { active }] of Object.entries(states)) {
    if (active !== has(dispatch.shows, state)) {
      problems.push(`dispatch ${active ? 'does not show' : 'shows'} a force that is ${state}`);
    }
  }
  problems.push(...unknown(states, Object.keys(dispatch.shows), 'dispatch', `state of part ${dispatch.part}`));
  const strange = Object.values(dispatch.shows).filter((shown) => !SHOWN.includes(shown));
  problems.push(...strange.map((shown) => `dispatch shows a force as ${shown}, which no screen knows`));
  const choices = kind.facts[dispatch.skills.fact]?.choices ?? {};
  return [
    ...problems,
    ...unknown(choices, Object.keys(dispatch.skills.of), 'dispatch', `choice of ${dispatch.skills.fact}`),
  ];
};
