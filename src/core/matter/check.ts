import { isSlug } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import { LANGUAGES } from '#core/base/text.ts';
import type { Text } from '#core/base/text.ts';
import { checkLoop } from './check-loop.ts';
import { checkNames } from './check-names.ts';
import type { Fact, Kind, Step, Takes } from './kind.ts';
import { checkPublic } from './public.ts';
import { parseFact } from './values.ts';

/**
 * What is wrong with a declaration, in plain English; empty when the machine can run it. docs/RULES.md numbers the rules.
 * @param kind as the machine runs it, the common facts and steps added
 * @param kinds every kind of the deployment, for those a step opens
 * @param roles every role of the deployment
 */
export const checkKind = (kind: Kind, kinds: readonly Kind[], roles: readonly string[]): readonly string[] =>
  [
    ...checkIds(kind),
    ...checkTexts(kind),
    ...Object.entries(kind.facts).flatMap(([name, fact]) => checkFact(name, fact)),
    ...checkPersonal(kind),
    ...checkSets(kind),
    ...checkNames(kind, roles),
    ...checkLoop(kind),
    ...checkPublic(kind, kinds),
    ...Object.entries(kind.steps).flatMap(([name, step]) => checkOpens(kind, name, step, kinds)),
  ].map((problem) => `${kind.id}: ${problem}`);

/** Names stand in addresses and diagrams: small letters, digits and low lines. */
const NAME = /^[a-z][a-z0-9_]{0,39}$/;

const checkIds = (kind: Kind): readonly string[] => {
  const names = [kind.facts, kind.states, kind.steps, kind.outcomes, kind.clocks, kind.parts, kind.measures]
    .flatMap((group) => Object.keys(group))
    .concat(kind.levels.map((level) => level.id));
  const problems = names.filter((name) => !NAME.test(name)).map((name) => `"${name}" is not a plain name`);
  if (!isSlug(kind.id)) problems.push('the id is not small letters, digits and dashes');
  if (kind.levels.length === 0) problems.push('it has no level');
  if (new Set(kind.levels.map((level) => level.id)).size < kind.levels.length) problems.push('two levels have one id');
  if (kind.missions.length === 0) problems.push('it serves no system of the mission');
  return problems;
};

const checkTexts = (kind: Kind): readonly string[] =>
  [...textsOf(kind)].flatMap(([where, words]) =>
    LANGUAGES.filter((language) => words[language].trim() === '').map(
      (language) => `${where} says nothing in ${language}`,
    ),
  );

/** Every text of the declaration and where it stands. */
function* textsOf(kind: Kind): Generator<readonly [where: string, words: Text]> {
  yield ['its name', kind.name];
  yield ['what it is about', kind.about];
  yield ['the name of raising it', kind.raise.name];
  for (const level of kind.levels) yield [`level ${level.id}`, level.name];
  for (const [name, fact] of Object.entries(kind.facts)) {
    yield [`fact ${name}`, fact.name];
    if (fact.unit !== undefined) yield [`the unit of fact ${name}`, fact.unit];
    if (fact.hint !== undefined) yield [`the hint of fact ${name}`, fact.hint];
    for (const [value, words] of Object.entries(fact.choices ?? {})) yield [`choice ${value} of fact ${name}`, words];
  }
  for (const [name, state] of Object.entries(kind.states)) {
    yield [`state ${name}`, state.name];
    yield [`what the reporter reads in state ${name}`, state.tells];
  }
  for (const [name, step] of Object.entries(kind.steps)) {
    yield [`step ${name}`, step.name];
    if (step.danger !== undefined) yield [`the danger of step ${name}`, step.danger];
    for (const need of step.needs ?? []) yield [`what step ${name} says when a need is not met`, need.otherwise];
  }
  for (const [name, outcome] of Object.entries(kind.outcomes)) {
    yield [`outcome ${name}`, outcome.name];
    yield [`what outcome ${name} tells the reporter`, outcome.tells];
  }
  for (const [name, clock] of Object.entries(kind.clocks)) yield [`clock ${name}`, clock.name];
  for (const [name, measure] of Object.entries(kind.measures)) yield [`measure ${name}`, measure.name];
  for (const [name, part] of Object.entries(kind.parts)) {
    yield [`part ${name}`, part.name];
    for (const [state, { name: words }] of Object.entries(part.states)) yield [`state ${state} of part ${name}`, words];
  }
}

