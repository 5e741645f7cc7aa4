import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { instant } from '#core/base/instant.ts';
import { text } from '#core/base/text.ts';
import type { Fact, FactType } from './kind.ts';
import { CLOCK_TOLERANCE_MS, LINE_LENGTH, PARAGRAPH_LENGTH, VALUES_MAX, parseFact } from './values.ts';

const NOW = instant(1_795_000_000_000);
const fact = (type: FactType, more: Partial<Fact> = {}): Fact => ({
  name: text('甲', 'A'),
  type,
  merge: 'single',
  ...more,
});
const parse = (type: FactType, input: unknown, more: Partial<Fact> = {}): unknown => {
  const parsed = parseFact('a', fact(type, more), input, NOW);
  return parsed.ok ? { value: parsed.value } : parsed.error.code;
};
const HEX = 'ab'.repeat(32);
const CHOICES = { choices: { red: text('红', 'Red') } };

const GOOD: readonly (readonly [FactType, unknown, unknown, Partial<Fact>?])[] = [
  ['line', '  渔港东侧 ', '渔港东侧'],
  ['line', '🚤'.repeat(LINE_LENGTH / 2), '🚤'.repeat(LINE_LENGTH / 2)],
  ['paragraph', 'a\n\tb\r\nc', 'a\n\tb\r\nc'],
  ['paragraph', 'x'.repeat(PARAGRAPH_LENGTH), 'x'.repeat(PARAGRAPH_LENGTH)],
  ['integer', -3, -3],
  ['integer', 5, 5, { min: 5, max: 5 }],
  ['number', 0.25, 0.25],
  ['number', -0, 0],
  ['integer', -0, 0],
  ['boolean', false, false],
  ['choice', 'red', 'red', CHOICES],
  ['instant', NOW, NOW],
  ['instant', NOW + CLOCK_TOLERANCE_MS, NOW + CLOCK_TOLERANCE_MS, { past: true }],
  ['instant', NOW + 1e10, NOW + 1e10],
  ['position', { lon: 122.3, lat: 29.9 }, { lon: 122.3, lat: 29.9 }],
  ['position', { lon: -180, lat: 90, accuracy_m: 0 }, { lon: -180, lat: 90, accuracy_m: 0 }],
  ['position', { lon: -0, lat: -0, accuracy_m: -0, speed: 9 }, { lon: 0, lat: 0, accuracy_m: 0 }],
  ['position', { lon: 1, lat: 2, accuracy_m: null }, { lon: 1, lat: 2 }],
  ['phone', '+86 (580) 000-0000', '+86 (580) 000-0000'],
  ['unit', 'ptu-3', 'ptu-3'],
  ['matter', 'PT-261121-0007', 'PT-261121-0007'],
  ['file', HEX, HEX],
];

