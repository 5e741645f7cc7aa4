import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createGunzip, gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { FORCE_KINDS, FORCE_STATE_NAMES, SKILL_NAMES, TIER_NAMES } from '#world/forces/kinds.ts';
import { STALE_AFTER_S } from '#world/forces/force.ts';
import { text } from '#core/base/text.ts';
import { ROLES } from '#kinds/roles.ts';
import { siteSchema, textSchema } from '#wire/api.ts';
import { CodedError, ERRORS } from '#wire/errors.ts';
import { OPEN, callerOf } from './context.ts';
import type { App, Served } from './context.ts';

/** A text that hardly ever changes while the server runs: sent once, then answered with 304. */
interface Fixed {
  /** Compressed once, not for everybody who asks. */
  readonly gzip: Uint8Array;
  /** Without its quotes. */
  readonly etag: string;
}
const fixed = (gzip: Uint8Array): Fixed => ({
  gzip,
  etag: createHash('sha256').update(gzip).digest('base64url').slice(0, 24),
});

const sendFixed = (request: FastifyRequest, reply: FastifyReply, one: Fixed): FastifyReply => {
  // Weak: it stands for the text, however it was compressed on the way.
  void reply.header('etag', `W/"${one.etag}"`).header('cache-control', 'no-cache').header('vary', 'accept-encoding');
  if (request.headers['if-none-match']?.includes(`"${one.etag}"`) === true) return reply.status(304).send();
  void reply.header('content-type', 'application/json; charset=utf-8');
  if (readsGzip(request)) return reply.header('content-encoding', 'gzip').send(one.gzip);
  return reply.send(Readable.from([one.gzip]).pipe(createGunzip()));
};

/** Whether `accept-encoding` names it, other than by a weight of zero. */
const readsGzip = ({ headers }: FastifyRequest): boolean =>
  [headers['accept-encoding'] ?? '']
    .flat()
    .some((said) => /(^|[,\s])(gzip|\*)(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(said));

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
      map_credit: served.places.credit,
      now_ms: served.now() as number,
    }),
  );
  const declared = {
    kinds: [...site.views.kinds.values()],
    roles: ROLES,
    forces: FORCE_KINDS,
    force_states: FORCE_STATE_NAMES,
    skills: SKILL_NAMES,
    tiers: TIER_NAMES,
    stale_after_s: STALE_AFTER_S,
    errors: ERRORS,
  };
  const kinds = fixed(gzipSync(JSON.stringify(declared)));
  app.get(
    '/api/kinds',
    { schema: { ...OPEN, tags: ['site'], summary: 'Declarations of all kinds, and the words screens need' } },
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
    { schema: { ...OPEN, tags: ['places'], summary: 'Districts, townships, islands, piers' } },
    (request, reply) => sendFixed(request, reply, gazetteer),
  );
  const layers = layersOf(served.places);
  app.get(
    '/api/map/:layer',
    {
      schema: {
        ...OPEN,
        tags: ['places'],
        summary: `Map layers as GeoJSON: ${[...served.places.layers().keys()].join(', ')}`,
        params: z.object({ layer: z.string().max(40) }),
      },
    },
    (request, reply) => {
      const layer = layers(request.params.layer);
      if (layer === undefined) throw new CodedError('route-unknown');
      if (layer === null) throw new CodedError('place-preparing');
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

/** Layers as they are sent; one that was being drawn is looked for again. */
const layersOf = ({ layers }: Served['places']): ((name: string) => Fixed | null | undefined) => {
  const known = new Map<string, Fixed>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    const gzip = layers().get(name);
    if (gzip === undefined || gzip === null) return gzip;
    const made = fixed(gzip);
    known.set(name, made);
    return made;
  };
};
