import { z } from 'zod';
import { LAST_ASKED } from '#engines/travel/spi.ts';
import { textSchema } from './api.ts';

/** `[lon, lat]`, WGS 84 degrees. */
const lonLat = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const instant = z.number().int().min(0).max(LAST_ASKED);
const ids = z.array(z.string().min(1).max(80)).max(200).default([]);

/** Moment and "what if" of a question. Without a moment it is now. */
const when = {
  leave_at: instant.optional(),
  arrive_by: instant.optional(),
  /** Closed besides what is, and open although it is closed. */
  close: ids,
  open: ids,
};
/** Who: a profile, and how long it takes to be ready; nothing unless a force is meant, whose kind then says it. */
const who = { profile: z.string().min(1).max(64), turnout_s: z.number().min(0).max(86_400).default(0) };
const oneMoment = (asked: {
  readonly leave_at?: number | undefined;
  readonly arrive_by?: number | undefined;
}): boolean => asked.leave_at === undefined || asked.arrive_by === undefined;
const ONE_MOMENT = { path: ['arrive_by'], message: 'leave_at or arrive_by, not both' };

export const routeQuestionSchema = z
  .strictObject({ ...who, from: lonLat, to: lonLat, alternatives: z.boolean().default(false), ...when })
  .refine(oneMoment, ONE_MOMENT)
  .meta({ id: 'RouteQuestion' });

export const matrixQuestionSchema = z
  .strictObject({
    ...who,
    from: z.array(lonLat).min(1).max(2000),
    to: z.array(lonLat).min(1).max(2000),
    ...when,
  })
  .refine(oneMoment, ONE_MOMENT)
  .refine((asked) => asked.from.length * asked.to.length <= 250_000, { path: ['to'], message: 'at most 250,000 pairs' })
  .meta({ id: 'MatrixQuestion' });

export const forcesQuestionSchema = z
  .strictObject({ to: lonLat, ...when })
  .refine(oneMoment, ONE_MOMENT)
  .meta({ id: 'ForcesQuestion' });

export const isochroneQuestionSchema = z
  .strictObject({
    ...who,
    from: lonLat,
    limits_s: z.array(z.number().int().min(30).max(86_400)).min(1).max(8),
    ...when,
  })
  .refine(oneMoment, ONE_MOMENT)
  .meta({ id: 'IsochroneQuestion' });

export const legSchema = z
  .object({
    mode: z.string(),
    start_ms: z.number(),
    arrive_ms: z.number(),
    duration_s: z.number(),
    distance_m: z.number(),
    from: lonLat,
    to: lonLat,
    line: z.array(lonLat),
    via: z.array(textSchema),
    refs: z.array(z.string()),
    confidence: z.string(),
  })
  .meta({ id: 'Leg' });

const reasonSchema = z.object({ code: z.string(), words: textSchema }).nullable();

/** A way, or why there is none: then the numbers are null and there are no legs. */
export const routeSchema = z
  .object({
    duration_s: z.number().nullable(),
    distance_m: z.number().nullable(),
    start_ms: z.number().nullable(),
    arrive_ms: z.number().nullable(),
    reason: reasonSchema,
    legs: z.array(legSchema),
  })
  .meta({ id: 'Route' });
export type RouteView = z.infer<typeof routeSchema>;

export const routesSchema = z.object({ routes: z.array(routeSchema) }).meta({ id: 'Routes' });

const arrivalSchema = z.object({
  id: z.string(),
  duration_s: z.number().nullable(),
  distance_m: z.number().nullable(),
  reason: reasonSchema,
});
export type ArrivalView = z.infer<typeof arrivalSchema>;

/** Rows by start, columns by place; null with a reason (by row and column) where nothing gets there. */
export const matrixSchema = z
  .object({
    duration_s: z.array(z.array(z.number().nullable())),
    distance_m: z.array(z.array(z.number().nullable())),
    reasons: z.array(z.object({ from: z.number(), to: z.number(), reason: reasonSchema })),
  })
  .meta({ id: 'Matrix' });
export type MatrixView = z.infer<typeof matrixSchema>;

export const arrivalsSchema = z.object({ arrivals: z.array(arrivalSchema) }).meta({ id: 'Arrivals' });

/** GeoJSON: one feature per limit, smallest first, `limit_s` in its properties. */
export const isochroneSchema = z
  .object({
    type: z.literal('FeatureCollection'),
    features: z.array(
      z.object({
        type: z.literal('Feature'),
        properties: z.object({ limit_s: z.number() }),
        geometry: z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(lonLat))) }),
      }),
    ),
  })
  .meta({ id: 'Isochrone' });
export type IsochroneView = z.infer<typeof isochroneSchema>;
