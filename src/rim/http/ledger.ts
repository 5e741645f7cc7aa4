import { z } from 'zod';
import { LONG, requireRole, sendJson } from './context.ts';
import type { App, Served } from './context.ts';

/** Who may read the ledger as it is: sealed facts stay sealed in it. */
const READS_LEDGER = ['auditor', 'admin'];

export const ledgerRoutes = (app: App, served: Served): void => {
  const { store } = served.site.setup;
  app.get(
    '/api/ledger',
    {
      ...LONG,
      schema: {
        tags: ['ledger'],
        summary: 'Events as they are stored, with their hashes, and the signed head',
        querystring: z.object({
          after: z.coerce.number().int().min(0).default(0),
          limit: z.coerce.number().int().min(1).max(1000).default(200),
        }),
      },
    },
    async (request, reply) => {
      requireRole(request, READS_LEDGER);
      const { after, limit } = request.query;
      const [events, head] = await Promise.all([store.read(after, limit), store.head()]);
      // The texts go out byte for byte: whoever verifies them hashes exactly what is stored.
      const lines = events.map(
        (event) =>
          `{"seq":${event.seq},"hash":"${event.hash}","text":${JSON.stringify(event.text)},"event":${event.text}}`,
      );
      return sendJson(reply, `{"events":[${lines.join(',')}],"head":${JSON.stringify(head)}}`);
    },
  );
};
