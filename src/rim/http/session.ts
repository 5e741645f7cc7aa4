import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { isCsrfRight } from '#rim/auth/sessions.ts';
import type { Session } from '#rim/auth/sessions.ts';
import type { SignedIn } from '#rim/auth/auth.ts';
import { loginSchema, sessionSchema } from '#wire/api.ts';
import { CodedError } from '#wire/errors.ts';
import { OPEN, callerOf, isInterface, isOpen } from './context.ts';
import type { App, Caller, Served } from './context.ts';
import { perMinute } from './limits.ts';
import { refuse } from './problems.ts';

const SESSION = '/api/session';
const COOKIE = 'qundao_session';
const BEARER = 'Bearer ';
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Establishes the caller of every request: a bearer token of a machine, or the session cookie. A changing request on a cookie
 * must carry the session's CSRF token. Deny by default: under `/api/` whoever is nobody is refused, unless the route is open.
 */
export const installSessions = (app: App, served: Served): void => {
  app.decorateRequest('caller', null);
  app.addHook('onRequest', (request, _reply, next) => {
    request.caller = establish(served, request);
    if (request.caller !== null && !isOfSite(served, request.caller.session)) turnAway(request);
    if (request.caller === null && isInterface(request) && !isOpen(request)) throw new CodedError('session-missing');
    next();
  });
};

/** True when the session may touch this site. */
export const isOfSite = (served: Served, { actor }: Session): boolean =>
  actor.sites === '*' || actor.sites.includes(served.site.setup.id);

/** Who belongs to other sites may sign out here, and do what is open to everybody, as nobody. */
const turnAway = (request: FastifyRequest): void => {
  const { url } = request.routeOptions;
  if (url === SESSION && request.method === 'DELETE') return;
  const needsSession = !isOpen(request) && (isInterface(request) || url === '/positions');
  if (needsSession) throw new CodedError('forbidden');
  request.caller = null;
};

const establish = (served: Served, request: FastifyRequest): Caller | null => {
  const header = request.headers.authorization;
  if (header !== undefined) {
    const token = header.startsWith(BEARER) ? header.slice(BEARER.length) : '';
    const session = served.auth.bearer(token);
    if (session === null) throw new CodedError('token-invalid');
    return { session, token };
  }
  const token = request.headers.cookie === undefined ? undefined : request.cookies[COOKIE];
  if (token === undefined) return null;
  const session = served.auth.session(token);
  if (session === null) return null;
  const csrf = request.headers['x-csrf-token'];
  if (!SAFE_METHODS.has(request.method) && !isCsrfRight(session, typeof csrf === 'string' ? csrf : undefined)) {
    // What is open to everybody is done as nobody: a foreign page gains nothing, and a cookie does not stand in the way.
    if (isOpen(request)) return null;
    throw new CodedError('csrf-invalid');
  }
  return { session, token };
};

const sessionView = (session: Session): z.infer<typeof sessionSchema> => ({
  account: session.actor.account,
  name: session.display,
  roles: [...session.actor.roles],
  units: [...session.actor.units],
  csrf: session.csrf,
});

const setCookie = (served: Served, request: FastifyRequest, reply: FastifyReply, token: string): void => {
  const secure = served.cookie_secure === 'auto' ? request.protocol === 'https' : served.cookie_secure === 'always';
  reply.setCookie(COOKIE, token, { path: '/', httpOnly: true, sameSite: 'strict', secure });
};

export const sessionRoutes = (app: App, served: Served): void => {
  const limited = { config: { rateLimit: perMinute(20) } };
  app.post(
    SESSION,
    {
      ...limited,
      schema: { ...OPEN, tags: ['session'], summary: 'Sign in', body: loginSchema, response: { 200: sessionSchema } },
    },
    async (request, reply) => {
      const { name, password } = request.body;
      const signedIn = await served.auth.login(name, password, request.ip);
      if (!signedIn.ok) return refuse(reply, signedIn.error.code, extrasOf(signedIn.error.values));
      if (!isOfSite(served, signedIn.value.session)) {
        served.auth.logout(signedIn.value.token);
        throw new CodedError('forbidden');
      }
      return welcome(served, request, reply, signedIn.value);
    },
  );
  app.get(
    SESSION,
    { schema: { tags: ['session'], summary: 'Who am I', response: { 200: sessionSchema } } },
    (request) => sessionView(callerOf(request).session),
  );
  app.delete(SESSION, { schema: { tags: ['session'], summary: 'Sign out' } }, (request, reply) => {
    served.auth.logout(callerOf(request).token);
    return reply.clearCookie(COOKIE, { path: '/' }).status(204).send();
  });
  app.post(
    '/api/setup',
    {
      ...limited,
      schema: {
        ...OPEN,
        tags: ['session'],
        summary: 'Make the first administrator with the one-time token the server printed',
        body: loginSchema.extend({ token: z.string().min(1).max(200) }),
        response: { 200: sessionSchema },
      },
    },
    async (request, reply) => {
      const { token, name, password } = request.body;
      const made = await served.auth.setup(token, name, password, request.ip);
      if (!made.ok) return refuse(reply, made.error.code, extrasOf(made.error.values));
      return welcome(served, request, reply, made.value);
    },
  );
};

const extrasOf = (values: Readonly<Record<string, number>> | undefined) => (values === undefined ? {} : { values });

const welcome = (served: Served, request: FastifyRequest, reply: FastifyReply, signedIn: SignedIn): FastifyReply => {
  setCookie(served, request, reply, signedIn.token);
  return reply.send(sessionView(signedIn.session));
};
