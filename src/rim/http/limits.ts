import type { RateLimitOptions, RateLimitPluginOptions } from '@fastify/rate-limit';
import type { FastifyRequest } from 'fastify';
import { CodedError } from '#wire/errors.ts';

const MINUTE_MS = 60_000;

/** At most so many requests a minute of one address on this route, signed in or not. */
export const perMinute = (max: number): RateLimitOptions => ({ max, timeWindow: MINUTE_MS, allowList: [] });

/** What one address may ask of the interface in a minute without a session. Screens and positions are not counted. */
export const rateLimits = (requests_per_minute: number): RateLimitPluginOptions => ({
  max: requests_per_minute,
  timeWindow: MINUTE_MS,
  allowList: (request: FastifyRequest) =>
    request.caller !== null || request.routeOptions.url?.startsWith('/api/') !== true,
  errorResponseBuilder: (_request, { ttl }) =>
    new CodedError('too-many-requests', { values: { seconds: Math.ceil(ttl / 1000) } }),
});
