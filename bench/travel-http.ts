import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import type { LonLat } from '#core/base/geo.ts';
import { seeded } from '#core/base/random.ts';
import { importOsm } from '#rim/osm/import-osm.ts';
import { EXTRACT } from './lib/extract.ts';
import { figure, percentile } from './lib/figures.ts';
import { writeForces, writePlace } from './lib/island-place.ts';
import { besideRoads, built } from './lib/islands.ts';
import { portOf } from './lib/ready.ts';
import { tell } from './lib/report.ts';
import { scratch } from './lib/scratch.ts';
import { CLI, makeToken, siteEnv, startServer } from './lib/site.ts';

const FORCES = 1000;
const PLACES = 100;
/** Until the code is as quick as it gets. */
const WARM = 300;
const ROUNDS = 6;
const ASKED = 100;
/** Theirs takes long. */
const ASKED_THEIRS = 8;
/** With another road closed each time. */
const CLOSED = 30;

/** A client that asks one question after the other. @param agent keeps its connection, or makes a new one for each */
const client = (port: number, url: string, headers: Record<string, string>, agent: http.Agent) => {
  return async (body: unknown): Promise<string> => {
    const request = http.request({ port, host: '127.0.0.1', path: url, method: 'POST', agent, headers });
    request.end(JSON.stringify(body));
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    const answer = await text(response);
    if (response.statusCode !== 200) throw new Error(`${url}: ${response.statusCode ?? ''} ${answer.slice(0, 300)}`);
    return answer;
  };
};

const times_ms = async (
  ask: (at: number) => Promise<unknown>,
  count: number,
  first = 0,
): Promise<readonly number[]> => {
  const times: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const began = performance.now();
    await ask(first + at);
    times.push(performance.now() - began);
  }
  return times;
};

/** A site with cars all over the island, on duty, and where they may be sent. */
const prepare = (dir: string) => {
  const map = built(importOsm(EXTRACT, () => undefined).data);
  const random = seeded(5);
  const [homes, places] = [besideRoads(map.built.data, FORCES, random), besideRoads(map.built.data, PLACES, random)];
  const [place_dir, data_dir, file] = ['place', 'site', 'forces.json'].map((name) => path.join(dir, name)) as [
    string,
    string,
    string,
  ];
  writePlace(place_dir, map.built);
  writeForces(file, homes);
  mkdirSync(data_dir);
  execFileSync(process.execPath, [CLI, 'import', 'forces', file, '--on-duty'], {
    env: siteEnv(data_dir),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ways = map.built.data.ways.id;
  return { homes, places, ways, place_dir, data_dir, token: makeToken(data_dir) };
};

const startTheirs = async (dir: string) => {
  const file = path.join(import.meta.dirname, 'lib/valhalla-server.ts');
  const child = spawn(process.execPath, [file, EXTRACT, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  return { child, port: await portOf(child) };
};

interface Times {
  readonly ours: readonly number[];
  readonly fresh: readonly number[];
  readonly theirs: readonly number[];
  readonly closed: readonly number[];
  readonly answered: number;
  readonly bytes: number;
}

const measure = async (dir: string): Promise<Times> => {
  const { homes, places, ways, place_dir, data_dir, token } = prepare(dir);
  const own = await startServer(data_dir, ['--place', place_dir]);
  const peer = await startTheirs(dir);
  const kept = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  try {
    const ours = client(own.port, '/api/travel/forces', headers, kept);
    const fresh = client(own.port, '/api/travel/forces', headers, new http.Agent());
    const theirs = client(peer.port, '/', {}, new http.Agent({ keepAlive: true, maxSockets: 1 }));
    const to = (at: number): { to: LonLat | undefined } => ({ to: places[at % places.length] });
    await theirs({ forces: homes, ...to(0) });
    await times_ms((at) => theirs(to(at)), 3);
    await times_ms((at) => ours(to(at)), WARM);
    const all = { ours: [] as number[], fresh: [] as number[], theirs: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      all.ours.push(...(await times_ms((at) => ours(to(at)), ASKED, round * 7)));
      all.fresh.push(...(await times_ms((at) => fresh(to(at)), ASKED, round * 7)));
      all.theirs.push(...(await times_ms((at) => theirs(to(at)), ASKED_THEIRS, round * 7)));
    }
    const close = (at: number): readonly (string | undefined)[] => [ways[(at * 97) % ways.length]];
    const closed = await times_ms((at) => ours({ ...to(at), close: close(at) }), CLOSED);
    const answer = await ours(to(0));
    const { arrivals } = JSON.parse(answer) as { arrivals: readonly { duration_s: number | null }[] };
    return { ...all, closed, answered: arrivals.filter((one) => one.duration_s !== null).length, bytes: answer.length };
  } finally {
    kept.destroy();
    for (const { child } of [own, peer]) child.kill('SIGTERM');
    const running = [own, peer].filter(({ child }) => child.exitCode === null);
    await Promise.all(running.map(({ child }) => once(child, 'exit')));
  }
};

const main = async (): Promise<void> => {
  if (!existsSync(EXTRACT)) {
    process.stderr.write('travel-http: the extract is not here (data/osm in the folder QUNDAO_SHARED names)\n');
    process.exitCode = 1;
    return;
  }
  const { ours, fresh, theirs, closed, answered, bytes } = await measure(scratch());
  const both = (times: readonly number[]): string =>
    `${figure(percentile(times, 0.5))} ms, ${figure(percentile(times, 0.99))} ms`;
  const forces = FORCES.toLocaleString('en');
  tell({
    name: 'travel-http',
    about:
      `\`POST /api/travel/forces\` with a place: how long each of ${forces} cars on duty takes there, on the Isle of Man, asked over HTTP one question after the other, another place each time; the server holds the forces, which stand still, and was warmed with ${WARM} questions. ` +
      'Beside a server of ten lines (node:http, a process of its own) that keeps the same positions and hands a place to the matrix of Valhalla 3.6.1 in its process. Taking turns in one run.',
    command: 'npm run bench -- travel-http',
    rows: [
      {
        figure: `${forces} forces → 1, p99`,
        value: `${figure(percentile(ours, 0.99))} ms`,
        aim: '≤ 3 ms',
        met: percentile(ours, 0.99) <= 3,
      },
      { figure: 'p50, p99, connection kept', value: both(ours) },
      { figure: 'p50, p99, a new connection for each', value: both(fresh) },
      { figure: 'Valhalla p50, p99', value: both(theirs) },
      { figure: 'p50, p99 with another road closed for each question', value: both(closed) },
      { figure: 'ratio at p50', value: `${figure(percentile(theirs, 0.5) / percentile(ours, 0.5))} ×` },
      { figure: 'forces that get there; bytes of the answer', value: `${answered}; ${bytes.toLocaleString('en')}` },
    ],
  });
};

await main();
