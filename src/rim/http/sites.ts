import { sitesSchema } from '#wire/sites.ts';
import { actorOf } from './context.ts';
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
      return served.sites?.() ?? { sites: [], holds: false, alarms: [] };
    },
  );
};