const BAD: readonly (readonly [FactType, unknown, string, Partial<Fact>?])[] = [
  ['line', '   ', 'fact-invalid'],
  ['line', 7, 'fact-invalid'],
  ['line', 'x'.repeat(LINE_LENGTH + 1), 'fact-invalid'],
  ['line', 'abcd', 'fact-invalid', { max_length: 3 }],
  ['line', 'a\u0000b', 'fact-invalid'],
  ['line', 'a\u001b[31m', 'fact-invalid'],
  ['line', 'a\ud800b', 'fact-invalid'],
  ['paragraph', 'x'.repeat(PARAGRAPH_LENGTH + 1), 'fact-invalid'],
  ['integer', 1.5, 'fact-invalid'],
  ['integer', 2 ** 53, 'fact-invalid'],
  ['integer', '7', 'fact-invalid'],
  ['integer', 4, 'fact-invalid', { min: 5 }],
  ['integer', 6, 'fact-invalid', { max: 5 }],
  ['number', NaN, 'fact-invalid'],
  ['number', Infinity, 'fact-invalid'],
  ['number', 1n, 'fact-invalid'],
  ['boolean', 'true', 'fact-invalid'],
  ['boolean', 1, 'fact-invalid'],
  ['choice', 'green', 'fact-invalid', CHOICES],
  ['choice', 'constructor', 'fact-invalid', CHOICES],
  ['choice', ['red'], 'fact-invalid', CHOICES],
  ['instant', -1, 'fact-invalid'],
  ['instant', 1.5, 'fact-invalid'],
  ['instant', '2026-11-21', 'fact-invalid'],
  ['instant', 253_402_300_800_000, 'fact-invalid'],
  ['instant', NOW + CLOCK_TOLERANCE_MS + 1, 'time-in-future', { past: true }],
  ['position', { lon: 180.001, lat: 0 }, 'position-invalid'],
  ['position', { lon: 0, lat: -90.001 }, 'position-invalid'],
  ['position', { lon: NaN, lat: 0 }, 'position-invalid'],
  ['position', { lon: 0, lat: Infinity }, 'position-invalid'],
  ['position', { lon: '122', lat: 30 }, 'fact-invalid'],
  ['position', { lon: 122 }, 'fact-invalid'],
  ['position', [122, 30], 'fact-invalid'],
  ['position', { lon: 122, lat: 30, accuracy_m: -1 }, 'fact-invalid'],
  ['position', { lon: 122, lat: 30, accuracy_m: NaN }, 'fact-invalid'],
  ['position', { lon: 122, lat: 30, accuracy_m: 100_001 }, 'fact-invalid'],
  ['phone', '12', 'fact-invalid'],
  ['phone', '12345\n', 'fact-invalid'],
  ['phone', 'call me', 'fact-invalid'],
  ['unit', 'PTU 3', 'fact-invalid'],
  ['matter', 'PT-1', 'fact-invalid'],
  ['file', HEX.toUpperCase(), 'fact-invalid'],
  ['file', `../${HEX}`, 'fact-invalid'],
];

describe('K11 values', () => {
  for (const [type, input, value, more] of GOOD) {
    test(`${type} takes ${JSON.stringify(input).slice(0, 40)}`, () =>
      assert.deepEqual(parse(type, input, more), { value }));
  }
  for (const [type, input, code, more] of BAD) {
    const shown = typeof input === 'bigint' ? `${input}n` : JSON.stringify(input).slice(0, 40);
    test(`${type} refuses ${shown} as ${code}`, () => assert.equal(parse(type, input, more), code));
  }

  test('a set or log takes one value or up to a hundred, stored as a list; one bad value refuses all, naming its place', () => {
    const tags = fact('line', { merge: 'set' });
    assert.deepEqual(parseFact('tags', tags, 'a', NOW), { ok: true, value: ['a'] });
    assert.deepEqual(parseFact('tags', tags, ['a', ' b '], NOW), { ok: true, value: ['a', 'b'] });
    const many = parseFact('tags', tags, Array.from({ length: VALUES_MAX + 1 }, String), NOW);
    assert.ok(!many.ok);
    assert.ok(!parseFact('tags', tags, [], NOW).ok);
    const bad = parseFact('tags', tags, ['a', 7], NOW);
    assert.deepEqual(bad.ok ? [] : bad.error.details, [{ path: 'tags[1]', message: 'a text' }]);
    assert.ok(!parseFact('a', fact('line'), ['a'], NOW).ok, 'a single fact takes no list');
  });

  test('K8, K9: whatever is sent for any type, the answer is a code or a value that JSON keeps', () => {
    const types: readonly FactType[] = [
      'line',
      'paragraph',
      'integer',
      'number',
      'boolean',
      'choice',
      'instant',
      'position',
      'phone',
      'unit',
      'matter',
      'file',
    ];
    const input = fc.oneof(
      fc.anything(),
      fc.string({ unit: 'binary' }),
      fc.double(),
      fc.record({ lon: fc.double(), lat: fc.double(), accuracy_m: fc.option(fc.double()) }),
    );
    const kept = fc.property(
      fc.constantFrom(...types),
      fc.constantFrom<Fact['merge']>('single', 'set', 'log'),
      input,
      (type, merge, value) => {
        const parsed = parseFact('a', fact(type, { merge, ...(type === 'choice' ? CHOICES : {}) }), value, NOW);
        if (parsed.ok) assert.deepEqual(JSON.parse(JSON.stringify(parsed.value)), parsed.value);
        else assert.ok(['fact-invalid', 'position-invalid', 'time-in-future'].includes(parsed.error.code));
      },
    );
    fc.assert(kept, { numRuns: 2000 });
  });
});
