import { z } from 'zod';
import { textSchema } from './api.ts';

/** A site of the deployment as this one knows it now. */
export const siteStateSchema = z
  .object({
    id: z.string(),
    name: textSchema,
    prefix: z.string(),
    parent: z.string().nullable(),
    /** own: this site. linked, cut: a neighbour that can be heard, or cannot. beyond: heard of by others. */
    link: z.enum(['own', 'linked', 'cut', 'beyond']),
    /** Since when it is linked or cut, ms of this site's clock; null for others than neighbours. */
    since_ms: z.number().nullable(),
    /** When it was last heard itself, ms of this site's clock; null when never, or not a neighbour. */
    heard_ms: z.number().nullable(),
    /** How far its clock is ahead of this site's; null until measured. */
    skew_ms: z.number().nullable(),
    is_skewed: z.boolean(),
    round_trip_ms: z.number().nullable(),
    /** Events of its ledger held here, and how many more it is known to have. */
    held: z.number(),
    lag: z.number(),
    /** What is held of it is as of this moment, ms of its clock; null while nothing is. */
    as_of_ms: z.number().nullable(),
    /** It signed two courses of events: its ledger goes on with neither until a person decides. */
    forked: z.boolean(),
  })
  .meta({ id: 'SiteState' });

export const sitesSchema = z
  .object({
    /** Empty where the site stands alone. */
    sites: z.array(siteStateSchema),
    /** True while this site takes no commands of its own: it lacks events it signed for, or its key is in other hands. */
    holds: z.boolean(),
    /** Steps on other sites' matters that were asked for here: what waits, and what was settled lately. */
    outbox: z.array(
      z.object({
        ask: z.number(),
        owner: z.string(),
        matter: z.string(),
        step: z.string(),
        by: z.string(),
        at_ms: z.number(),
        state: z.enum(['waiting', 'withdrawn', 'done', 'declined']),
        words: textSchema.nullable(),
      }),
    ),
    alarms: z.array(z.object({ at_ms: z.number(), code: z.string(), site: z.string() })),
  })
  .meta({ id: 'Sites' });
export type SitesView = z.infer<typeof sitesSchema>;
export type SiteState = z.infer<typeof siteStateSchema>;
