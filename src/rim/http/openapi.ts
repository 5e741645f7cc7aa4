import type { Kind } from '#core/matter/kind.ts';
import { publicKind } from '#core/matter/public.ts';
import { raiseJsonSchema, reportJsonSchema, stepJsonSchema } from '#wire/kind-schema.ts';
import { OPEN, sendJson } from './context.ts';
import type { App } from './context.ts';

/** `/openapi.json`: what `/docs` shows, for programs. */
export const openApiRoutes = (app: App): void => {
  let text: string | null = null;
  app.get(
    '/openapi.json',
    { schema: { ...OPEN, tags: ['operation'], summary: 'This interface as OpenAPI 3.1' } },
    (_request, reply) => {
      text ??= JSON.stringify(app.swagger());
      return sendJson(reply, text);
    },
  );
};

type Operation = Readonly<Record<string, unknown>>;
export interface Document {
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> };
  readonly paths?: Readonly<Record<string, { readonly post?: Operation }>>;
}

const RAISE = '/api/matters';
export const REPORT = '/api/public/reports';
const STEP = '/api/matters/{id}/steps/{step}';
const nameOf = (kind: Kind, what: string): string => `${kind.id}.${what}`;
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const bodyOf = (names: readonly string[]) => ({
  required: true,
  content: { 'application/json': { schema: names.length === 1 ? ref(names[0] ?? '') : { oneOf: names.map(ref) } } },
});

/**
 * The document with what the declarations add: the body of raising, one choice per kind, that of a report, and one path per step
 * instead of the general one.
 */
export const withKinds = (document: Document, kinds: readonly Kind[]): Document => {
  const schemas: Record<string, unknown> = { ...document.components?.schemas };
  const steps = new Map<string, Kind[]>();
  for (const kind of kinds) {
    schemas[nameOf(kind, 'raise')] = raiseJsonSchema(kind);
    for (const step of Object.keys(kind.steps)) {
      schemas[nameOf(kind, step)] = stepJsonSchema(kind, step);
      steps.set(step, [...(steps.get(step) ?? []), kind]);
    }
  }
  const { [RAISE]: raise, [STEP]: general, ...others } = document.paths ?? {};
  const paths: Record<string, unknown> = { ...others };
  paths[RAISE] = {
    ...raise,
    post: { ...raise?.post, requestBody: bodyOf(kinds.map((kind) => nameOf(kind, 'raise'))) },
  };
  const reported = publicKind(kinds);
  if (reported !== undefined) {
    schemas[nameOf(reported, 'report')] = reportJsonSchema(reported);
    paths[REPORT] = { post: { ...others[REPORT]?.post, requestBody: bodyOf([nameOf(reported, 'report')]) } };
  }
  for (const [step, having] of steps) {
    paths[STEP.replace('{step}', step)] = { post: stepOperation(general?.post, step, having) };
  }
  return { ...document, components: { ...document.components, schemas }, paths } as Document;
};

const stepOperation = (general: Operation | undefined, step: string, kinds: readonly Kind[]): Operation => {
  const parameters = (general?.['parameters'] ?? []) as readonly { readonly name: string }[];
  return {
    ...general,
    operationId: `step_${step}`,
    summary: kinds.map((kind) => `${kind.name.en}: ${kind.steps[step]?.name.en ?? step}`).join(' · '),
    parameters: parameters.filter((one) => one.name !== 'step'),
    requestBody: bodyOf(kinds.map((kind) => nameOf(kind, step))),
  };
};
