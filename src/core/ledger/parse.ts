import { isHash, isMatterId, isSlug } from '#core/base/ids.ts';
import type { JsonObject } from '#core/base/json.ts';
import { err, ok } from '#core/base/result.ts';
import type { Result } from '#core/base/result.ts';
import { ENVELOPE_VERSION } from './envelope.ts';
import type { Envelope } from './envelope.ts';
import { isStamp } from './heads.ts';

/** An event of this program's envelope version, or of a later one, kept as it is. */
export type ParsedEvent =
  | { readonly known: true; readonly envelope: Envelope }
  | { readonly known: false; readonly v: number; readonly text: string };

/** Reads the text of a stored event. The error says what is wrong with it, in English, for logs. */
export const parseEvent = (text: string): Result<ParsedEvent, string> => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return err('not JSON');
  }
  if (!isObject(value)) return err('not an object');
  const { v } = value;
  if (typeof v !== 'number' || !Number.isSafeInteger(v) || v < 1) return err('v is not a version');
  if (v > ENVELOPE_VERSION) return ok({ known: false, v, text });
  for (const [key, check] of Object.entries(CHECKS)) {
    if (!check(value[key])) return err(`${key} is missing or wrong`);
  }
  if (Object.keys(value).length !== KEYS) return err('has unknown keys');
  return ok({ known: true, envelope: value as unknown as Envelope });
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isTextOrNull = (value: unknown): boolean => value === null || typeof value === 'string';

const CHECKS: Readonly<Record<Exclude<keyof Envelope, 'v'>, (value: unknown) => boolean>> = {
  site: (value) => typeof value === 'string' && isSlug(value),
  seq: (value) => typeof value === 'number' && Number.isSafeInteger(value) && value >= 1,
  time: isStamp,
  matter: (value) => value === null || (typeof value === 'string' && isMatterId(value)),
  kind: isText,
  type: isText,
  actor: isText,
  purpose: isTextOrNull,
  command: isTextOrNull,
  body: isObject,
  prev: (value) => typeof value === 'string' && isHash(value),
};
const KEYS = Object.keys(CHECKS).length + 1;

/**
 * Brings the body of an old event to its next version. The version of a body is its whole-numbered member `v`, 1 when it
 * has none; the body returned must carry a higher one. Pure: stored bytes never change, events are raised as they are read.
 */
export interface Upcaster {
  readonly kind: string;
  readonly type: string;
  /** Version of the bodies it takes. */
  readonly from: number;
  readonly raise: (body: JsonObject, envelope: Envelope) => JsonObject;
}

/** One function that takes an event through every upcaster that applies, one version after the other. */
export const upcasting = (upcasters: readonly Upcaster[]): ((envelope: Envelope) => Envelope) => {
  const byPlace = new Map<string, Upcaster>();
  for (const upcaster of upcasters) {
    const place = `${upcaster.kind}\n${upcaster.type}\n${upcaster.from}`;
    if (byPlace.has(place)) throw new RangeError(`two upcasters for ${place.replaceAll('\n', ' ')}`);
    byPlace.set(place, upcaster);
  }
  if (byPlace.size === 0) return (envelope) => envelope;
  return (envelope) => {
    let raised = envelope;
    for (;;) {
      const version = bodyVersion(raised.body);
      const upcaster = byPlace.get(`${raised.kind}\n${raised.type}\n${version}`);
      if (upcaster === undefined) return raised;
      const body = upcaster.raise(raised.body, raised);
      if (bodyVersion(body) <= version)
        throw new RangeError(`upcaster of ${raised.kind} ${raised.type} v${version} did not raise it`);
      raised = { ...raised, body };
    }
  };
};

/** Version of an event's body: its member `v` when that is a whole number from 1, else 1. */
export const bodyVersion = (body: JsonObject): number =>
  typeof body['v'] === 'number' && Number.isSafeInteger(body['v']) && body['v'] >= 1 ? body['v'] : 1;
