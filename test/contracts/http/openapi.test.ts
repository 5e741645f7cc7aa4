import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';
import { z } from 'zod';
import { loadKinds } from '#rim/kinds-loader.ts';
import { Client } from '../../harness/client.ts';
import { startServer, tempDir } from '../../harness/server.ts';

const { dir, remove } = tempDir();
const server = await startServer({ data_dir: dir });
after(async () => {
  await server.kill();
  remove();
});
const client = new Client(server.url);
const kinds = [...(await loadKinds()).values()];

/** What OpenAPI 3.1 asks of a document, as far as this one uses it. */
const parameter = z.strictObject({
  name: z.string(),
  in: z.enum(['path', 'query', 'header']),
  required: z.boolean().optional(),
  schema: z.looseObject({}),
  description: z.string().optional(),
});
const content = z.record(z.string(), z.strictObject({ schema: z.looseObject({}) }));
const operation = z.strictObject({
  tags: z.array(z.string()).min(1),
  summary: z.string().min(1),
  description: z.string().min(1).optional(),
  operationId: z.string().optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  parameters: z.array(parameter).optional(),
  requestBody: z.strictObject({ required: z.boolean().optional(), content }).optional(),
  responses: z.record(
    z.string().regex(/^(\d{3}|default)$/),
    z.looseObject({ description: z.string(), content: content.optional() }),
  ),
});
const methods = z.strictObject({
  get: operation.optional(),
  post: operation.optional(),
  put: operation.optional(),
  delete: operation.optional(),
});
const documentSchema = z.strictObject({
  openapi: z.literal('3.1.0'),
  info: z.strictObject({
    title: z.string(),
    description: z.string(),
    version: z.string(),
    license: z.strictObject({ name: z.string(), identifier: z.string() }),
  }),
  components: z.strictObject({
    securitySchemes: z.record(z.string(), z.looseObject({ type: z.string() })),
    schemas: z.record(z.string().regex(/^[\w.-]+$/), z.looseObject({})),
  }),
  paths: z.record(z.string().startsWith('/'), methods),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  tags: z.array(z.unknown()).optional(),
  servers: z.array(z.unknown()).optional(),
});
type Document = z.infer<typeof documentSchema>;
const answer = await client.get('/openapi.json');
const document: Document = documentSchema.parse(answer.json);
const operations = Object.entries(document.paths).flatMap(([at, item]) =>
  Object.entries(item).map(([method, one]) => ({ at, method, operation: one as z.infer<typeof operation> })),
);

/** Every value under a key of that name, anywhere in the document. */
const under = (value: unknown, key: string): readonly unknown[] => {
  if (Array.isArray(value)) return value.flatMap((one) => under(one, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]: [string, unknown]) => [
    ...(name === key ? [one] : []),
    ...under(one, key),
  ]);
};

describe('the interface document', () => {
  it('is served as JSON of OpenAPI 3.1', () => {
    assert.equal(answer.status, 200);
    assert.match(String(answer.headers['content-type']), /^application\/json/);
    assert.ok(operations.length > 60);
  });
  it('has no reference that leads nowhere', () => {
    const refs = under(document, '$ref');
    assert.ok(refs.length > 50);
    for (const ref of refs) {
      const path = String(ref).split('/').slice(1);
      const target = path.reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], document);
      assert.notEqual(target, undefined, `${String(ref)} is missing`);
    }
  });
  it('declares exactly the parameters its paths have', () => {
    for (const { at, method, operation: one } of operations) {
      const inPath = [...at.matchAll(/\{(\w+)\}/g)].map((match) => String(match[1]));
      const declared = (one.parameters ?? []).filter((parameter) => parameter.in === 'path');
      assert.deepEqual(declared.map((parameter) => parameter.name).toSorted(), inPath.toSorted(), `${method} ${at}`);
      assert.ok(declared.every((parameter) => parameter.required === true));
    }
  });
  it('names operations once', () => {
    const ids = operations.map((one) => one.operation.operationId).filter((id) => id !== undefined);
    assert.equal(new Set(ids).size, ids.length);
  });
  it('has every declared kind and every step of each, with the facts they take', () => {
    assert.ok(kinds.length >= 3);
    for (const kind of kinds) {
      const raise = document.components.schemas[`${kind.id}.raise`];
      const named = JSON.stringify(document.paths['/api/matters']?.post?.requestBody);
      assert.ok(named.includes(`#/components/schemas/${kind.id}.raise`), kind.id);
      for (const fact of Object.keys(kind.raise.takes))
        assert.ok(JSON.stringify(raise).includes(`"${fact}"`), `${kind.id} ${fact}`);
      for (const [name, step] of Object.entries(kind.steps)) {
        const post = document.paths[`/api/matters/{id}/steps/${name}`]?.post;
        assert.ok(
          JSON.stringify(post?.requestBody).includes(`#/components/schemas/${kind.id}.${name}`),
          `${kind.id} ${name}`,
        );
        for (const fact of Object.keys(step.takes)) {
          assert.ok(
            JSON.stringify(document.components.schemas[`${kind.id}.${name}`]).includes(`"${fact}"`),
            `${kind.id} ${name} ${fact}`,
          );
        }
      }
    }
  });
  it('says what a report of the public page takes: what the declaration asks there', () => {
    const asking = kinds.filter((kind) => kind.public !== undefined);
    const body = JSON.stringify(document.paths['/api/public/reports']?.post?.requestBody);
    for (const kind of asking) {
      assert.ok(body.includes(`#/components/schemas/${kind.id}.report`), kind.id);
      const [facts] = under(document.components.schemas[`${kind.id}.report`], 'facts') as { properties: object }[];
      assert.deepEqual(Object.keys(facts?.properties ?? {}), kind.public?.asks);
    }
    assert.equal(asking.length, 1);
  });
  it('is shown as a page for people', async () => {
    const page = await client.get('/docs/');
    assert.equal(page.status, 200);
    assert.match(String(page.headers['content-type']), /^text\/html/);
    for (const [, at] of page.text.matchAll(/(?:src|href)="\.?\/?([^"#]+\.(?:js|css))"/g)) {
      assert.equal((await client.get(`/docs/${String(at).replace(/^docs\//, '')}`)).status, 200, String(at));
    }
    const described = await client.get('/docs/json');
    assert.deepEqual(
      Object.keys((described.json as Document).paths).toSorted(),
      Object.keys(document.paths).toSorted(),
    );
  });
});
