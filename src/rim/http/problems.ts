import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { TravelUnready } from '#app/dispatching.ts';
import { StoreError } from '#app/ports.ts';
import type { StoreFault } from '#app/ports.ts';
import type { Text } from '#core/base/text.ts';
import { CodedError, ERRORS, problemOf } from '#wire/errors.ts';
import type { ErrorCode, ProblemExtras } from '#wire/errors.ts';

const STORE_CODES: Readonly<Record<StoreFault, ErrorCode>> = {
  full: 'store-full',
  broken: 'store-broken',
  conflict: 'store-conflict',
  locked: 'store-locked',
  corrupt: 'store-corrupt',
  closed: 'store-closed',
  held: 'store-held',
};

/** Fastify's own refusals, in the words of the catalogue. */
const FASTIFY_CODES: Readonly<Record<string, ErrorCode>> = {
  FST_ERR_CTP_INVALID_JSON_BODY: 'json-malformed',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'json-malformed',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'json-malformed',
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'media-type-unknown',
  FST_FILES_LIMIT: 'request-invalid',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'media-type-unknown',
  FST_ERR_VALIDATION: 'request-invalid',
};

/** Sends an error answer of the catalogue. */
export const refuse = (reply: FastifyReply, code: ErrorCode, extras: ProblemExtras = {}): FastifyReply =>
  reply.status(ERRORS[code].status).send(problemOf(code, { ...extras, request: reply.request.id }));

/** A refusal of the core or the use cases, as it comes. */
export interface Refused {
  readonly code: ErrorCode;
  readonly words?: Text;
  readonly details?: readonly { readonly path: string; readonly message: string }[];
}

export const refuseWith = (reply: FastifyReply, refused: Refused): FastifyReply =>
  refuse(reply, refused.code, {
    ...(refused.words === undefined ? {} : { words: refused.words }),
    ...(refused.details === undefined ? {} : { details: refused.details }),
  });

/** What a check of ours found wrong, field by field. */
export const invalid = (error: z.ZodError): CodedError =>
  new CodedError('request-invalid', {
    details: error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })),
  });

interface Thrown {
  readonly code?: string;
  readonly statusCode?: number;
  readonly validation?: readonly { readonly instancePath?: string; readonly message?: string }[];
}

/** Turns whatever was thrown into a coded answer; what nobody foresaw is logged whole and told as `internal`. */
export const onError = (error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply => {
  if (error instanceof CodedError) return refuse(reply, error.code, error.extras);
  if (error instanceof StoreError) {
    request.log.error({ request: request.id, fault: error.fault, seq: error.seq }, error.message);
    return refuse(reply, STORE_CODES[error.fault]);
  }
  if (error instanceof TravelUnready) return refuse(reply, 'place-preparing');
  const thrown = error as Thrown;
  if (thrown.validation !== undefined) {
    const details = thrown.validation.map((one) => ({ path: one.instancePath ?? '', message: one.message ?? '' }));
    return refuse(reply, 'request-invalid', { details });
  }
  const code = FASTIFY_CODES[thrown.code ?? ''];
  // The rest is read and thrown away, so that the sender finds this answer instead of a broken connection.
  if (code === 'body-too-large') void reply.removeHeader('connection');
  if (code !== undefined) return refuse(reply, code);
  if (error instanceof SyntaxError && thrown.statusCode === 400) return refuse(reply, 'json-malformed');
  if (thrown.statusCode !== undefined && thrown.statusCode >= 400 && thrown.statusCode < 500) {
    return refuse(reply, 'request-invalid');
  }
  request.log.error({ request: request.id, err: error });
  return refuse(reply, 'internal');
};
