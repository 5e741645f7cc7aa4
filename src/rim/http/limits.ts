import type { RateLimitOptions, RateLimitPluginOptions } from '@fastify/rate-limit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CodedError } from '#wire/errors.ts';
import { asksInterface } from './context.ts';
import type { App } from './context.ts';

const MINUTE_MS = 60_000;

/** At most so many requests a minute of one address on this route, signed in or not. */
export const perMinute = (max: number): RateLimitOptions => ({ max, timeWindow: MINUTE_MS, allowList: [] });

/** What one address may ask of the interface in a minute without a session. */
export const rateLimits = (requests_per_minute: number): RateLimitPluginOptions => ({
  global: false,
  max: requests_per_minute,
  timeWindow: MINUTE_MS,
  errorResponseBuilder: (_request, { ttl }) =>
    new CodedError('too-many-requests', { values: { seconds: Math.ceil(ttl / 1000) } }),
});

/** Counts who asks without a session, on routes without a limit of their own. Screens and positions are not counted. */
export const countStrangers = (app: App): void => {
  const count = app.rateLimit();
  const counting = async (
    request: FastifyRequest,
    reply: FastifyReply,
    next: (failure?: Error) => void,
  ): Promise<void> => {
    let failure: Error | undefined;
    try {
      await count.call(app, request, reply);
    } catch (error) {
      failure = error as Error;
    }
    next(failure);
  };
  // Not an async hook: it would make every step wait a turn for nothing.
  app.addHook('onRequest', (request, reply, next) => {
    const hasOwn = request.routeOptions.config?.rateLimit !== undefined;
    if (request.caller !== null || !asksInterface(request) || hasOwn) next();
    else void counting(request, reply, next);
  });
};
