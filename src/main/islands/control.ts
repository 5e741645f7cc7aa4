import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { text as bodyText } from 'node:stream/consumers';
import type { SiteId } from '#core/base/ids.ts';
import { messageOf } from '../shell.ts';
import type { Weather } from './strait.ts';

/** A link that can be cut and healed. */
export interface Controlled {
  readonly site: SiteId;
  readonly name: string;
  readonly url: string;
  readonly weather: () => Weather['type'];
  readonly set: (weather: Weather) => void;
}

/** What a person may make of a link. A satellite link of the worst sort: two seconds to and fro, 32 kbit/s. */
export const WEATHERS: Readonly<Record<string, Weather>> = {
  heal: { type: 'open' },
  cut: { type: 'cut' },
  silence: { type: 'silent' },
  slow: { type: 'slow', delay_ms: 1_000, bytes_s: 4_000 },
};

/**
 * Does what a person typed: `cut ds-daishan`, `heal all`.
 * @returns what was done, or how it is said; null for an empty line
 */
export const obey = (line: string, links: readonly Controlled[]): string | null => {
  const [verb = '', name = ''] = line.trim().split(/\s+/);
  if (verb === '') return null;
  const weather = WEATHERS[verb];
  const meant = links.filter(({ site }) => name === 'all' || site === name);
  if (weather === undefined || meant.length === 0)
    return `${Object.keys(WEATHERS).join(' | ')}  ${links.map(({ site }) => site).join(' | ')} | all`;
  for (const one of meant) one.set(weather);
  return meant.map((one) => `${one.name} ${one.site}: ${one.weather()}`).join('\n');
};

/** A page with a button for each link and weather, on this machine only. */
export const openControl = async (
  port: number,
  centre: string,
  links: readonly Controlled[],
): Promise<{ readonly server: Server; readonly port: number }> => {
  const server = createServer((request, response) => {
    answer(request, centre, links).then(
      ({ type, body }) => response.writeHead(200, { 'content-type': type }).end(body),
      (error: unknown) => response.writeHead(400, { 'content-type': 'text/plain' }).end(messageOf(error)),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return { server, port: typeof address === 'object' && address !== null ? address.port : port };
};

const answer = async (
  request: IncomingMessage,
  centre: string,
  links: readonly Controlled[],
): Promise<{ readonly type: string; readonly body: string }> => {
  if (request.method === 'POST') {
    // Only what this page sends: another page open in the same browser must not cut links.
    if (request.headers['x-islands'] !== 'control') throw new RangeError('x-islands: control is missing');
    return { type: 'text/plain; charset=utf-8', body: obey(await bodyText(request), links) ?? '' };
  }
  return { type: 'text/html; charset=utf-8', body: page(centre, links) };
};

const LABELS: Readonly<Record<string, string>> = {
  heal: '恢复 heal',
  cut: '切断 cut',
  silence: '静默 silence',
  slow: '卫星 slow',
};

const page = (centre: string, links: readonly Controlled[]): string => `<!doctype html>
<html lang="zh"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>群岛链路 Links</title>
<style>body{font:16px/1.6 system-ui,"Noto Sans CJK SC",sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem;background:#10151c;color:#e6edf3}
a{color:#6cb6ff}section{border:1px solid #30363d;border-radius:8px;padding:.8rem 1rem;margin:1rem 0}button{font:inherit;margin:.3rem .5rem .3rem 0;padding:.4rem .9rem;
border-radius:6px;border:1px solid #444c56;background:#22272e;color:inherit;cursor:pointer}button[aria-pressed=true]{background:#1f6feb;border-color:#1f6feb;color:#fff}</style>
<h1>群岛链路 Links between the islands</h1>
<p>切断或恢复各岛与 <a href="${centre}">指挥中心 the centre</a> 之间的真实网络连接。 Cut and heal the real connections.</p>
${links.map(section).join('\n')}
<script>for (const one of document.querySelectorAll('button')) one.onclick = () =>
fetch('/', {method: 'POST', headers: {'x-islands': 'control'}, body: one.dataset.say}).then(() => location.reload());</script></html>`;

const section = ({ site, name, url, weather }: Controlled): string =>
  `<section><h2>${name} <small>${site}</small></h2><p><a href="${url}">${url}</a></p>${Object.entries(WEATHERS)
    .map(
      ([verb, { type }]) =>
        `<button data-say="${verb} ${site}" aria-pressed="${String(type === weather())}">${LABELS[verb] ?? verb}</button>`,
    )
    .join('')}</section>`;
