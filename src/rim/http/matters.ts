import { z } from 'zod';
import type { FastifyRequest } from 'fastify';
import { isMatterId } from '#core/base/ids.ts';
import type { ForceId, MatterId } from '#core/base/ids.ts';
import type { Kind } from '#core/matter/kind.ts';
import type { Matter } from '#core/matter/matter.ts';
import { maySee } from '#core/matter/access.ts';
import { applyChange, blank } from '#core/matter/evolve.ts';
import { parseFact } from '#core/matter/values.ts';
import type { Json } from '#core/base/json.ts';
import type { Journey, NoWay } from '#engines/travel/spi.ts';
import { positionOf } from '#app/dispatching.ts';
import { resembling } from '#app/queries/duplicates.ts';
import { eventView, matterView } from '#app/queries/matter-view.ts';
import { listRows } from '#app/queries/rows.ts';
import { routeView } from '#app/queries/travel-view.ts';
import { CodedError } from '#wire/errors.ts';
import {
  doneSchema,
  duplicatesQuerySchema,
  duplicatesSchema,
  eventSchema,
  journeySchema,
  matterRowSchema,
  matterSchema,
  previewSchema,
  raiseSchema,
  rankingSchema,
  searchSchema,
  takeStepSchema,
  unsealSchema,
  unsealedSchema,
} from '#wire/api.ts';
import { LONG, actorOf, asRaised, keyOf, requireRole } from './context.ts';
import type { App, Served } from './context.ts';
import { refuseWith } from './problems.ts';
import { stepsRoute } from './steps.ts';

const idParams = z.object({ id: z.string().max(40) });
const stepParams = z.object({ id: z.string().max(40), step: z.string().max(64) });
const journeyParams = z.object({ id: z.string().max(40), force: z.string().max(64) });
/** Anything else is refused, so that no address comes to hold words somebody searches for (P4). */
const listQuery = z.strictObject({
  state: z.enum(['open', 'closed', 'all']).default('open'),
  kind: z.string().max(64).optional(),
  unit: z.string().max(64).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(200),
  before: z.string().max(40).optional(),
});
const pageSchema = z.object({ rows: z.array(matterRowSchema), seq: z.number(), next: z.string().nullable() });
/** May rank forces: the command room, and who audits it. */
const RANKS = ['dispatcher', 'commander', 'auditor'];

/** A matter the session may see, whole, with its kind; refused as unknown otherwise, so that nothing is learned by asking. */
const seen = async (served: Served, request: FastifyRequest, id: string): Promise<{ kind: Kind; matter: Matter }> => {
  const actor = actorOf(request);
  const matter = isMatterId(id) ? await served.site.matters.whole(id) : null;
  const kind = matter === null ? undefined : served.site.views.kinds.get(matter.kind);
  if (matter === null || kind === undefined || !maySee(kind, actor, matter)) throw new CodedError('matter-unknown');
  return { kind, matter };
};

export const matterRoutes = (app: App, served: Served): void => {
  readRoutes(app, served);
  commandRoutes(app, served);
  stepsRoute(app, served);
  duplicateRoute(app, served);
  dispatchRoutes(app, served);
  personalRoutes(app, served);
};

const readRoutes = (app: App, served: Served): void => {
  const { views, matters } = served.site;
  const list = (request: FastifyRequest, asked: z.infer<typeof listQuery>, words: string | null) => {
    const { state, kind = null, unit = null, limit, before = null } = asked;
    const { rows, next } = listRows(views, actorOf(request), { state, kind, unit, words, limit, before });
    return { rows: [...rows], seq: views.position, next };
  };
  app.get(
    '/api/matters',
    {
      ...LONG,
      schema: {
        tags: ['matters'],
        summary: 'Matters the session may see: open ones, last raised first; then closed ones, last closed first',
        querystring: listQuery,
        response: { 200: pageSchema },
      },
    },
    (request) => list(request, request.query, null),
  );
  app.post(
    '/api/matters/search',
    {
      schema: {
        tags: ['matters'],
        summary:
          'Matters the session may see whose number, title or place holds every one of the words, in the order of the list',
        body: searchSchema,
        response: { 200: pageSchema },
      },
    },
    (request) => list(request, request.body, request.body.words),
  );
  app.get(
    '/api/matters/:id',
    { schema: { tags: ['matters'], summary: 'One matter', params: idParams, response: { 200: matterSchema } } },
    async (request) => {
      const { kind, matter } = await seen(served, request, request.params.id);
      return matterView(kind, matter, actorOf(request), matter.site === views.site || served.sites !== null);
    },
  );
  app.get(
    '/api/matters/:id/events',
    {
      ...LONG,
      schema: {
        tags: ['matters'],
        summary: 'What happened to a matter, in order',
        params: idParams,
        response: { 200: z.object({ events: z.array(eventSchema) }) },
      },
    },
    async (request) => {
      const { matter } = await seen(served, request, request.params.id);
      const events = await matters.events(matter.id);
      return { events: events.map((event) => eventView(views, event, matter, actorOf(request))) };
    },
  );
};

