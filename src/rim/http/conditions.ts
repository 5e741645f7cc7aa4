import { z } from 'zod';
import type { Instant } from '#core/base/instant.ts';
import { conditionsSchema, weatherSchema } from '#wire/conditions.ts';
import { actorOf } from './context.ts';
import type { App, Served } from './context.ts';
import { refuseWith } from './problems.ts';

/** What travel goes by besides the map: what is closed, and the weather. */
export const conditionRoutes = (app: App, served: Served): void => {
  const { views, weather } = served.site;
  const told = () => ({
    closures: views.closures.all().map((one) => ({ ...one })),
    weather: [...views.weather.areas()].map(([area, series]) => ({ area, series: series.map((one) => ({ ...one })) })),
  });
  app.get(
    '/api/conditions',
    {
      schema: {
        tags: ['places'],
        summary: 'What is closed, by which matter, and the weather told for each sea area',
        response: { 200: conditionsSchema },
      },
    },
    (request) => {
      actorOf(request);
      return told();
    },
  );
  app.put(
    '/api/conditions/weather/:area',
    {
      schema: {
        tags: ['places'],
        summary:
          'Tell the weather of a sea area, observed or forecast; what was told of that time and later is replaced',
        params: z.object({ area: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/) }),
        body: z.object({ series: z.array(weatherSchema).min(1).max(500) }),
        response: { 200: conditionsSchema },
      },
    },
    async (request, reply) => {
      const series = request.body.series.map((one) => ({ ...one, at: one.at as Instant }));
      const done = await weather.tell(request.params.area, series, actorOf(request));
      return done.ok ? reply.send(told()) : refuseWith(reply, { code: done.error });
    },
  );
};
