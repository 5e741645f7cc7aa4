import type {
  FastifyBaseLogger,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  RawServerDefault,
  RouteShorthandOptions,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { StoreFault } from '#app/ports.ts';
import type { Site } from '#app/site.ts';
import type { Instant } from '#core/base/instant.ts';
import type { Text } from '#core/base/text.ts';
import type { LonLat } from '#core/base/geo.ts';
import type { Actor } from '#core/matter/actor.ts';
import type { Auth } from '#rim/auth/auth.ts';
import type { Session } from '#rim/auth/sessions.ts';
import type { Files } from '#rim/files/files.ts';
import type { Hub } from '#rim/stream/hub.ts';
import { CodedError } from '#wire/errors.ts';
import type { SitesView } from '#wire/sites.ts';

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What the routes serve; composed in main. */
export interface Served {
  readonly site: Site;
  readonly hub: Hub;
  readonly auth: Auth;
  /** How the sites of the deployment stand; null where this one is alone. */
  readonly sites: (() => SitesView) | null;
  readonly files: Files;
  readonly places: ServedPlaces;
  /** Why the ledger could not be written last; null when it could. */
  readonly storeFault: () => StoreFault | null;
  readonly now: () => Instant;
  readonly random: (count: number) => Uint8Array;
  readonly about: {
    readonly name: Text;
    readonly version: string;
    readonly time_zone: string;
    readonly demonstration: boolean;
    /** Published accounts of the demonstration; empty elsewhere. */
    readonly accounts: readonly {
      readonly name: string;
      readonly password: string;
      readonly title: Text;
      readonly face: string;
    }[];
  };
  /** Folder of the built screens; null when only the interface is served. */
  readonly web_dir: string | null;
  readonly limits: {
    readonly body_bytes: number;
    readonly file_bytes: number;
    readonly requests_per_minute: number;
  };
  readonly cookie_secure: 'auto' | 'always' | 'never';
  /** Secret of this site that makes a repeated report's receipt unguessable. */
  readonly receipt_pepper: string;
}

/** Places and map layers as the deployment has them. */
export interface ServedPlaces {
  /** The gazetteer: districts, townships, islands, piers. JSON, compressed by gzip, as it mostly leaves. */
  readonly gazetteer: Uint8Array;
  /** Map layers by name, GeoJSON compressed likewise; null for one that is being drawn. */
  readonly layers: () => ReadonlyMap<string, Uint8Array | null>;
  /** Whose data the map shows, where it has to say so; null where nobody asks for it. */
  readonly credit: Text | null;
  /** Words for a position; null far from everything. */
  readonly describe: (at: LonLat) => Text | null;
}

/** Who makes a request, established before the route runs. */
export interface Caller {
  readonly session: Session;
  /** The secret it came with, to end the session by. */
  readonly token: string;
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | null;
  }
}

/** The caller of a request; refused with `session-missing` when there is no session. */
export const callerOf = (request: FastifyRequest): Caller => {
  if (request.caller === null) throw new CodedError('session-missing');
  return request.caller;
};

export const actorOf = (request: FastifyRequest): Actor => callerOf(request).session.actor;

/** Refuses unless the session has one of the roles. */
export const requireRole = (request: FastifyRequest, roles: readonly string[]): Actor => {
  const actor = actorOf(request);
  if (!actor.roles.some((role) => roles.includes(role))) throw new CodedError('forbidden');
  return actor;
};

const KEY = /^[A-Za-z0-9_-]{8,64}$/;

/** The idempotency key of a command, or null. */
export const keyOf = (request: FastifyRequest): string | null => {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return null;
  if (typeof key !== 'string' || !KEY.test(key)) throw new CodedError('idempotency-key-invalid');
  return key;
};

/** In the schema of a route that needs no session; every other route under `/api/` does. The interface document says it too. */
export const OPEN = { security: [] } as const;

/** True for the routes screens and machines work with, as against pages. */
export const isInterface = (request: FastifyRequest): boolean => request.routeOptions.url?.startsWith('/api/') === true;

/** In the options of a route whose answers are long: a thin link to an island should not carry them three times over. */
export const LONG: Pick<RouteShorthandOptions, 'compress'> = { compress: { encodings: ['gzip'] } };

/** The same, and whatever else was asked for under their address. */
export const asksInterface = (request: FastifyRequest): boolean =>
  (request.routeOptions.url ?? request.url).startsWith('/api/');

export const isOpen = (request: FastifyRequest): boolean => request.routeOptions.schema?.security?.length === 0;

/** In the demonstration everything is a drill, whoever raises it. */
export const asRaised = (served: Served, kind: string, facts: Facts): Facts => {
  const takes = served.site.views.kinds.get(kind)?.raise.takes ?? {};
  return served.about.demonstration && Object.hasOwn(takes, 'drill') ? { ...facts, drill: true } : facts;
};
type Facts = Readonly<Record<string, unknown>>;

/** Sends a text that already is JSON. */
export const sendJson = (reply: FastifyReply, text: string): FastifyReply =>
  reply.header('content-type', 'application/json; charset=utf-8').send(text);
