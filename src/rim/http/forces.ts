import { z } from 'zod';
import type { ForceId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import { LAST_INSTANT } from '#core/base/instant.ts';
import type { Actor } from '#core/matter/actor.ts';
import { forceView } from '#app/queries/matter-view.ts';
import type { PositionRefusal } from '#app/views/positions.ts';
import type { Force, Position } from '#world/forces/force.ts';
import { seesForce } from '#rim/stream/hub.ts';
import { forceSchema } from '#wire/api.ts';
import { CodedError } from '#wire/errors.ts';
import { forceFieldsSchema, forceIdSchema } from '#wire/force-record.ts';
import { actorOf } from './context.ts';
import type { App, Served } from './context.ts';
import { refuseWith } from './problems.ts';

const forceParams = z.object({ id: z.string().min(1).max(64) });
const reportSchema = z
  .object({
    force: z.string().min(1).max(64),
    lon: z.number(),
    lat: z.number(),
    time_ms: z.number().int().min(0).max(LAST_INSTANT).optional(),
    accuracy_m: z.number().min(0).max(100_000).nullish(),
    speed_kmh: z.number().min(0).max(1500).nullish(),
    heading_deg: z.number().min(0).max(360).nullish(),
  })
  .meta({ id: 'PositionReport' });
type Report = z.infer<typeof reportSchema>;
const REPORTS_MAX = 2000;

export const forceRoutes = (app: App, served: Served): void => {
  const { views, forces } = served.site;
  app.get(
    '/api/forces',
    { schema: { tags: ['forces'], summary: 'Forces the session may see', response: { 200: z.object({ forces: z.array(forceSchema) }) } } },
    (request) => {
      const actor = actorOf(request);
      const seen = [...views.roster.all()].filter((one) => seesForce(actor, one.force.id) || actor.roles.includes('device'));
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
      schema: { tags: ['forces'], summary: 'Register a force', params: z.object({ id: forceIdSchema }), body: forceFieldsSchema, response: { 200: forceSchema } },
    },
    async (request, reply) => {
      const force = { id: request.params.id, ...request.body } as unknown as Force;
      const registered = await forces.register([force], actorOf(request));
      const standing = views.roster.get(force.id);
      if (!registered.ok || standing === null) return refuseWith(reply, { code: registered.ok ? 'internal' : registered.error });
      return reply.send(forceView(views, standing));
    },
  );
};

export const positionRoutes = (app: App, served: Served): void => {
  app.get('/positions', { schema: { tags: ['positions'], summary: 'Position in OsmAnd form (Traccar Client)', querystring: z.record(z.string(), z.unknown()) } }, (request, reply) => {
    takeOsmAnd(served, request.query);
    return reply.send('');
  });
  app.post(
    '/positions',
    {
      schema: {
        tags: ['positions'],
        summary: 'Positions of forces on duty: one, a list, or OsmAnd form in the query',
        querystring: z.record(z.string(), z.unknown()),
        body: z.unknown(),
        response: { 200: z.object({ accepted: z.number(), refused: z.array(z.object({ force: z.string(), code: z.string() })) }) },
      },
    },
    (request) => {
      if (request.query['id'] !== undefined) {
        takeOsmAnd(served, request.query);
        return { accepted: 1, refused: [] };
      }
      const traccar = traccarSchema.safeParse(request.body);
      if (traccar.success) {
        takeTraccar(served, traccar.data);
        return { accepted: 1, refused: [] };
      }
      return takeReports(served, actorOf(request), request.body);
    },
  );
};

const takeReports = (served: Served, actor: Actor, body: unknown) => {
  const parsed = z.union([z.array(reportSchema).min(1).max(REPORTS_MAX), reportSchema.transform((one) => [one])]).safeParse(body);
  if (!parsed.success) throw invalid(parsed.error);
  const refused: { force: string; code: string }[] = [];
  for (const report of parsed.data) {
    const code = mayReport(actor, report.force) ? take(served, report, 'own') : 'forbidden';
    if (code !== null) refused.push({ force: report.force, code });
  }
  const only = refused[0];
  if (only !== undefined && parsed.data.length === 1) throw new CodedError(only.code as PositionRefusal);
  return { accepted: parsed.data.length - refused.length, refused };
};

/** A device reports for its own units; a machine client without units reports for any. */
const mayReport = (actor: Actor, force: string): boolean =>
  actor.units.includes(force) || (actor.roles.includes('device') && actor.units.length === 0);

const take = (served: Served, report: Report, source: Position['source']): PositionRefusal | null => {
  const now = served.now();
  const position: Position = {
    force: report.force as ForceId,
    at: [report.lon, report.lat],
    time: (report.time_ms ?? now) as Instant,
    received: now,
    accuracy_m: report.accuracy_m ?? null,
    speed_kmh: report.speed_kmh ?? null,
    heading_deg: report.heading_deg ?? null,
    source,
  };
  const taken = served.site.views.positions.report(position, now);
  if (!taken.ok) return taken.error;
  if (taken.value) served.hub.moved(position.force);
  return null;
};

/** Knots per km/h: OsmAnd and Traccar Client send speed in knots. */
const KMH_PER_KNOT = 1.852;
const number = z.coerce.number();
const osmAndSchema = z.object({
  id: z.string().min(1).max(200),
  lat: number,
  lon: number,
  timestamp: z.string().max(40).optional(),
  accuracy: number.optional(),
  speed: number.optional(),
  bearing: number.optional(),
});

/** The device identifier is a token made by the command line for one force; it is what proves who reports. */
const takeOsmAnd = (served: Served, query: Readonly<Record<string, unknown>>): void => {
  const parsed = osmAndSchema.safeParse(query);
  if (!parsed.success) throw invalid(parsed.error);
  const { id, lat, lon, timestamp, accuracy, speed, bearing } = parsed.data;
  reportFor(served, id, {
    lon,
    lat,
    ...(timestamp === undefined ? {} : { time_ms: timeOf(timestamp) }),
    accuracy_m: accuracy ?? null,
    speed_kmh: speed === undefined || speed < 0 ? null : speed * KMH_PER_KNOT,
    heading_deg: bearing === undefined || bearing < 0 ? null : bearing % 360,
  });
};

const traccarSchema = z.object({
  device_id: z.string().min(1).max(200),
  location: z.object({
    timestamp: z.string().max(40),
    coords: z.object({
      latitude: z.number(),
      longitude: z.number(),
      accuracy: z.number().optional(),
      speed: z.number().optional(),
      heading: z.number().optional(),
    }),
  }),
});

/** Newer Traccar Clients post JSON with speed in metres per second; −1 means unknown. */
const takeTraccar = (served: Served, body: z.infer<typeof traccarSchema>): void => {
  const { coords, timestamp } = body.location;
  const { accuracy, speed, heading } = coords;
  reportFor(served, body.device_id, {
    lon: coords.longitude,
    lat: coords.latitude,
    time_ms: timeOf(timestamp),
    accuracy_m: accuracy === undefined || accuracy < 0 ? null : accuracy,
    speed_kmh: speed === undefined || speed < 0 ? null : speed * 3.6,
    heading_deg: heading === undefined || heading < 0 ? null : heading % 360,
  });
};

const reportFor = (served: Served, token: string, report: Omit<Report, 'force'>): void => {
  const force = served.auth.bearer(token)?.actor.units[0];
  if (force === undefined) throw new CodedError('token-invalid');
  const code = take(served, { force, ...report }, 'osmand');
  if (code !== null) throw new CodedError(code);
};

/** Seconds or milliseconds since 1970, or an ISO text, as the clients send them. */
const timeOf = (timestamp: string): number => {
  const plain = Number(timestamp);
  if (Number.isFinite(plain)) return Math.round(plain > 100_000_000_000 ? plain : plain * 1000);
  const parsed = Date.parse(timestamp.replace(' ', 'T'));
  if (Number.isNaN(parsed)) throw new CodedError('request-invalid', { details: [{ path: 'timestamp', message: 'a time' }] });
  return parsed;
};

const invalid = (error: z.ZodError): CodedError =>
  new CodedError('request-invalid', {
    details: error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
  });

