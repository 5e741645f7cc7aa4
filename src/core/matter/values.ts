import { isHash, isMatterId, isSlug } from '#core/base/ids.ts';
import { isInstant } from '#core/base/instant.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Json } from '#core/base/json.ts';
import { err, ok } from '#core/base/result.ts';
import type { Result } from '#core/base/result.ts';
import type { Fact, FactType } from './kind.ts';
import { refusal } from './refusal.ts';
import type { Refusal } from './refusal.ts';

/** Longest texts, in characters, where a fact does not say. */
export const LINE_LENGTH = 200;
export const PARAGRAPH_LENGTH = 4000;
/** A device's clock may run this much ahead before its time counts as lying in the future. */
export const CLOCK_TOLERANCE_MS = 120_000;
/** Most steps one request may take on a matter. */
export const STEPS_MAX = 32;
/** Most values one command may add to a set or log. */
export const VALUES_MAX = 100;

/** Control characters other than tab and line ends. */
const CONTROL = /[^\P{Cc}\t\n\r]/u;
export const PHONE = /^\+?[0-9][0-9 ()-]{2,19}$/;

/**
 * Parses what a command states for one fact into the value that is stored. `set` and `log` facts take one value or a list,
 * and are always stored as a list.
 */
export const parseFact = (name: string, fact: Fact, input: unknown, now: Instant): Result<Json, Refusal> => {
  if (fact.merge === 'single') return parseValue(name, fact, input, now);
  const inputs: readonly unknown[] = Array.isArray(input) ? input : [input];
  if (inputs.length === 0 || inputs.length > VALUES_MAX) return invalid(name, `1 to ${VALUES_MAX} values`);
  const values: Json[] = [];
  for (const [index, one] of inputs.entries()) {
    const value = parseValue(`${name}[${index}]`, fact, one, now);
    if (!value.ok) return value;
    values.push(value.value);
  }
  return ok(values);
};

const invalid = (path: string, message: string): Result<never, Refusal> => err(refusal('fact-invalid', path, message));

const parseValue = (path: string, fact: Fact, input: unknown, now: Instant): Result<Json, Refusal> =>
  PARSERS[fact.type](path, fact, input, now);

/** JSON cannot hold minus nought: what is stored must read back as what was decided. */
const unsigned = (value: number): number => (value === 0 ? 0 : value);

type Parser = (path: string, fact: Fact, input: unknown, now: Instant) => Result<Json, Refusal>;

const parseText =
  (length: number): Parser =>
  (path, fact, input) => {
    if (typeof input !== 'string') return invalid(path, 'a text');
    const trimmed = input.trim();
    if (trimmed === '') return invalid(path, 'a text that is not empty');
    if (!trimmed.isWellFormed() || CONTROL.test(trimmed)) return invalid(path, 'a text without control characters');
    const longest = fact.max_length ?? length;
    return trimmed.length > longest ? invalid(path, `at most ${longest} characters`) : ok(trimmed);
  };

const parseNumber =
  (whole: boolean): Parser =>
  (path, fact, input) => {
    if (typeof input !== 'number' || !Number.isFinite(input)) return invalid(path, 'a number');
    if (whole && !Number.isSafeInteger(input)) return invalid(path, 'a whole number');
    if (fact.min !== undefined && input < fact.min) return invalid(path, `at least ${fact.min}`);
    if (fact.max !== undefined && input > fact.max) return invalid(path, `at most ${fact.max}`);
    return ok(unsigned(input));
  };

const parsePattern =
  (test: (text: string) => boolean, what: string): Parser =>
  (path, _fact, input) =>
    typeof input === 'string' && test(input) ? ok(input) : invalid(path, what);

const parseInstant: Parser = (path, fact, input, now) => {
  if (!isInstant(input)) return invalid(path, 'milliseconds since 1970');
  if (fact.past === true && input > now + CLOCK_TOLERANCE_MS) {
    return err(refusal('time-in-future', path, 'not in the future'));
  }
  return ok(unsigned(input));
};

const parsePosition: Parser = (path, _fact, input) => {
  if (typeof input !== 'object' || input === null) return invalid(path, '{lon, lat}');
  const { lon, lat, accuracy_m } = input as Record<string, unknown>;
  if (typeof lon !== 'number' || typeof lat !== 'number') return invalid(path, '{lon, lat} in degrees');
  if (!(Math.abs(lon) <= 180) || !(Math.abs(lat) <= 90)) {
    return err(refusal('position-invalid', path, 'longitude -180…180, latitude -90…90'));
  }
  if (accuracy_m === undefined || accuracy_m === null) return ok({ lon: unsigned(lon), lat: unsigned(lat) });
  if (typeof accuracy_m !== 'number' || !(accuracy_m >= 0 && accuracy_m <= 100_000)) {
    return invalid(`${path}.accuracy_m`, '0 to 100000 metres');
  }
  return ok({ lon: unsigned(lon), lat: unsigned(lat), accuracy_m: unsigned(accuracy_m) });
};

const parseChoice: Parser = (path, fact, input) => {
  const choices = fact.choices ?? {};
  return typeof input === 'string' && Object.hasOwn(choices, input)
    ? ok(input)
    : invalid(path, `one of ${Object.keys(choices).join(', ')}`);
};

const PARSERS: Readonly<Record<FactType, Parser>> = {
  line: parseText(LINE_LENGTH),
  paragraph: parseText(PARAGRAPH_LENGTH),
  integer: parseNumber(true),
  number: parseNumber(false),
  boolean: (path, _fact, input) => (typeof input === 'boolean' ? ok(input) : invalid(path, 'true or false')),
  choice: parseChoice,
  instant: parseInstant,
  position: parsePosition,
  phone: parsePattern((text) => PHONE.test(text), 'a phone number of 3 to 20 digits'),
  unit: parsePattern(isSlug, 'the id of a force or agency'),
  matter: parsePattern(isMatterId, 'the number of a matter'),
  file: parsePattern(isHash, 'the id of a stored file'),
};
