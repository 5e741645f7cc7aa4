import { Buffer } from 'node:buffer';
import { z } from 'zod';
import { accountId } from '#core/base/ids.ts';
import type { Actor } from '#core/matter/actor.ts';
import type { Kind } from '#core/matter/kind.ts';
import type { Matter } from '#core/matter/matter.ts';
import { REPORTER, publicKind } from '#core/matter/public.ts';
import { followView, receiptHolder } from '#app/queries/follow.ts';
import { doneSchema, followSchema } from '#wire/api.ts';
import { CodedError } from '#wire/errors.ts';
import { OPEN, asRaised, keyOf } from './context.ts';
import type { App, Served } from './context.ts';
import { perMinute } from './limits.ts';
import { REPORT } from './openapi.ts';
import { refuseWith } from './problems.ts';

/** A citizen without an account: may raise what a kind lets reporters raise, and nothing else. */
const CITIZEN: Actor = { account: accountId('citizen'), roles: [REPORTER], sites: '*', units: [] };
const RECEIPT_BYTES = 16;
const receipt = z.string().min(10).max(64);
/** Reports from one address in a minute. */
const REPORTS_PER_MINUTE = 12;

export const publicRoutes = (app: App, served: Served): void => {
  const kind = publicKind(served.site.views.kinds.values());
  if (kind !== undefined) reportRoute(app, served, kind);
  receiptRoutes(app, served);
};

/** A report becomes a matter of the kind whose declaration says so. Where none does there is no such route. */
const reportRoute = (app: App, served: Served, kind: Kind): void => {
  const { site } = served;
  const asks = kind.public?.asks ?? [];
  app.post(
    REPORT,
    {
      config: { rateLimit: perMinute(REPORTS_PER_MINUTE) },
      schema: {
        ...OPEN,
        tags: ['public'],
        summary: 'Report without an account; the answer holds the only copy of the receipt',
        body: z.object({ facts: z.record(z.string(), z.unknown()) }),
        response: { 201: z.object({ receipt: z.string(), number: z.string() }) },
      },
    },
    async (request, reply) => {
      const key = keyOf(request);
      const secret = key === null ? newReceipt(served) : receiptFor(served, key);
      const unknown = Object.keys(request.body.facts).find((name) => !asks.includes(name));
      if (unknown !== undefined)
        throw new CodedError('fact-unknown', { details: [{ path: unknown, message: `one of ${asks.join(', ')}` }] });
      const facts = asRaised(served, kind.id, { ...request.body.facts, ...kind.public?.sets });
      const raised = await site.commands.raise(
        { kind: kind.id, facts, receipt: site.setup.digest.leaf(secret) },
        { actor: CITIZEN, key },
      );
      return raised.ok
        ? reply.status(201).send({ receipt: secret, number: raised.value.matter })
        : refuseWith(reply, raised.error);
    },
  );
};

/** What whoever holds a receipt may do with it. */
const receiptRoutes = (app: App, served: Served): void => {
  const { site } = served;
  app.post(
    '/api/public/follow',
    {
      schema: {
        ...OPEN,
        tags: ['public'],
        summary: 'What became of a report',
        body: z.object({ receipt }),
        response: { 200: followSchema },
      },
    },
    async (request, reply) => {
      const { kind, matter } = await held(served, request.body.receipt);
      const events = await site.matters.events(matter.id);
      return reply.send(followView(site.views, site.dispatching, kind, matter, events));
    },
  );
  app.post(
    '/api/public/steps/:step',
    {
      config: { rateLimit: perMinute(REPORTS_PER_MINUTE * 2) },
      schema: {
        ...OPEN,
        tags: ['public'],
        summary: 'Add to a report, or rate what was done',
        params: z.object({ step: z.string().max(64) }),
        body: z.object({ receipt, facts: z.record(z.string(), z.unknown()).default({}) }),
        response: { 200: doneSchema },
      },
    },
    async (request, reply) => {
      const { matter } = await held(served, request.body.receipt);
      const stepping = { matter: matter.id, step: request.params.step, subject: null, facts: request.body.facts };
      const done = await site.commands.step(stepping, { actor: receiptHolder(matter), key: keyOf(request) });
      return done.ok ? reply.send(done.value as never) : refuseWith(reply, done.error);
    },
  );
};

const newReceipt = (served: Served): string => Buffer.from(served.random(RECEIPT_BYTES)).toString('base64url');

/** A repeated report must get the same receipt, and the server keeps none: it is derived from the client's own key. */
const receiptFor = (served: Served, key: string): string =>
  Buffer.from(served.site.setup.digest.leaf(`receipt\n${served.receipt_pepper}\n${key}`), 'hex')
    .toString('base64url')
    .slice(0, 22);

/** The matter a receipt belongs to. A diverted report goes on in the matter that follows it. */
const held = async (served: Served, secret: string): Promise<{ kind: Kind; matter: Matter }> => {
  const { site } = served;
  const id = site.views.book.byReceipt(site.setup.digest.leaf(secret));
  const matter = id === null ? null : await site.matters.whole(id);
  const kind = matter === null ? undefined : site.views.kinds.get(matter.kind);
  if (matter === null || kind === undefined) throw new CodedError('receipt-wrong');
  return { kind, matter };
};
