import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { z } from 'zod';
import { StoreError } from '#app/ports.ts';
import type { Store, StoreFault } from '#app/ports.ts';
import { problemSchema } from '#wire/api.ts';
import { problemOf } from '#wire/errors.ts';
import { OPEN } from './context.ts';
import type { App, Served } from './context.ts';

/** `/healthz` (the process lives), `/readyz` (it can do its work), `/metrics` (Prometheus). No personal value in any of them. */
export const healthRoutes = (app: App, served: Served): void => {
  const up = z.object({ status: z.string() });
  app.get(
    '/healthz',
    { schema: { ...OPEN, tags: ['operation'], summary: 'The process lives', response: { 200: up } } },
    () => ({ status: 'ok' }),
  );
  app.get(
    '/readyz',
    {
      schema: {
        ...OPEN,
        tags: ['operation'],
        summary: 'The ledger answers, what was last written to it is there, and the place is ready to be travelled',
        response: { 200: up.extend({ seq: z.number() }), 503: problemSchema },
      },
    },
    async (request, reply) => {
      const fault = served.storeFault() ?? (await faultOfReading(served.site.setup.store));
      if (fault !== null) return reply.status(503).send(problemOf(`store-${fault}`, { request: request.id }));
      if (served.site.dispatching.isReady) return { status: 'ready', seq: served.site.recorder.seq };
      return reply.status(503).send(problemOf('place-preparing', { request: request.id }));
    },
  );
  const registry = metricsOf(app, served);
  app.get(
    '/metrics',
    { schema: { ...OPEN, tags: ['operation'], summary: 'Prometheus metrics' } },
    async (_request, reply) => reply.header('content-type', registry.contentType).send(await registry.metrics()),
  );
};

const faultOfReading = async (store: Store): Promise<StoreFault | null> => {
  try {
    await store.head();
    return null;
  } catch (error) {
    return error instanceof StoreError ? error.fault : 'broken';
  }
};

const metricsOf = (app: App, served: Served): Registry => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, read: () => number): Gauge =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  const { views, recorder } = served.site;
  gauge('qundao_ledger_events', 'Durable events in the ledger', () => recorder.seq);
  gauge('qundao_matters_open', 'Open matters', () => views.book.openCount);
  gauge('qundao_matters_closed', 'Closed matters', () => views.book.closedCount);
  gauge('qundao_forces', 'Forces registered', () => views.roster.size);
  gauge('qundao_screens', 'Screens on the stream', () => served.hub.screens);
  const errors = new Counter({ name: 'qundao_http_errors_total', help: 'Answers of 500 and above', registers });
  const durations = new Histogram({
    name: 'qundao_http_request_seconds',
    help: 'Time to answer, by route and status class',
    labelNames: ['route', 'status'],
    buckets: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3],
    registers,
  });
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    durations.observe({ route, status: `${Math.floor(reply.statusCode / 100)}xx` }, reply.elapsedTime / 1000);
    if (reply.statusCode >= 500) errors.inc();
    done();
  });
  return registry;
};
