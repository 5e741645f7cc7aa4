import { z } from 'zod';
import { CodedError } from '#wire/errors.ts';
import { sitesSchema } from '#wire/sites.ts';
import { actorOf, requireRole } from './context.ts';
import type { App, Served } from './context.ts';

/** How the other sites of the deployment stand, as this one knows it. */
export const siteRoutes = (app: App, served: Served): void => {
  app.get(
    '/api/sites',
    {
      schema: {
        tags: ['sites'],
        summary: 'Every site of the deployment: link, clock, how much of its ledger is held here',
        response: { 200: sitesSchema },
      },
    },
    (request) => {
      actorOf(request);
      return served.sites?.() ?? { sites: [], holds: false, outbox: [], alarms: [] };
    },
  );
  app.post(
    '/api/sites/outbox/:ask/withdraw',
    {
      schema: {
        tags: ['sites'],
        summary: 'Take back a step that was asked of another site and is not answered yet',
        params: z.object({ ask: z.coerce.number().int().min(1) }),
        response: { 200: sitesSchema },
      },
    },
    async (request) => {
      requireRole(request, ['dispatcher', 'commander']);
      const isBack = await served.site.asking.withdraw(request.params.ask, actorOf(request));
      if (!isBack || served.sites === null) throw new CodedError('ask-settled');
      return served.sites();
    },
  );
};
