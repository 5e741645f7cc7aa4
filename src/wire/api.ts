import { z } from 'zod';
import { STEPS_MAX } from '#core/matter/values.ts';

/**
 * Shapes of the HTTP and stream interface, shared by the server and the screens. Times are milliseconds since 1970 (UTC)
 * and end in `_ms`; durations end in `_s`. `null` means "known to be none"; a missing key is only used where it says optional.
 */
export const textSchema = z.object({ zh: z.string(), en: z.string() }).meta({ id: 'Text' });
export const positionSchema = z
  .object({
    lon: z.number().min(-180).max(180),
    lat: z.number().min(-90).max(90),
    accuracy_m: z.number().min(0).max(100_000).nullish(),
  })
  .meta({ id: 'GeoPosition' });

/** Every error answer. `code` is in docs/ERRORS.md. */
export const problemSchema = z
  .object({
    code: z.string(),
    words: textSchema,
    /** What to do next. */
    advice: textSchema,
    /** Where it is wrong: field paths and messages, or the state it met. */
    details: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    /** Number under which the log knows it. */
    request: z.string().optional(),
  })
  .meta({ id: 'Problem' });

export const loginSchema = z
  .object({ name: z.string().min(1).max(64), password: z.string().min(1).max(256) })
  .meta({ id: 'Login' });
export const sessionSchema = z
  .object({
    account: z.string(),
    name: textSchema,
    roles: z.array(z.string()),
    units: z.array(z.string()),
    /** Send it back as `x-csrf-token` with every changing request made on a cookie. */
    csrf: z.string(),
  })
  .meta({ id: 'Session' });

export const siteSchema = z
  .object({
    id: z.string(),
    prefix: z.string(),
    name: textSchema,
    version: z.string(),
    time_zone: z.string(),
    demonstration: z.boolean(),
    /** Only in demonstration mode: accounts to try, with their published password. */
    accounts: z.array(z.object({ name: z.string(), password: z.string(), title: textSchema, face: z.string() })),
    /** True until the first administrator exists; then the set-up page is offered. */
    needs_setup: z.boolean(),
    /** Whose data the map shows, where its licence wants that told. */
    map_credit: textSchema.nullable(),
    now_ms: z.number(),
  })
  .meta({ id: 'Site' });

export const raiseSchema = z
  .object({ kind: z.string().min(1).max(64), facts: z.record(z.string(), z.unknown()) })
  .meta({ id: 'Raise' });
export const takeStepSchema = z
  .object({
    subject: z.string().min(1).max(64).nullish(),
    facts: z.record(z.string(), z.unknown()).default({}),
  })
  .meta({ id: 'TakeStep' });

/** Answer of every command on a matter: derived from its events alone, so a repeat gets the very same. */
export const doneSchema = z
  .object({
    matter: z.string(),
    seq: z.number().int(),
    state: z.string(),
    outcome: z.string().nullable(),
    /** Matters raised or linked by the same command. */
    also: z.array(z.string()),
    warnings: z.array(textSchema),
  })
  .meta({ id: 'Done' });

/** Several steps on one matter, taken in this order and durable together. */
export const takeStepsSchema = z
  .object({
    steps: z
      .array(takeStepSchema.extend({ step: z.string().min(1).max(64) }))
      .min(1)
      .max(STEPS_MAX),
  })
  .meta({ id: 'TakeSteps' });
/** What came of each step, in the order asked: exactly one of `done` and `refused` is not null. */
export const stepsDoneSchema = z
  .object({ answers: z.array(z.object({ done: doneSchema.nullable(), refused: problemSchema.nullable() })) })
  .meta({ id: 'StepsDone' });

const clockSchema = z.object({
  key: z.string(),
  clock: z.string(),
  level: z.string().nullable(),
  subject: z.string().nullable(),
  since_ms: z.number(),
  due_ms: z.number().nullable(),
  fired_ms: z.number().nullable(),
});
const partSchema = z.object({
  part: z.string(),
  subject: z.string(),
  state: z.string(),
  active: z.boolean(),
  since_ms: z.number(),
});