const commandRoutes = (app: App, served: Served): void => {
  const { commands } = served.site;
  app.post(
    '/api/matters',
    { schema: { tags: ['matters'], summary: 'Raise a matter', body: raiseSchema, response: { 201: doneSchema } } },
    async (request, reply) => {
      const { kind, facts } = request.body;
      const done = await commands.raise(
        { kind, facts: asRaised(served, kind, facts) },
        { actor: actorOf(request), key: keyOf(request) },
      );
      return done.ok ? reply.status(201).send(done.value as never) : refuseWith(reply, done.error);
    },
  );
  app.post(
    '/api/matters/:id/steps/:step',
    {
      schema: {
        tags: ['matters'],
        summary: 'Take a step the kind declares',
        params: stepParams,
        body: takeStepSchema,
        response: { 200: doneSchema },
      },
    },
    async (request, reply) => {
      const { id, step } = request.params;
      const { subject, facts } = request.body;
      if (!isMatterId(id)) throw new CodedError('matter-unknown');
      const stepping = { matter: id, step, subject: subject ?? null, facts };
      const done = await commands.step(stepping, { actor: actorOf(request), key: keyOf(request) });
      return done.ok ? reply.send(done.value as never) : refuseWith(reply, done.error);
    },
  );
  app.post(
    '/api/matters/:id/engagements',
    {
      schema: {
        tags: ['dispatch'],
        summary: "Offer the matter to a force (the kind's own offer step)",
        params: idParams,
        body: z.object({ force: z.string().min(1).max(64) }),
        response: { 200: doneSchema },
      },
    },
    async (request, reply) => {
      const { matter, kind } = await seen(served, request, request.params.id);
      const step = kind.dispatch?.offer;
      if (step === undefined) throw new CodedError('step-unknown');
      const stepping = { matter: matter.id, step, subject: request.body.force, facts: {} };
      const done = await commands.step(stepping, { actor: actorOf(request), key: keyOf(request) });
      return done.ok ? reply.send(done.value as never) : refuseWith(reply, done.error);
    },
  );
};

const duplicateRoute = (app: App, served: Served): void => {
  const { views } = served.site;
  app.post(
    '/api/duplicates',
    {
      schema: {
        tags: ['matters'],
        summary: 'Open matters that may be about the same',
        body: duplicatesQuerySchema,
        response: { 200: duplicatesSchema },
      },
    },
    (request) => {
      const { kind, position, words } = request.body;
      const at = position === null || position === undefined ? null : ([position.lon, position.lat] as const);
      return { rows: [...resembling(views, { kind, at, words }, actorOf(request), served.now())] };
    },
  );
};

