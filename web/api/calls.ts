import type { Text } from '#core/base/text.ts';
import type {
  Done,
  Duplicates,
  EventView,
  Follow,
  ForceView,
  JourneyView,
  MatterRow,
  MatterView,
  RankingView,
  Session,
  SiteView,
} from '#wire/api.ts';
import type { ConditionsView } from '#wire/conditions.ts';
import type { SitesView } from '#wire/sites.ts';
import type { IsochroneView, RouteView } from '#wire/travel.ts';
import { call, newKey } from './client.ts';
import type { Declared } from './kinds.ts';

export type Facts = Record<string, unknown>;
const post = <T>(path: string, body: unknown, key?: string): Promise<T> =>
  call<T>(path, { method: 'POST', body, ...(key === undefined ? {} : { key }) });
const open = <T>(path: string, body: unknown, key?: string): Promise<T> =>
  call<T>(path, { method: 'POST', body, open: true, ...(key === undefined ? {} : { key }) });
const id = encodeURIComponent;

export const site = (): Promise<SiteView> => call('/api/site', { open: true });
export const sites = (): Promise<SitesView> => call('/api/sites');
export const withdrawAsk = (ask: number): Promise<SitesView> => post(`/api/sites/outbox/${ask}/withdraw`, {});
export const session = (): Promise<Session> => call('/api/session', { open: true });
export const login = (name: string, password: string): Promise<Session> => open('/api/session', { name, password });
export const logout = (): Promise<void> => call('/api/session', { method: 'DELETE', open: true });
export const setup = (token: string, name: string, password: string): Promise<Session> =>
  open('/api/setup', { token, name, password });
export const kinds = (): Promise<Declared> => call('/api/kinds', { open: true });

export interface MatterPage {
  readonly rows: readonly MatterRow[];
  readonly seq: number;
  readonly next: string | null;
}
export interface MatterQuery {
  readonly state: 'open' | 'closed' | 'all';
  readonly unit?: string;
  readonly limit?: number;
  readonly before?: string;
}
export const matters = (query: MatterQuery): Promise<MatterPage> => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  return call(`/api/matters?${search.toString()}`);
};
/** Words go in the body: an address is kept in logs and histories. */
export const searchMatters = (words: string, limit: number, signal: AbortSignal): Promise<MatterPage> =>
  call('/api/matters/search', { method: 'POST', body: { words, limit }, signal });
export const matter = (number: string): Promise<MatterView> => call(`/api/matters/${id(number)}`);
export const events = (number: string): Promise<{ readonly events: readonly EventView[] }> =>
  call(`/api/matters/${id(number)}/events`);
export const candidates = (number: string): Promise<RankingView> => call(`/api/matters/${id(number)}/candidates`);
export const journey = (number: string, force: string): Promise<JourneyView> =>
  call(`/api/matters/${id(number)}/journeys/${id(force)}`);
export const preview = (kind: string, facts: Facts, signal?: AbortSignal): Promise<RankingView> =>
  call('/api/candidates', { method: 'POST', body: { kind, facts }, ...(signal === undefined ? {} : { signal }) });
export const duplicates = (
  kind: string,
  position: { readonly lon: number; readonly lat: number } | null,
  words: string,
  signal?: AbortSignal,
): Promise<Duplicates> =>
  call('/api/duplicates', {
    method: 'POST',
    body: { kind, position, words },
    ...(signal === undefined ? {} : { signal }),
  });

export const raise = (kind: string, facts: Facts, key = newKey()): Promise<Done> =>
  post('/api/matters', { kind, facts }, key);
export const takeStep = (
  number: string,
  step: string,
  body: { readonly subject?: string | null; readonly facts?: Facts },
  key = newKey(),
): Promise<Done> => post(`/api/matters/${id(number)}/steps/${id(step)}`, body, key);
export const engage = (number: string, force: string, key = newKey()): Promise<Done> =>
  post(`/api/matters/${id(number)}/engagements`, { force }, key);
export const unseal = (number: string, facts: readonly string[], purpose: string): Promise<{ readonly facts: Facts }> =>
  post(`/api/matters/${id(number)}/unseal`, { facts, purpose }, newKey());

/** Cannot be undone. Answers the matters whose personal facts are gone: this one and those opened from it. */
export const erase = (number: string, purpose: string): Promise<{ readonly erased: readonly string[] }> =>
  post(`/api/matters/${id(number)}/erase`, { purpose }, newKey());

export interface Uploaded {
  readonly file: string;
  readonly type: string;
  readonly size: number;
}
const form = (file: Blob): FormData => {
  const data = new FormData();
  data.set('file', file);
  return data;
};
export const upload = (file: Blob): Promise<Uploaded> => call('/api/files', { method: 'POST', body: form(file) });
export const fileUrl = (file: string, number: string, small = false): string =>
  `/api/files/${id(file)}?matter=${id(number)}${small ? '&small=1' : ''}`;

export const people = (): Promise<{ readonly names: Readonly<Record<string, Text>> }> => call('/api/people');
export const forces = (): Promise<{ readonly forces: readonly ForceView[] }> => call('/api/forces');
export const duty = (force: string, on_duty: boolean): Promise<ForceView> =>
  post(`/api/forces/${id(force)}/duty`, { on_duty }, newKey());
export interface Reported {
  readonly force: string;
  readonly lon: number;
  readonly lat: number;
  readonly time_ms: number;
  readonly accuracy_m?: number;
  readonly speed_kmh?: number;
  readonly heading_deg?: number;
}
export const report = (position: Reported): Promise<unknown> => post('/positions', position);

/** What is closed and the weather told: what travel goes by besides the map. */
export const conditions = (): Promise<ConditionsView> => call('/api/conditions');
export const tellWeather = (
  area: string,
  series: ConditionsView['weather'][number]['series'],
): Promise<ConditionsView> => call(`/api/conditions/weather/${id(area)}`, { method: 'PUT', body: { series } });
/** A map layer as GeoJSON. */
export const layer = <T>(name: string): Promise<T> => call(`/api/map/${id(name)}`, { open: true });
type At = readonly [lon: number, lat: number];
/** Who travels: moving how, and how long it takes to be ready. */
export interface Who {
  readonly profile: string;
  readonly turnout_s: number;
}
export const ways = (who: Who, from: At, to: At): Promise<{ readonly routes: readonly RouteView[] }> =>
  call('/api/travel/route', { method: 'POST', body: { ...who, from, to, alternatives: true } });
export const isochrone = (
  { profile, turnout_s }: Who,
  from: At,
  limits_s: readonly number[],
  signal: AbortSignal,
): Promise<IsochroneView> =>
  call('/api/travel/isochrone', { method: 'POST', body: { profile, turnout_s, from, limits_s }, signal });

export const publicUpload = (file: Blob): Promise<{ readonly file: string }> =>
  call('/api/public/files', { method: 'POST', body: form(file), open: true });
export const publicReport = (
  facts: Facts,
  key: string,
): Promise<{ readonly receipt: string; readonly number: string }> => open('/api/public/reports', { facts }, key);
export const follow = (receipt: string): Promise<Follow> => open('/api/public/follow', { receipt });
export const publicStep = (receipt: string, step: string, facts: Facts, key = newKey()): Promise<Done> =>
  open(`/api/public/steps/${id(step)}`, { receipt, facts }, key);
