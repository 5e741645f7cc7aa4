import { z } from 'zod';
import { CodedError } from '#wire/errors.ts';
import { invalid } from './problems.ts';

/** Where something was measured to be. */
export interface Measured {
  readonly lon: number;
  readonly lat: number;
  /** Null: just now. */
  readonly time_ms: number | null;
  readonly accuracy_m?: number | null | undefined;
  readonly speed_kmh?: number | null | undefined;
  readonly heading_deg?: number | null | undefined;
}
export interface DeviceReport {
  /** What the device calls its id. */
  readonly token: string;
  readonly measured: Measured;
}

/** The query speaks of speed in knots, the JSON in metres per second. */
const KMH_PER_KNOT = 1.852;
const KMH_PER_MPS = 3.6;
const ACCURACY_MAX_M = 100_000;
const SPEED_MAX_KMH = 1500;

const degrees = z
  .string()
  .regex(/^-?\d{1,3}(\.\d+)?$/, 'degrees')
  .transform(Number);
const querySchema = z.object({
  id: z.string().min(1).max(200),
  lat: degrees,
  lon: degrees,
  timestamp: z.string().max(40).optional(),
  accuracy: z.coerce.number().optional().catch(undefined),
  speed: z.coerce.number().optional().catch(undefined),
  bearing: z.coerce.number().optional().catch(undefined),
});

/** `?id=&lat=&lon=&timestamp=…` as OsmAnd and Traccar Client send it. @throws CodedError `request-invalid` */
export const fromQuery = (query: unknown): DeviceReport => {
  const parsed = querySchema.safeParse(query);
  if (!parsed.success) throw invalid(parsed.error);
  const { id, lat, lon, timestamp, accuracy, speed, bearing } = parsed.data;
  const time_ms = timestamp === undefined ? null : timeOf(timestamp);
  return { token: id, measured: { lon, lat, time_ms, ...extras(accuracy, (speed ?? -1) * KMH_PER_KNOT, bearing) } };
};

const coordinate = z.number();
const bodySchema = z.object({
  device_id: z.string().min(1).max(200),
  location: z.object({
    timestamp: z.string().max(40),
    coords: z.object({
      latitude: coordinate,
      longitude: coordinate,
      accuracy: z.number().optional(),
      speed: z.number().optional(),
      heading: z.number().optional(),
    }),
  }),
});

/** What newer Traccar Clients post as JSON, or the query form as a form; null when the body is neither. */
export const fromBody = (body: unknown): DeviceReport | null => {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return null;
  if ('id' in body) return fromQuery(body);
  if (!('device_id' in body)) return null;
  const parsed = bodySchema.safeParse(body);
  if (!parsed.success) throw invalid(parsed.error);
  const { device_id, location } = parsed.data;
  const { latitude, longitude, accuracy, speed, heading } = location.coords;
  const time_ms = timeOf(location.timestamp);
  const rest = extras(accuracy, (speed ?? -1) * KMH_PER_MPS, heading);
  return { token: device_id, measured: { lon: longitude, lat: latitude, time_ms, ...rest } };
};

/** What a device does not know it sends as −1 or nonsense; its position counts all the same. */
const extras = (accuracy_m: number | undefined, speed_kmh: number, heading_deg: number | undefined) => ({
  accuracy_m: within(accuracy_m, ACCURACY_MAX_M),
  speed_kmh: within(speed_kmh, SPEED_MAX_KMH),
  heading_deg: within(heading_deg, 360),
});
const within = (value: number | undefined, most: number): number | null =>
  value !== undefined && value >= 0 && value <= most ? value : null;

const HAS_ZONE = /(Z|[+-]\d\d:?\d\d)$/i;
/** From here on a number means milliseconds: as seconds it would lie in the year 5138. */
const MILLISECONDS_FROM = 100_000_000_000;

/** Seconds or milliseconds since 1970, or an ISO text; without a zone it is UTC. */
const timeOf = (timestamp: string): number => {
  const plain = timestamp.trim() === '' ? Number.NaN : Number(timestamp);
  if (Number.isFinite(plain)) return Math.round(plain >= MILLISECONDS_FROM ? plain : plain * 1000);
  const iso = timestamp.trim().replace(' ', 'T');
  const parsed = Date.parse(HAS_ZONE.test(iso) ? iso : `${iso}Z`);
  if (Number.isNaN(parsed))
    throw new CodedError('request-invalid', { details: [{ path: 'timestamp', message: 'a time' }] });
  return parsed;
};