const dispatchRoutes = (app: App, served: Served): void => {
  const { dispatching, views } = served.site;
  const ranked = (kind: Kind, matter: Pick<Matter, 'facts' | 'level' | 'parts'>) => {
    const ranking = dispatching.candidates(kind, matter);
    if (ranking === null) throw new CodedError('need-not-met', { words: NO_PLACE });
    return { ...(ranking as unknown as Omit<z.infer<typeof rankingSchema>, 'at_ms'>), at_ms: served.now() as number };
  };
  app.get(
    '/api/matters/:id/candidates',
    {
      schema: {
        tags: ['dispatch'],
        summary: 'Forces ranked, with reasons',
        params: idParams,
        response: { 200: rankingSchema },
      },
    },
    async (request) => {
      requireRole(request, RANKS);
      const { kind, matter } = await seen(served, request, request.params.id);
      return ranked(kind, matter);
    },
  );
  app.post(
    '/api/candidates',
    {
      schema: {
        tags: ['dispatch'],
        summary: 'Forces ranked for what is being written down',
        body: previewSchema,
        response: { 200: rankingSchema },
      },
    },
    (request) => {
      const actor = requireRole(request, RANKS);
      const kind = views.kinds.get(request.body.kind);
      if (kind === undefined) throw new CodedError('kind-unknown');
      return ranked(kind, drafted(kind, request.body.facts, { actor, now: served.now(), site: views.site }));
    },
  );
  app.get(
    '/api/matters/:id/journeys/:force',
    {
      schema: {
        tags: ['dispatch'],
        summary: 'How a force would get there',
        params: journeyParams,
        response: { 200: journeySchema },
      },
    },
    async (request) => {
      const { kind, matter } = await seen(served, request, request.params.id);
      const actor = actorOf(request);
      const { force } = request.params;
      const standing = views.roster.get(force as ForceId);
      if (!actor.units.includes(force)) requireRole(request, RANKS);
      const to = positionOf(kind, matter.facts);
      if (standing === null) throw new CodedError('force-unknown');
      if (to === null) throw new CodedError('need-not-met', { words: NO_PLACE });
      return journeyView(force, dispatching.journey(standing, to));
    },
  );
};

const NO_PLACE = { zh: '还没有位置，无法推荐力量。', en: 'There is no position yet, so forces cannot be ranked.' };

const journeyView = (force: string, journey: Journey | NoWay): z.infer<typeof journeySchema> => {
  const { duration_s, distance_m, legs } = routeView(journey);
  const reason = 'legs' in journey ? null : journey.words;
  const drawn = legs.map((leg) => ({ ...leg, line: leg.line.map(([lon, lat]): [number, number] => [lon, lat]) }));
  return { force, duration_s, distance_m, reason, legs: drawn };
};

/** A matter as far as it is written down: facts that do not parse yet are left out. */
const drafted = (
  kind: Kind,
  facts: Readonly<Record<string, unknown>>,
  context: Parameters<typeof applyChange>[3],
): Matter => {
  const stated: Record<string, Json> = {};
  for (const [name, input] of Object.entries(facts)) {
    const fact = Object.hasOwn(kind.facts, name) ? kind.facts[name] : undefined;
    const value = fact === undefined || fact.personal === true ? null : parseFact(name, fact, input, context.now);
    if (value?.ok === true) stated[name] = value.value;
  }
  const seed = applyChange(kind, blank(kind, '' as MatterId, context), { facts: stated }, context);
  const urgent = kind.raise.level?.find(
    (rule) => 'fact' in rule.when && rule.when.in.includes(stated[rule.when.fact] ?? null),
  );
  return urgent === undefined ? seed : { ...seed, level: urgent.level };
};

/** One that is missing or too short is refused by the use case, in words that say what a purpose is for. */
const purposeSchema = z.string().max(200).default('');

const personalRoutes = (app: App, served: Served): void => {
  const { personal } = served.site;
  app.post(
    '/api/matters/:id/unseal',
    {
      schema: {
        tags: ['personal data'],
        summary: 'Read sealed facts for a purpose; leaves an event',
        params: idParams,
        body: unsealSchema.extend({ purpose: purposeSchema }),
        response: { 200: unsealedSchema },
      },
    },
    async (request, reply) => {
      const { facts, purpose } = request.body;
      const read = await personal.read(request.params.id as MatterId, facts, purpose, actorOf(request));
      return read.ok ? reply.send({ facts: { ...read.value } }) : refuseWith(reply, { code: read.error });
    },
  );
  app.post(
    '/api/matters/:id/erase',
    {
      schema: {
        tags: ['personal data'],
        summary: 'Destroy the key of the sealed facts; cannot be undone',
        params: idParams,
        body: z.object({ purpose: purposeSchema }),
        response: { 200: z.object({ erased: z.array(z.string()) }) },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const erased = await personal.erase(id as MatterId, request.body.purpose, actorOf(request));
      return erased.ok ? reply.send({ erased: [...erased.value] }) : refuseWith(reply, { code: erased.error });
    },
  );
};