/** A line of a list: what, where, since when, who. */
export const matterRowSchema = z
  .object({
    id: z.string(),
    kind: z.string(),
    /** The site that handles it. */
    site: z.string(),
    level: z.string(),
    state: z.string(),
    open: z.boolean(),
    outcome: z.string().nullable(),
    title: textSchema,
    place: z.string().nullable(),
    position: positionSchema.nullable(),
    urgency: z.string().nullable(),
    raised_ms: z.number(),
    changed_ms: z.number(),
    seq: z.number(),
    clocks: z.array(clockSchema),
    parts: z.array(partSchema),
  })
  .meta({ id: 'MatterRow' });

const statedSchema = z.object({
  /** Null while sealed. */
  value: z.unknown(),
  sealed: z.boolean(),
  by: z.string(),
  at_ms: z.number(),
});
export const matterSchema = matterRowSchema
  .extend({
    facts: z.record(z.string(), z.object({ stated: z.array(statedSchema), conflict: z.boolean() })),
    links: z.array(z.object({ to: z.string(), relation: z.string(), outgoing: z.boolean() })),
    firsts: z.record(z.string(), z.number()),
    /** Times the kind is measured by, in seconds; null while the later mark is not reached. */
    measures: z.record(z.string(), z.number().nullable()),
    /** Steps allowed to this session now. `refused` says why one that would be expected is not possible. */
    steps: z.array(z.object({ step: z.string(), subject: z.string().nullable(), refused: textSchema.nullable() })),
    tells: textSchema,
    erased: z.boolean(),
    may_speak: z.boolean(),
  })
  .meta({ id: 'Matter' });

export const eventSchema = z
  .object({
    seq: z.number(),
    matter: z.string().nullable(),
    kind: z.string(),
    type: z.string(),
    time_ms: z.number(),
    actor: z.string(),
    /** One line a person can read. */
    words: textSchema,
    /** Facts stated in it; sealed ones are left out. */
    facts: z.record(z.string(), z.unknown()),
    /** A deadline passed, and its clock names this session among those to be told. */
    told: z.boolean(),
  })
  .meta({ id: 'Event' });

export const forceSchema = z
  .object({
    id: z.string(),
    kind: z.string(),
    name: textSchema,
    call_sign: z.string(),
    tier: z.string(),
    district: z.string().nullable(),
    skills: z.array(z.string()),
    gear: z.array(z.string()),
    seats: z.number(),
    crew: z.number(),
    state: z.enum(['available', 'assigned', 'on_the_way', 'on_scene', 'unavailable', 'off_duty']),
    on_duty: z.boolean(),
    /** Why it cannot be sent although on duty. */
    unavailable: z.string().nullable(),
    home: z.object({ lon: z.number(), lat: z.number() }),
    engaged: z.array(z.object({ matter: z.string(), state: z.string(), since_ms: z.number() })),
    position: z
      .object({
        lon: z.number(),
        lat: z.number(),
        time_ms: z.number(),
        accuracy_m: z.number().nullable(),
        speed_kmh: z.number().nullable(),
        heading_deg: z.number().nullable(),
        source: z.string(),
      })
      .nullable(),
  })
  .meta({ id: 'Force' });

const reasonSchema = z.object({ code: z.string(), words: textSchema, weight: z.enum(['for', 'against', 'note']) });
export const rankingSchema = z
  .object({
    at_ms: z.number(),
    candidates: z.array(
      z.object({
        force: z.string(),
        rank: z.number(),
        eta_s: z.number(),
        distance_m: z.number(),
        uncertain: z.boolean(),
        reasons: z.array(reasonSchema),
      }),
    ),
    excluded: z.array(z.object({ force: z.string(), reasons: z.array(reasonSchema) })),
  })
  .meta({ id: 'Ranking' });

/** Candidates for a place before the matter exists (the intake form counts while the caller speaks). */
export const previewSchema = z
  .object({ kind: z.string(), facts: z.record(z.string(), z.unknown()) })
  .meta({ id: 'Preview' });

