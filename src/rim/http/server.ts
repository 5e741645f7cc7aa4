import { existsSync } from 'node:fs';
import path from 'node:path';
import compress from '@fastify/compress';
import cookie from '@fastify/cookie';
import multipart from '@fastify/multipart';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import websocket from '@fastify/websocket';
import Fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject, validatorCompiler } from 'fastify-type-provider-zod';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { conditionRoutes } from './conditions.ts';
import { asksInterface } from './context.ts';
import type { App, Served } from './context.ts';
import { fileRoutes } from './files.ts';
import { forceRoutes } from './forces.ts';
import { healthRoutes } from './health.ts';
import { ledgerRoutes } from './ledger.ts';
import { countStrangers, rateLimits } from './limits.ts';
import { matterRoutes } from './matters.ts';
import { openApiRoutes, withKinds } from './openapi.ts';
import type { Document } from './openapi.ts';
import { placeRoutes } from './places.ts';
import { positionRoutes } from './positions.ts';
import { onError, refuse } from './problems.ts';
import { publicRoutes } from './public.ts';
import { ANSWER_HEADERS, securityHeaders } from './security-headers.ts';
import { installSessions, sessionRoutes } from './session.ts';
import { siteRoutes } from './sites.ts';
import { streamRoutes } from './stream.ts';
import { travelRoutes } from './travel.ts';

export interface ServerOptions {
  readonly logger: FastifyBaseLogger;
  readonly trust_proxy: boolean | readonly string[];
}

/** Faces with a page of their own. */
const FACES = ['desk', 'field', 'public'];

/** The whole HTTP and stream interface, ready to listen. */
export const buildServer = async (served: Served, options: ServerOptions): Promise<App> => {
  const app = Fastify({
    loggerInstance: options.logger,
    trustProxy: typeof options.trust_proxy === 'boolean' ? options.trust_proxy : [...options.trust_proxy],
    bodyLimit: served.limits.body_bytes,
    // A request's path and query may name matters but never hold personal data or secrets; bodies are not logged at all.
    logController: new LogController({ disableRequestLogging: true }),
    forceCloseConnections: true,
    genReqId: requestIds(),
    // A logger of its own for each request would only add the request's id: whoever logs names it.
    childLoggerFactory: (logger) => logger,
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  // Answers are built from typed values; checking them again at run time would only cost. Tests check them against the schemas.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setErrorHandler(onError);
  app.setNotFoundHandler((_request, reply) => refuse(reply, 'route-unknown'));
  await installPlugins(app, served);
  installSessions(app, served);
  countStrangers(app);
  healthRoutes(app, served);
  sessionRoutes(app, served);
  placeRoutes(app, served);
  conditionRoutes(app, served);
  matterRoutes(app, served);
  forceRoutes(app, served);
  positionRoutes(app, served);
  travelRoutes(app, served);
  await app.register(async (scope) => {
    await scope.register(multipart, {
      limits: { fileSize: served.limits.file_bytes, files: 1, fields: 5 },
      // Whoever takes the file refuses one that was cut off, and says how large it may be.
      throwFileSizeLimit: false,
    });
    fileRoutes(scope.withTypeProvider<ZodTypeProvider>(), served);
  });
  publicRoutes(app, served);
  ledgerRoutes(app, served);
  siteRoutes(app, served);
  streamRoutes(app, served);
  openApiRoutes(app);
  await serveScreens(app, served);
  return app;
};

/**
 * What every route needs. What only some do is registered with those, in a scope of its own: its hooks would run for every step
 * that is taken.
 */
const installPlugins = async (app: App, served: Served): Promise<void> => {
  const headers = await securityHeaders();
  app.addHook('onRequest', (request, reply, next) => {
    void reply.headers(asksInterface(request) ? ANSWER_HEADERS : headers);
    next();
  });
  await app.register(cookie);
  await app.register(compress, { global: false });
  await app.register(rateLimit, rateLimits(served.limits.requests_per_minute));
  // Its hooks answer who asks for a stream where there is none, so they belong to every route.
  await app.register(websocket, { options: { maxPayload: 65_536 } });
  const kinds = [...served.site.views.kinds.values()];
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Qundao 群岛',
        description: 'Public-safety operations for places made of islands.',
        version: served.about.version,
        license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
      },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      security: [{ bearer: [] }],
    },
    transform: jsonSchemaTransform,
    transformObject: (input) =>
      withKinds(jsonSchemaTransformObject(input) as Document, kinds) as ReturnType<typeof jsonSchemaTransformObject>,
  });
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: true });
};

const serveScreens = async (app: App, served: Served): Promise<void> => {
  const { web_dir } = served;
  if (web_dir === null || !existsSync(web_dir)) return;
  await app.register(fastifyStatic, {
    root: web_dir,
    // The build lays a smaller one beside each of them.
    preCompressed: true,
    setHeaders: (reply, file) => {
      // Built files carry their hash in the name; pages must be asked for again.
      const lasting = file.includes(`${path.sep}assets${path.sep}`);
      void reply.header('cache-control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  for (const face of FACES) {
    app.get(`/${face}`, { schema: { hide: true } }, (_request, reply) => reply.redirect(`/${face}/`));
  }
};

/** Short, unique within a run; what a person reads to whoever keeps the log. */
const requestIds = (): (() => string) => {
  let count = 0;
  return () => `r${(count += 1).toString(36)}`;
};
