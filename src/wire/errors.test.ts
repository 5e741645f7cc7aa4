import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StoreFault } from '#app/ports.ts';
import type { RefusalCode } from '#core/matter/refusal.ts';
import type { NoWay } from '#engines/travel/spi.ts';
import { problemSchema } from './api.ts';
import type { ErrorCode } from './error-catalogue.ts';
import { ERROR_GROUPS, ERRORS } from './error-catalogue.ts';
import { CodedError, isErrorCode, problemOf } from './errors.ts';

/** Does not compile when a ring can refuse with a code that the catalogue lacks. */
type Uncovered = Exclude<RefusalCode | NoWay['code'] | `store-${StoreFault}`, ErrorCode>;
const uncovered: readonly Uncovered[] = [] satisfies readonly never[];

test('every code a ring can give stands in the catalogue', () => {
  const all: readonly never[] = uncovered;
  assert.equal(all.length, 0);
  assert.ok(isErrorCode('forbidden'));
  assert.ok(!isErrorCode('toString'));
});

test('codes are kebab-case, in exactly one group, with an error status, or that of what was taken in and not done yet', () => {
  const codes = ERROR_GROUPS.flatMap((group) => group.codes);
  assert.deepEqual([...codes].sort(), Object.keys(ERRORS).sort());
  assert.equal(new Set(codes).size, codes.length);
  for (const code of codes) {
    assert.match(code, /^[a-z]+(-[a-z]+)*$/);
    const { status } = ERRORS[code];
    assert.ok(status === 202 || (status >= 400 && status < 600), code);
  }
});

test('every text is complete in both languages and ends as a sentence', () => {
  for (const [code, { words, advice }] of Object.entries(ERRORS))
    for (const sentence of [words, advice]) {
      assert.match(sentence.zh, /\p{Script=Han}.*。$/u, code);
      // A value may stand first: a file, an id.
      assert.match(sentence.en, /^[A-Z/{].*\.$/, code);
      const gaps = (one: string) => one.match(/\{\w+\}/g) ?? [];
      assert.deepEqual(gaps(sentence.zh), gaps(sentence.en), code);
    }
});

test('a problem fills its values in and has the shape of the interface', () => {
  const problem = problemOf('account-locked', { values: { minutes: 7 }, request: 'req-1' });
  assert.match(problem.words.zh, /还有 7 分钟/);
  assert.match(problem.words.en, /for 7 more minutes/);
  assert.deepEqual(problemSchema.parse(problem), problem);
});

test('details are left out when there are none, and own words replace those of the catalogue', () => {
  const words = { zh: '先到场。', en: 'Arrive first.' };
  assert.deepEqual(problemOf('need-not-met', { words, details: [] }), {
    code: 'need-not-met',
    words,
    advice: ERRORS['need-not-met'].advice,
  });
});

test('a thrown error says in English what it is', () => {
  assert.equal(
    new CodedError('file-too-large', { values: { limit_mib: 8 } }).message,
    'The file is larger than 8 MiB.',
  );
});