export const journeySchema = z
  .object({
    force: z.string(),
    duration_s: z.number().nullable(),
    distance_m: z.number().nullable(),
    reason: textSchema.nullable(),
    legs: z.array(
      z.object({
        mode: z.string(),
        start_ms: z.number(),
        arrive_ms: z.number(),
        duration_s: z.number(),
        distance_m: z.number(),
        line: z.array(z.tuple([z.number(), z.number()])),
        via: z.array(textSchema),
        refs: z.array(z.string()),
        confidence: z.string(),
      }),
    ),
  })
  .meta({ id: 'Journey' });

/** Words to look for go in a body, never in an address: they may be a name or a number. */
export const searchSchema = z
  .strictObject({
    words: z.string().trim().min(1).max(100),
    state: z.enum(['open', 'closed', 'all']).default('all'),
    kind: z.string().max(64).optional(),
    unit: z.string().max(64).optional(),
    limit: z.number().int().min(1).max(500).default(50),
    /** Number of the last matter of the page before. */
    before: z.string().max(40).optional(),
  })
  .meta({ id: 'Search' });

export const duplicatesQuerySchema = z
  .object({ kind: z.string(), position: positionSchema.nullish(), words: z.string().max(4000).default('') })
  .meta({ id: 'DuplicatesQuery' });
export const duplicatesSchema = z
  .object({
    rows: z.array(
      z.object({ row: matterRowSchema, distance_m: z.number().nullable(), age_s: z.number(), why: textSchema }),
    ),
  })
  .meta({ id: 'Duplicates' });

export const unsealSchema = z
  .object({ facts: z.array(z.string()).min(1).max(50), purpose: z.string().trim().min(4).max(200) })
  .meta({ id: 'Unseal' });
export const unsealedSchema = z.object({ facts: z.record(z.string(), z.unknown()) }).meta({ id: 'Unsealed' });

/** What whoever holds the receipt may know. */
export const followSchema = z
  .object({
    number: z.string(),
    kind: z.string(),
    state: z.string(),
    open: z.boolean(),
    tells: textSchema,
    outcome: textSchema.nullable(),
    raised_ms: z.number(),
    changed_ms: z.number(),
    /** Nearest force on the way: when it should be there, and where it is now. */
    coming: z.object({
      count: z.number(),
      eta_s: z.number().nullable(),
      on_scene: z.number(),
      positions: z.array(positionSchema),
    }),
    position: positionSchema.nullable(),
    facts: z.record(z.string(), z.unknown()),
    history: z.array(z.object({ time_ms: z.number(), words: textSchema })),
    rated: z.boolean(),
    may: z.array(z.string()),
  })
  .meta({ id: 'Follow' });

export const streamMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), seq: z.number(), now_ms: z.number() }),
  /** Everything that changed since the message before; `seq` is where to resume from. */
  z.object({
    type: z.literal('batch'),
    seq: z.number(),
    now_ms: z.number(),
    rows: z.array(matterRowSchema),
    events: z.array(eventSchema),
    forces: z.array(forceSchema),
    /** Matters this session could see before and cannot any more. */
    gone: z.array(z.string()),
  }),
  /** The asked position is too old to resume from: fetch everything again. */
  z.object({ type: z.literal('reset'), seq: z.number(), now_ms: z.number() }),
]);

export type Problem = z.infer<typeof problemSchema>;
export type Session = z.infer<typeof sessionSchema>;
export type SiteView = z.infer<typeof siteSchema>;
export type Done = z.infer<typeof doneSchema>;
export type StepsDone = z.infer<typeof stepsDoneSchema>;
export type MatterRow = z.infer<typeof matterRowSchema>;
export type MatterView = z.infer<typeof matterSchema>;
export type EventView = z.infer<typeof eventSchema>;
export type ForceView = z.infer<typeof forceSchema>;
export type RankingView = z.infer<typeof rankingSchema>;
export type JourneyView = z.infer<typeof journeySchema>;
export type Duplicates = z.infer<typeof duplicatesSchema>;
export type Follow = z.infer<typeof followSchema>;
export type StreamMessage = z.infer<typeof streamMessageSchema>;
