import { z } from 'zod';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isMatterId } from '#core/base/ids.ts';
import { maySee, mayReadFact } from '#core/matter/access.ts';
import type { Actor } from '#core/matter/actor.ts';
import type { Kind } from '#core/matter/kind.ts';
import type { Matter } from '#core/matter/matter.ts';
import { receiptHolder } from '#app/queries/follow.ts';
import type { FileRefusal, Version } from '#rim/files/files.ts';
import type { Lane } from '#rim/files/lanes.ts';
import { CodedError } from '#wire/errors.ts';
import { OPEN, actorOf } from './context.ts';
import type { App, Served } from './context.ts';
import { perMinute } from './limits.ts';
import { refuse } from './problems.ts';

const stored = z.object({ file: z.string(), type: z.string(), size_bytes: z.number() });
const MIB = 1_048_576;
const fileParams = z.object({ id: z.string().max(64) });
/** Uploads from one address without an account in a minute. */
const PUBLIC_UPLOADS = 20;

export const fileRoutes = (app: App, served: Served): void => {
  app.post(
    '/api/files',
    { schema: { tags: ['files'], summary: 'Upload a photo (multipart field `file`)', response: { 201: stored } } },
    async (request, reply) => take(served, request, reply),
  );
  app.post(
    '/api/public/files',
    {
      config: { rateLimit: perMinute(PUBLIC_UPLOADS) },
      schema: { ...OPEN, tags: ['public'], summary: 'Upload a photo for a report', response: { 201: stored } },
    },
    async (request, reply) => take(served, request, reply),
  );
  app.get(
    '/api/files/:id',
    {
      schema: {
        tags: ['files'],
        summary: 'A photo of a matter the session may see, without its metadata',
        params: fileParams,
        querystring: z.object({ matter: z.string().max(40), small: z.string().optional() }),
      },
    },
    async (request, reply) => {
      const { matter, small } = request.query;
      await requireShown(served, request.params.id, matter, () => actorOf(request));
      return give(served, request, reply, request.params.id, small === undefined ? 'public' : 'small');
    },
  );
  app.get(
    '/api/public/files/:id',
    {
      schema: {
        ...OPEN,
        tags: ['public'],
        summary: 'A photo of a report; the receipt goes in `x-receipt`',
        params: fileParams,
      },
    },
    async (request, reply) => {
      const receipt = request.headers['x-receipt'];
      const { site } = served;
      const matter = typeof receipt === 'string' ? site.views.book.byReceipt(site.setup.digest.leaf(receipt)) : null;
      if (matter === null) throw new CodedError('receipt-wrong');
      await requireShown(served, request.params.id, matter, receiptHolder);
      return give(served, request, reply, request.params.id, 'public');
    },
  );
};

const take = async (served: Served, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
  const sent = request.isMultipart() ? await readPart(request) : null;
  if (sent === null)
    throw new CodedError('request-invalid', { details: [{ path: 'file', message: 'a multipart field' }] });
  if (sent.cut_off) throw new CodedError('file-too-large', { values: { limit_mib: served.limits.file_bytes / MIB } });
  const kept = await served.files.put(sent.bytes, laneOf(request));
  if (!kept.ok) return refuseFile(reply, kept.error);
  const { id, type, size_bytes } = kept.value;
  return reply.status(201).send({ file: id, type, size_bytes });
};

const refuseFile = (reply: FastifyReply, { code, values }: FileRefusal): FastifyReply =>
  refuse(reply, code, values === undefined ? {} : { values });

/** Photos of the public wait behind those of whoever is signed in. */
const laneOf = (request: FastifyRequest): Lane => (request.caller === null ? 'anonymous' : 'signed-in');

/** The file of a form; null when it has none or is no form, which the parser tells by errors of no particular kind. */
const readPart = async (
  request: FastifyRequest,
): Promise<{ readonly bytes: Buffer; readonly cut_off: boolean } | null> => {
  try {
    const part = await request.file();
    return part === undefined ? null : { bytes: await part.toBuffer(), cut_off: part.file.truncated };
  } catch (error) {
    request.log.info({ request: request.id, err: error }, 'an upload could not be read');
    return null;
  }
};

/** Refuses unless the matter is visible to the actor and one of its facts it may read names the file. */
const requireShown = async (
  served: Served,
  file: string,
  id: string,
  actorFor: (matter: Matter) => Actor,
): Promise<void> => {
  const matter = isMatterId(id) ? await served.site.matters.whole(id) : null;
  const kind = matter === null ? undefined : served.site.views.kinds.get(matter.kind);
  if (matter === null || kind === undefined) throw new CodedError('file-unknown');
  const actor = actorFor(matter);
  if (!maySee(kind, actor, matter) || !isShown(kind, matter, actor, file)) throw new CodedError('file-unknown');
};

const isShown = (kind: Kind, matter: Matter, actor: Actor, file: string): boolean =>
  Object.entries(matter.facts).some(([name, state]) => {
    const fact = kind.facts[name];
    const names = state.stated.some((one) => one.value === file);
    return names && fact?.type === 'file' && mayReadFact(kind, fact, actor, matter);
  });

const give = async (
  served: Served,
  request: FastifyRequest,
  reply: FastifyReply,
  id: string,
  version: Version,
): Promise<FastifyReply> => {
  const found = await served.files.get(id, version, laneOf(request));
  if (!found.ok) return refuseFile(reply, found.error);
  return reply
    .header('content-type', found.value.type)
    .header('cache-control', 'private, max-age=31536000, immutable')
    .send(found.value.bytes);
};
