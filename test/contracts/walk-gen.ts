import { accountId, siteId } from '#core/base/ids.ts';
import { between, pick } from '#core/base/random.ts';
import type { Random } from '#core/base/random.ts';
import type { Actor } from '#core/matter/actor.ts';
import type { Fact, FactType, Grant, Kind, Step, Takes } from '#core/matter/kind.ts';
import type { Matter } from '#core/matter/matter.ts';
import { MONDAY_10, SITE, actorOf } from './walk.ts';

/** Forces and agencies of the walks. */
export const UNITS = ['ptu-1', 'boat-2', 'agency-3'];

/** A value a person could state for the fact. */
export const goodValue = (random: Random, fact: Fact): unknown => {
  if (fact.merge === 'single' || random() < 0.5) return GOOD[fact.type](random, fact);
  return Array.from({ length: between(random, 1, 3) }, () => GOOD[fact.type](random, fact));
};

const WORDS = ['渔港东侧', 'a man at the sea edge', '  墙被车撞  ', '🚤', 'x'];
const GOOD: Readonly<Record<FactType, (random: Random, fact: Fact) => unknown>> = {
  line: (random) => pick(random, WORDS),
  paragraph: (random) => pick(random, WORDS),
  integer: (random, fact) => between(random, fact.min ?? -5, Math.min(fact.max ?? 5, (fact.min ?? -5) + 20)),
  number: (random, fact) => (fact.min ?? 0) + random() * ((fact.max ?? 1) - (fact.min ?? 0)),
  boolean: (random) => random() < 0.5,
  choice: (random, fact) => pick(random, Object.keys(fact.choices ?? {})),
  instant: (random) => MONDAY_10 - between(random, 0, 1e9),
  position: (random) => ({ lon: 122 + random(), lat: 29.5 + random(), ...(random() < 0.5 ? { accuracy_m: -0 } : {}) }),
  phone: () => '+86 580 000 0000',
  unit: (random) => pick(random, UNITS),
  matter: (random) => `PT-261123-000${between(random, 1, 4)}`,
  file: (random) => pick(random, ['a', 'b', '0']).repeat(64),
};

const GARBAGE: readonly unknown[] = [
  null,
  undefined,
  '',
  '   ',
  0,
  -0,
  -1,
  NaN,
  Infinity,
  1e308,
  2 ** 53,
  true,
  [],
  [[]],
  {},
  [null],
  { lon: 500, lat: 0 },
  { lon: '1', lat: 2 },
  { lon: NaN, lat: NaN },
  { lon: 122, lat: 30, accuracy_m: -1 },
  'x'.repeat(5000),
  '\u0000',
  '\ud800',
  '__proto__',
  'constructor',
  '../../etc',
  'PT-1-1',
  Array.from({ length: 101 }, () => 'x'),
  253_402_300_800_000,
  () => 1,
];

/** What a broken or hostile client could send for any fact. */
const garbage = (random: Random): unknown =>
  pick(
    random,
    GARBAGE.map((value) => ({ value })),
  ).value;

export const goodFacts = (random: Random, kind: Kind, takes: Takes): Record<string, unknown> => {
  const facts: Record<string, unknown> = {};
  for (const name of Object.keys(takes)) {
    const fact = kind.facts[name];
    if (fact !== undefined && (takes[name] === 'required' || random() < 0.4)) facts[name] = goodValue(random, fact);
  }
  return facts;
};

/** Facts of which some are missing, some unknown, and some are not what they should be. */
export const badFacts = (random: Random, kind: Kind, takes: Takes): Record<string, unknown> => {
  const facts = goodFacts(random, kind, takes);
  const names = [...Object.keys(kind.facts), '__proto__', 'constructor', 'nonsense', ''];
  for (let count = between(random, 0, 3); count > 0; count -= 1) {
    const name = pick(random, names);
    if (random() < 0.2) delete facts[name];
    else Object.defineProperty(facts, name, { value: garbage(random), enumerable: true, configurable: true });
  }
  return facts;
};

/** Anybody: random roles, units and sites, sometimes holding the receipt. */
export const anyActor = (random: Random, kind: Kind, matter: Matter | null): Actor => {
  const granted = [...kind.raise.who, ...kind.sees, ...Object.values(kind.steps).flatMap((step) => step.who)];
  const roles = [...new Set(['passer-by', ...granted.map((grant) => grant.role)])].filter(() => random() < 0.3);
  const sites = random() < 0.6 ? ('*' as const) : random() < 0.5 ? [SITE] : [siteId('zs-elsewhere')];
  const units = UNITS.filter(() => random() < 0.4);
  const account = accountId(pick(random, ['wang', 'li', 'chen']));
  return { account, roles, sites, units, ...(matter !== null && random() < 0.2 ? { receipt: matter.id } : {}) };
};

/** Somebody one of the grants covers; null when it is bound to nobody there is. */
export const suitedActor = (grants: readonly Grant[], matter: Matter | null, subject: string | null): Actor | null => {
  for (const { role, bound } of grants) {
    if (bound === undefined) return actorOf(role);
    if (bound === 'subject' && subject !== null) return actorOf(role, { units: [subject] });
    if (matter === null) continue;
    if (bound === 'raiser') return actorOf(role, { account: matter.raised_by });
    if (bound === 'receipt') return actorOf(role, { receipt: matter.id });
    if (typeof bound !== 'object') continue;
    const units =
      'part' in bound
        ? Object.values(matter.parts)
            .filter((one) => one.part === bound.part)
            .map((one) => one.subject)
        : (matter.facts[bound.fact]?.stated ?? []).flatMap(({ value }) => (typeof value === 'string' ? [value] : []));
    if (units.length > 0) return actorOf(role, { units });
  }
  return null;
};

/** Subjects a step could be about. */
export const subjectsOf = (matter: Matter, step: Step): readonly (string | null)[] => {
  if (step.part === undefined) return [null];
  if (step.part.from === 'none') return UNITS;
  return Object.values(matter.parts)
    .filter((one) => one.part === step.part?.of)
    .map((one) => one.subject);
};

/** Every combination of the choices a step asks for, the other facts filled in: what its rules may depend on. */
export const choicesOf = (random: Random, kind: Kind, takes: Takes): readonly Record<string, unknown>[] => {
  let all: readonly Record<string, unknown>[] = [goodFacts(random, kind, takes)];
  for (const name of Object.keys(takes)) {
    const fact = kind.facts[name];
    if (fact?.type !== 'choice' || takes[name] !== 'required') continue;
    all = all.flatMap((facts) => Object.keys(fact.choices ?? {}).map((value) => ({ ...facts, [name]: value })));
  }
  return all;
};
