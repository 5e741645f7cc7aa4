import { z } from 'zod';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { ForceId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import { LAST_INSTANT } from '#core/base/instant.ts';
import type { Actor } from '#core/matter/actor.ts';
import type { PositionRefusal } from '#app/views/positions.ts';
import type { Position } from '#world/forces/force.ts';
import { CodedError } from '#wire/errors.ts';
import { OPEN, actorOf } from './context.ts';
import type { App, Served } from './context.ts';
import { fromBody, fromQuery } from './osmand.ts';
import type { DeviceReport, Measured } from './osmand.ts';
import { invalid } from './problems.ts';
import { isOfSite } from './session.ts';

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
const REPORTS_MAX = 2000;
const reportsSchema = z.array(reportSchema).min(1).max(REPORTS_MAX);
const FORM = 'application/x-www-form-urlencoded';

/** Devices add what they like; what is used is checked where it is read. */
const said = z.string().optional();
const deviceQuery = z.looseObject({
  id: said,
  lat: said,
  lon: said,
  timestamp: said,
  accuracy: said,
  speed: said,
  bearing: said,
});

/** `/positions`: our own JSON, and what Traccar Client and other OsmAnd speakers send. */
export const positionRoutes = (app: App, served: Served): void => {
  const whole = { accepted: 1, refused: [] };
  // The parser of forms is theirs alone: everywhere else a form is refused.
  void app.register((plain, _options, done) => {
    plain.addContentTypeParser(FORM, { parseAs: 'string' }, (_request, body, parsed) =>
      parsed(null, Object.fromEntries(new URLSearchParams(body.toString()))),
    );
    const scope = plain.withTypeProvider<ZodTypeProvider>();
    scope.get(
      '/positions',
      {
        schema: {
          ...OPEN,
          tags: ['positions'],
          summary: 'Position in OsmAnd form; the device id is its token',
          querystring: deviceQuery,
        },
      },
      (request, reply) => {
        takeDevice(served, fromQuery(request.query));
        return reply.send('');
      },
    );
    scope.post(
      '/positions',
      {
        schema: {
          tags: ['positions'],
          summary: 'Positions of forces on duty: one, a list, or OsmAnd form in query or body',
          querystring: deviceQuery,
          body: z.unknown(),
          response: {
            200: z.object({
              accepted: z.number(),
              refused: z.array(z.object({ force: z.string(), code: z.string() })),
            }),
          },
        },
      },
      (request) => {
        const device = request.query.id === undefined ? fromBody(request.body) : fromQuery(request.query);
        if (device === null) return takeReports(served, actorOf(request), request.body);
        takeDevice(served, device);
        return whole;
      },
    );
    done();
  });
};

const takeReports = (served: Served, actor: Actor, body: unknown) => {
  const parsed = reportsSchema.safeParse(Array.isArray(body) ? body : [body]);
  if (!parsed.success) throw invalid(parsed.error);
  const refused: { force: string; code: PositionRefusal | 'forbidden' }[] = [];
  for (const { force, time_ms, ...measured } of parsed.data) {
    const code = mayReport(actor, force)
      ? take(served, force, { ...measured, time_ms: time_ms ?? null }, 'own')
      : 'forbidden';
    if (code !== null) refused.push({ force, code });
  }
  const only = refused[0];
  if (only !== undefined && parsed.data.length === 1) throw new CodedError(only.code);
  return { accepted: parsed.data.length - refused.length, refused };
};

/** A device reports for its own units; a machine client without units reports for any. */
const mayReport = (actor: Actor, force: string): boolean =>
  actor.units.includes(force) || (actor.roles.includes('device') && actor.units.length === 0);

/** The device's id is a token made for one force: it proves who reports. */
const takeDevice = (served: Served, { token, measured }: DeviceReport): void => {
  const session = served.auth.bearer(token);
  if (session !== null && !isOfSite(served, session)) throw new CodedError('forbidden');
  const [force, ...others] = session?.actor.units ?? [];
  if (force === undefined || others.length > 0) throw new CodedError('token-invalid');
  const code = take(served, force, measured, 'osmand');
  if (code !== null) throw new CodedError(code);
};

const take = (
  served: Served,
  force: string,
  measured: Measured,
  source: Position['source'],
): PositionRefusal | null => {
  const now = served.now();
  const position: Position = {
    force: force as ForceId,
    at: [measured.lon, measured.lat],
    time: (measured.time_ms ?? now) as Instant,
    received: now,
    accuracy_m: measured.accuracy_m ?? null,
    speed_kmh: measured.speed_kmh ?? null,
    heading_deg: measured.heading_deg ?? null,
    source,
  };
  const taken = served.site.views.positions.report(position, now);
  if (!taken.ok) return taken.error;
  if (taken.value) served.hub.moved(position.force);
  return null;
};
