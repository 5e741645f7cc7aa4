import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FORCE_KINDS, FORCE_STATE_NAMES, SKILL_NAMES, TIER_NAMES } from '#world/forces/kinds.ts';
import { STALE_AFTER_S } from '#world/forces/force.ts';
import { text } from '#core/base/text.ts';
import { ROLES } from '#kinds/roles.ts';
import { siteSchema, textSchema } from '#wire/api.ts';
import { CodedError, ERRORS } from '#wire/errors.ts';
import { LONG, OPEN, callerOf } from './context.ts';
import type { App, Served } from './context.ts';

/** A text that never changes while the server runs: sent once, then answered with 304. */
interface Fixed {
  readonly text: string;
  /** Without its quotes. */
  readonly etag: string;
}
const fixed = (text: string): Fixed => ({
  text,
  etag: createHash('sha256').update(text).digest('base64url').slice(0, 24),
});

const sendFixed = (request: FastifyRequest, reply: FastifyReply, one: Fixed): FastifyReply => {
  // Weak: it stands for the text, however it was compressed on the way.
  void reply.header('etag', `W/"${one.etag}"`).header('cache-control', 'no-cache').header('vary', 'accept-encoding');
  if (request.headers['if-none-match']?.includes(`"${one.etag}"`) === true) return reply.status(304).send();
  return reply.header('content-type', 'application/json; charset=utf-8').send(one.text);
};

/** Who acts without an account of its own. */
const BUILT_IN = [
  ['system', text('系统', 'System')],
  ['citizen', text('报事人', 'Citizen')],
  ['receipt', text('报事人', 'Reporter')],
] as const;

/** What a screen needs to know before anything else: the site, its kinds, its places. */
export const placeRoutes = (app: App, served: Served): void => {
  const { about, site, auth } = served;
  app.get(
    '/api/site',
    { schema: { ...OPEN, tags: ['site'], summary: 'What this site is', response: { 200: siteSchema } } },
    () => ({
      id: site.setup.id,
      prefix: site.setup.prefix,
      name: about.name,
      version: about.version,
      time_zone: about.time_zone,
      demonstration: about.demonstration,
      accounts: about.accounts.map((one) => ({ ...one })),
      needs_setup: auth.needsSetup(),
      now_ms: served.now() as number,
    }),
  );
  const kinds = fixed(
    JSON.stringify({
      kinds: [...site.views.kinds.values()],
      roles: ROLES,
      forces: FORCE_KINDS,
      force_states: FORCE_STATE_NAMES,
      skills: SKILL_NAMES,
      tiers: TIER_NAMES,
      stale_after_s: STALE_AFTER_S,
      errors: ERRORS,
    }),
  );
  app.get(
    '/api/kinds',
    { ...LONG, schema: { ...OPEN, tags: ['site'], summary: 'Declarations of all kinds, and the words screens need' } },
    (request, reply) => sendFixed(request, reply, kinds),
  );
  peopleRoute(app, served);
  mapRoutes(app, served);
};

const peopleRoute = (app: App, { auth }: Served): void => {
  app.get(
    '/api/people',
    {
      schema: {
        tags: ['site'],
        summary: 'Names of the accounts that stand in events and facts',
        response: { 200: z.object({ names: z.record(z.string(), textSchema) }) },
      },
    },
    (request) => {
      callerOf(request);
      const known = [...auth.accounts(), ...auth.tokens()].map(({ id, display }) => [id, display] as const);
      return { names: Object.fromEntries([...known, ...BUILT_IN]) };
    },
  );
};

const mapRoutes = (app: App, served: Served): void => {
  const gazetteer = fixed(served.places.gazetteer);
  app.get(
    '/api/places',
    { ...LONG, schema: { ...OPEN, tags: ['places'], summary: 'Districts, townships, islands, piers' } },
    (request, reply) => sendFixed(request, reply, gazetteer),
  );
  const layers = new Map([...served.places.layers].map(([name, text]) => [name, fixed(text)]));
  app.get(
    '/api/map/:layer',
    {
      ...LONG,
      schema: {
        ...OPEN,
        tags: ['places'],
        summary: `Map layers as GeoJSON: ${[...layers.keys()].join(', ')}`,
        params: z.object({ layer: z.string().max(40) }),
      },
    },
    (request, reply) => {
      const layer = layers.get(request.params.layer);
      if (layer === undefined) throw new CodedError('route-unknown');
      return sendFixed(request, reply, layer);
    },
  );
  // The place of a report may be somebody's home: it goes into no address, so into no log.
  app.post(
    '/api/places/at',
    {
      schema: {
        ...OPEN,
        tags: ['places'],
        summary: 'Words for a position',
        body: z.object({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) }),
        response: { 200: z.object({ words: textSchema.nullable() }) },
      },
    },
    (request) => ({ words: served.places.describe([request.body.lon, request.body.lat]) }),
  );
};
