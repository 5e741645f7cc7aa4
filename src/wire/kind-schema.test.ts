import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { z } from 'zod';
import { seeded } from '#core/base/random.ts';
import { loadKinds } from '#rim/kinds-loader.ts';
import { TOY } from '../../test/contracts/toy.ts';
import { goodFacts } from '../../test/contracts/walk-gen.ts';
import { raiseJsonSchema, reportJsonSchema, stepJsonSchema } from './kind-schema.ts';

type Schema = Readonly<Record<string, unknown>>;
const accepts = (schema: Schema, value: unknown): boolean => z.fromJSONSchema(schema).safeParse(value).success;
const factsOf = (schema: Schema): Readonly<Record<string, Schema>> =>
  ((schema['properties'] as Record<string, Schema>)['facts']?.['properties'] ?? {}) as Record<string, Schema>;

describe('JSON Schema of a kind’s commands', () => {
  test('raising names the kind, its facts, which are required, and lets nothing else in', () => {
    const schema = raiseJsonSchema(TOY);
    assert.deepEqual(Object.keys(factsOf(schema)), ['title', 'speed', 'helpers', 'tags', 'phone']);
    assert.ok(accepts(schema, { kind: 'toy', facts: { title: 'A', speed: 'fast', tags: ['x'], helpers: 'car-1' } }));
    for (const facts of [
      {},
      { title: '' },
      { title: 'A', speed: 'warp' },
      { title: 'A', unit: 'x' },
      { title: 'x'.repeat(201) },
    ]) {
      assert.ok(!accepts(schema, { kind: 'toy', facts }), JSON.stringify(facts));
    }
    assert.ok(!accepts(schema, { kind: 'other', facts: { title: 'A' } }));
    assert.match(String(factsOf(schema)['phone']?.['description']), /个人信息/);
  });

  test('a report of the public page takes what the page asks, in its order, and nothing else', () => {
    const schema = reportJsonSchema(TOY);
    assert.deepEqual(Object.keys(factsOf(schema)), ['tags', 'title', 'phone']);
    assert.ok(accepts(schema, { facts: { title: 'A' } }));
    assert.ok(!accepts(schema, { facts: { tags: ['x'] } }));
    assert.ok(!accepts(schema, { facts: { title: 'A', speed: 'fast' } }));
  });

  test('a step about a part asks for its subject; one that asks for nothing takes an empty body', () => {
    const come = stepJsonSchema(TOY, 'come');
    assert.deepEqual(come['required'], ['subject']);
    assert.ok(accepts(come, { subject: 'car-1' }));
    assert.ok(!accepts(come, { subject: 'Car 1' }));
    assert.ok(accepts(stepJsonSchema(TOY, 'close'), {}));
    assert.deepEqual(stepJsonSchema(TOY, 'judge')['required'], ['facts']);
    assert.throws(() => stepJsonSchema(TOY, 'nothing'), /toy has no step nothing/);
  });

  test('limits of a fact stand in it', async () => {
    const kinds = await loadKinds();
    const incident = kinds.get('incident');
    assert.ok(incident !== undefined);
    const stars = factsOf(stepJsonSchema(incident, 'rate'))['stars'];
    assert.deepEqual([stars?.['minimum'], stars?.['maximum'], stars?.['type']], [1, 5, 'integer']);
    assert.equal(factsOf(raiseJsonSchema(incident))['caller_name']?.['maxLength'], 60);
  });

  test('what the machine takes, the schema of every step of every kind takes too', async () => {
    for (const kind of (await loadKinds()).values()) {
      const raise = raiseJsonSchema(kind);
      const steps = Object.keys(kind.steps).map(
        (name) => [name, z.fromJSONSchema(stepJsonSchema(kind, name))] as const,
      );
      const taken = fc.property(fc.nat(), (seed) => {
        const random = seeded(seed);
        assert.ok(accepts(raise, { kind: kind.id, facts: goodFacts(random, kind, kind.raise.takes) }));
        for (const [name, schema] of steps) {
          const body = { subject: 'ptu-1', facts: goodFacts(random, kind, kind.steps[name]?.takes ?? {}) };
          assert.ok(schema.safeParse(body).success, `${kind.id} ${name} ${JSON.stringify(body)}`);
        }
      });
      fc.assert(taken, { numRuns: 20 });
    }
  });
});
