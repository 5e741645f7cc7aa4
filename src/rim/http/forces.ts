import { z } from 'zod';
import type { ForceId } from '#core/base/ids.ts';
import { forceView } from '#app/queries/matter-view.ts';
import type { Force } from '#world/forces/force.ts';
import { seesForce } from '#rim/stream/hub.ts';
import { forceSchema } from '#wire/api.ts';
import { forceFieldsSchema, forceIdSchema } from '#wire/force-record.ts';
import { LONG, actorOf } from './context.ts';
import type { App, Served } from './context.ts';
import { refuseWith } from './problems.ts';

const forceParams = z.object({ id: z.string().min(1).max(64) });

export const forceRoutes = (app: App, served: Served): void => {
  const { views, forces } = served.site;
  app.get(
    '/api/forces',
    {
      ...LONG,
      schema: {
        tags: ['forces'],
        summary: 'Forces the session may see',
        response: { 200: z.object({ forces: z.array(forceSchema) }) },
      },
    },
    (request) => {
      const actor = actorOf(request);
      const seen = [...views.roster.all()].filter((one) => seesForce(actor, one.force.id));
      return { forces: seen.map((one) => forceView(views, one)) };
    },
  );
  app.post(
    '/api/forces/:id/duty',
    {
      schema: {
        tags: ['forces'],
        summary: 'On or off duty, or unavailable with a reason',
        params: forceParams,
        body: z.object({ on_duty: z.boolean(), unavailable: z.string().trim().min(1).max(200).nullish() }),
        response: { 200: forceSchema },
      },
    },
    async (request, reply) => {
      const { on_duty, unavailable } = request.body;
      const duty = { on_duty, unavailable: unavailable ?? null };
      const changed = await forces.duty(request.params.id as ForceId, duty, actorOf(request));
      return changed.ok ? reply.send(forceView(views, changed.value)) : refuseWith(reply, { code: changed.error });
    },
  );
  app.put(
    '/api/forces/:id',
    {
      schema: {
        tags: ['forces'],
        summary: 'Register a force',
        params: z.object({ id: forceIdSchema }),
        body: forceFieldsSchema,
        response: { 200: forceSchema },
      },
    },
    async (request, reply) => {
      const force = { id: request.params.id, ...request.body } as unknown as Force;
      const registered = await forces.register([force], actorOf(request));
      const standing = views.roster.get(force.id);
      if (!registered.ok || standing === null)
        return refuseWith(reply, { code: registered.ok ? 'internal' : registered.error });
      return reply.send(forceView(views, standing));
    },
  );
};
