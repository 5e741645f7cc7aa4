import { z } from 'zod';
import { isSlug } from '#core/base/ids.ts';
import { FORCE_KINDS, SKILL_NAMES } from '#world/forces/kinds.ts';

const slug = z.string().refine(isSlug, 'lower-case letters, digits, dashes');
const name = z.string().trim().min(1).max(60);

/** A force as a deployer registers it, without its id. */
export const forceFieldsSchema = z
  .object({
    kind: z.enum(Object.keys(FORCE_KINDS) as [keyof typeof FORCE_KINDS]),
    name: z.object({ zh: name, en: name }),
    call_sign: z.string().trim().min(1).max(20),
    tier: z.enum(['station', 'district', 'city']),
    district: z
      .string()
      .regex(/^\d{6}$/)
      .nullable(),
    home: z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]),
    home_place: slug.nullable().default(null),
    skills: z.array(z.enum(Object.keys(SKILL_NAMES) as [keyof typeof SKILL_NAMES])).max(30),
    gear: z.array(z.string().max(40)).max(50),
    seats: z.number().int().min(0).max(2000),
    crew: z.number().int().min(0).max(500),
  })
  .meta({ id: 'ForceRecord' });

/** The same with its id, as import files have it. */
export const forceRecordSchema = forceFieldsSchema.extend({ id: slug }).meta({ id: 'ForceRecordWithId' });
export const forceIdSchema = slug;
