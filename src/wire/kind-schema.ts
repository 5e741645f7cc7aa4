import type { JsonObject } from '#core/base/json.ts';
import type { Text } from '#core/base/text.ts';
import type { Fact, FactType, Kind, Takes } from '#core/matter/kind.ts';
import { publicTakes } from '#core/matter/public.ts';
import { LINE_LENGTH, PARAGRAPH_LENGTH, PHONE, VALUES_MAX } from '#core/matter/values.ts';

/**
 * JSON Schema (draft 2020-12, as OpenAPI 3.1 has it) of what a kind's commands take. For readers of the interface: the
 * machine parses commands itself, and its answer counts.
 */
export const raiseJsonSchema = (kind: Kind): JsonObject => ({
  type: 'object',
  title: words(kind.raise.name),
  description: words(kind.about),
  properties: { kind: { const: kind.id }, facts: factsSchema(kind, kind.raise.takes) },
  required: ['kind', 'facts'],
});

/** Body of a report on the public page: the facts it asks, and no others. */
export const reportJsonSchema = (kind: Kind): JsonObject => ({
  type: 'object',
  title: words(kind.raise.name),
  properties: { facts: factsSchema(kind, publicTakes(kind)) },
  required: ['facts'],
});

/**
 * Body of a step.
 * @throws RangeError when the kind has no such step
 */
export const stepJsonSchema = (kind: Kind, name: string): JsonObject => {
  const step = kind.steps[name];
  if (step === undefined) throw new RangeError(`${kind.id} has no step ${name}`);
  const facts = factsSchema(kind, step.takes);
  const subject: JsonObject = {
    type: 'string',
    pattern: SLUG,
    description: words(kind.parts[step.part?.of ?? '']?.name),
  };
  const about = [words(step.danger), step.once === true ? ONCE : ''].filter((part) => part !== '').join(' — ');
  const required = [...(step.part === undefined ? [] : ['subject']), ...(isAsked(step.takes) ? ['facts'] : [])];
  return {
    type: 'object',
    title: words(step.name),
    ...(about === '' ? {} : { description: about }),
    properties: step.part === undefined ? { facts } : { subject, facts },
    ...(required.length === 0 ? {} : { required }),
  };
};

const ONCE = '每个结论只办一次 · once for each outcome';
const SLUG = '^[a-z0-9][a-z0-9-]{0,63}$';

const isAsked = (takes: Takes): boolean => Object.values(takes).includes('required');

const words = (text: Text | undefined): string => (text === undefined ? '' : `${text.zh} · ${text.en}`);

const factsSchema = (kind: Kind, takes: Takes): JsonObject => {
  const properties: Record<string, JsonObject> = {};
  for (const name of Object.keys(takes)) {
    const fact = kind.facts[name];
    if (fact !== undefined) properties[name] = factSchema(fact);
  }
  const required = Object.keys(takes).filter((name) => takes[name] === 'required');
  return {
    type: 'object',
    properties,
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
};

/** A set or log takes one value or a list of them. */
const factSchema = (fact: Fact): JsonObject => {
  const one = { ...TYPES[fact.type], ...limits(fact) };
  const many: JsonObject = { type: 'array', items: one, minItems: 1, maxItems: VALUES_MAX };
  return {
    title: words(fact.name),
    ...(describe(fact) === '' ? {} : { description: describe(fact) }),
    ...(fact.merge === 'single' ? one : { anyOf: [one, many] }),
  };
};

const describe = (fact: Fact): string =>
  [
    words(fact.hint),
    fact.unit === undefined ? '' : `单位 ${fact.unit.zh} · in ${fact.unit.en}`,
    fact.personal === true ? '个人信息，加密封存 · personal, sealed' : '',
    fact.past === true ? '不能在未来 · not in the future' : '',
    Object.entries(fact.choices ?? {})
      .map(([value, name]) => `${value}: ${words(name)}`)
      .join('; '),
  ]
    .filter((part) => part !== '')
    .join(' — ');

const limits = (fact: Fact): JsonObject => ({
  ...(fact.choices === undefined ? {} : { enum: Object.keys(fact.choices) }),
  ...(fact.min === undefined ? {} : { minimum: fact.min }),
  ...(fact.max === undefined ? {} : { maximum: fact.max }),
  ...(fact.max_length === undefined ? {} : { maxLength: fact.max_length }),
});

const TYPES: Readonly<Record<FactType, JsonObject>> = {
  line: { type: 'string', minLength: 1, maxLength: LINE_LENGTH },
  paragraph: { type: 'string', minLength: 1, maxLength: PARAGRAPH_LENGTH },
  integer: { type: 'integer' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  choice: { type: 'string' },
  instant: { type: 'integer', minimum: 0, description: '1970 年起毫秒 · milliseconds since 1970, UTC' },
  position: {
    type: 'object',
    properties: {
      lon: { type: 'number', minimum: -180, maximum: 180 },
      lat: { type: 'number', minimum: -90, maximum: 90 },
      accuracy_m: { type: ['number', 'null'], minimum: 0, maximum: 100_000 },
    },
    required: ['lon', 'lat'],
  },
  phone: { type: 'string', pattern: PHONE.source },
  unit: { type: 'string', pattern: SLUG },
  matter: { type: 'string', pattern: '^[A-Z]{1,6}-\\d{6}-\\d{4,9}$' },
  file: { type: 'string', pattern: '^[0-9a-f]{64}$' },
};
