import { z } from 'zod';
import { textSchema } from './api.ts';

const reading = (max: number) => z.number().min(0).max(max).nullable();

/** Observed or forecast from `at` (ms) until the next one; null where nobody says. */
export const weatherSchema = z
  .object({
    at: z.number().int().min(0).max(8.64e15),
    wind_ms: reading(120),
    gust_ms: reading(150),
    /** Significant wave height. */
    wave_m: reading(30),
    visibility_m: reading(100_000),
  })
  .meta({ id: 'Weather' });

export const conditionsSchema = z
  .object({
    closures: z.array(
      z.object({
        matter: z.string(),
        what: z.string(),
        from: z.number(),
        until: z.number().nullable(),
        why: textSchema.nullable(),
      }),
    ),
    weather: z.array(z.object({ area: z.string(), series: z.array(weatherSchema) })),
  })
  .meta({ id: 'Conditions' });
export type ConditionsView = z.infer<typeof conditionsSchema>;