const checkFact = (name: string, fact: Fact): readonly string[] => {
  const problems: string[] = [];
  const choices = Object.keys(fact.choices ?? {}).length;
  if (fact.type === 'choice' && choices === 0) problems.push(`fact ${name} is a choice without choices`);
  if (fact.type !== 'choice' && fact.choices !== undefined)
    problems.push(`fact ${name} has choices and is not a choice`);
  const numeric = fact.type === 'integer' || fact.type === 'number';
  if (!numeric && (fact.min ?? fact.max) !== undefined) problems.push(`fact ${name} has bounds and is not a number`);
  if (fact.min !== undefined && fact.max !== undefined && fact.min > fact.max) {
    problems.push(`fact ${name} has its bounds the wrong way round`);
  }
  if (fact.past === true && fact.type !== 'instant') problems.push(`fact ${name} is past and is not an instant`);
  if (fact.personal === true && fact.merge === 'set') {
    problems.push(`personal fact ${name} is a set: sealed values cannot be compared`);
  }
  if (fact.personal === true && fact.open === true)
    problems.push(`personal fact ${name} is open to whoever holds the receipt`);
  return problems;
};

/** A sealed value cannot be looked at: nothing may depend on one, and no list may show one. */
const checkPersonal = (kind: Kind): readonly string[] => {
  const used: (readonly [where: string, fact: string | undefined])[] = [
    ...kind.row.title.map((fact) => ['the row', fact] as const),
    ['the row', kind.row.place],
    ['the row', kind.row.position],
    ['the row', kind.row.urgency],
    ['dispatch', kind.dispatch?.position],
    ['dispatch', kind.dispatch?.skills.fact],
    ['raising', kind.raise.parts?.each],
  ];
  for (const [name, step] of Object.entries(kind.steps)) {
    if (typeof step.level === 'object') used.push([`the level of step ${name}`, step.level.fact]);
    if (typeof step.outcome === 'object') used.push([`the outcome of step ${name}`, step.outcome.fact]);
    used.push([`the link of step ${name}`, step.links?.fact]);
  }
  for (const [name, clock] of Object.entries(kind.clocks)) {
    if (typeof clock.limit_s === 'object' && clock.limit_s.by !== 'level')
      used.push([`clock ${name}`, clock.limit_s.by.fact]);
  }
  return used
    .filter(([, fact]) => fact !== undefined && kind.facts[fact]?.personal === true)
    .map(([where, fact]) => `${where} uses the personal fact ${fact}`);
};

/** What a declaration sets by itself must be what a person could state. */
const checkSets = (kind: Kind): readonly string[] => {
  const all = [
    ['raising', kind.raise.sets] as const,
    ['the public page', kind.public?.sets] as const,
    ...Object.entries(kind.steps).map(([name, step]) => [`step ${name}`, step.sets] as const),
  ];
  return all.flatMap(([where, sets]) =>
    Object.entries(sets ?? {}).flatMap(([name, value]) => {
      const fact = kind.facts[name];
      if (fact === undefined) return [`${where} sets the unknown fact ${name}`];
      return parseFact(name, fact, value, 0 as Instant).ok ? [] : [`${where} sets fact ${name} to what it cannot be`];
    }),
  );
};

const checkOpens = (kind: Kind, name: string, step: Step, kinds: readonly Kind[]): readonly string[] => {
  const opens = step.opens;
  if (opens === undefined) return [];
  const other = kinds.find((one) => one.id === opens.kind);
  if (other === undefined) return [`step ${name} opens the unknown kind ${opens.kind}`];
  const missing = Object.keys(other.raise.takes)
    .filter((theirs) => other.raise.takes[theirs] === 'required' && !isCertain(kind, step, opens.carries[theirs]))
    .map((theirs) => `step ${name} may open ${other.id} without its required fact ${theirs}`);
  const carried = Object.entries(opens.carries).flatMap(([theirs, ours]) => checkCarried(kind, ours, other, theirs));
  return [...missing, ...carried.map((problem) => `step ${name} carries ${problem}`)];
};

/** True when the fact is stated whenever the step is taken. */
const isCertain = (kind: Kind, step: Step, fact: string | undefined): boolean => {
  const states = (takes: Takes, sets: Readonly<Record<string, unknown>> | undefined): boolean =>
    fact !== undefined && (takes[fact] === 'required' || sets?.[fact] !== undefined);
  return states(step.takes, step.sets) || states(kind.raise.takes, kind.raise.sets);
};

const checkCarried = (kind: Kind, ours: string, other: Kind, theirs: string): readonly string[] => {
  const from = kind.facts[ours];
  const to = other.facts[theirs];
  if (from === undefined) return [`the unknown fact ${ours}`];
  if (to === undefined || other.raise.takes[theirs] === undefined) {
    return [`${ours} into ${theirs}, which ${other.id} does not take when raised`];
  }
  const problems: string[] = [];
  if (from.personal === true && to.personal !== true)
    problems.push(`the personal fact ${ours} into ${theirs}, which is not personal`);
  if (from.type !== to.type) problems.push(`${ours} into ${theirs}, which is of another type`);
  if (from.merge !== 'single' && to.merge === 'single')
    problems.push(`many values of ${ours} into ${theirs}, which holds one`);
  const strange = Object.keys(from.choices ?? {}).filter((value) => to.choices?.[value] === undefined);
  if (to.type === 'choice' && strange.length > 0)
    problems.push(`${ours} into ${theirs}, which does not know ${strange.join(', ')}`);
  return problems;
};
