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
import { hasClients, load, postText, writeRequests } from './lib/http-load.ts';
import type { LoadResult } from './lib/http-load.ts';
import { besideRoads, built } from './lib/islands.ts';
import { portOf } from './lib/ready.ts';
import { tell } from './lib/report.ts';
import { scratch } from './lib/scratch.ts';
import { CLI, makeToken, siteEnv, startServer } from './lib/site.ts';

const FORCES = 1000;
const PLACES = 100;
/** Until the code is as quick as it gets. */
const WARM_S = 8;
const ROUNDS = 5;
const ROUND_S = 5;
/** With another road closed each time. */
const CLOSED = 30;

const URL_OURS = '/api/travel/forces';

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

const times_ms = async (ask: (at: number) => Promise<unknown>, count: number): Promise<readonly number[]> => {
  const times: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const began = performance.now();
    await ask(at);
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
  /** What is asked for nothing: as even as this machine gets. */
  readonly empty: readonly LoadResult[];
  readonly ours: readonly LoadResult[];
  readonly fresh: readonly LoadResult[];
  readonly theirs: readonly LoadResult[];
  readonly theirsFresh: readonly LoadResult[];
  readonly closed: readonly number[];
  readonly answered: number;
  readonly bytes: number;
}

const measure = async (dir: string): Promise<Times> => {
  const { homes, places, ways, place_dir, data_dir, token } = prepare(dir);
  const own = await startServer(data_dir, ['--place', place_dir]);
  const peer = await startTheirs(dir);
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  try {
    const ask = client(own.port, URL_OURS, headers, agent);
    await client(peer.port, '/', {}, agent)({ forces: homes, to: places[0] });
    const runs = runsOf(dir, places, token, own.port, peer.port);
    runs.ours(WARM_S);
    runs.theirs(WARM_S);
    const all = {
      empty: [] as LoadResult[],
      ours: [] as LoadResult[],
      fresh: [] as LoadResult[],
      theirs: [] as LoadResult[],
      theirsFresh: [] as LoadResult[],
    };
    for (let round = 0; round < ROUNDS; round += 1) {
      all.empty.push(runs.empty(ROUND_S));
      all.ours.push(runs.ours(ROUND_S));
      all.theirs.push(runs.theirs(ROUND_S));
      all.fresh.push(runs.fresh(ROUND_S));
      all.theirsFresh.push(runs.theirsFresh(ROUND_S));
    }
    const close = (at: number): readonly (string | undefined)[] => [ways[(at * 97) % ways.length]];
    const closed = await times_ms((at) => ask({ to: places[at % places.length], close: close(at) }), CLOSED);
    const answer = await ask({ to: places[0] });
    const { arrivals } = JSON.parse(answer) as { arrivals: readonly { duration_s: number | null }[] };
    return { ...all, closed, answered: arrivals.filter((one) => one.duration_s !== null).length, bytes: answer.length };
  } finally {
    agent.destroy();
    for (const { child } of [own, peer]) child.kill('SIGTERM');
    const running = [own, peer].filter(({ child }) => child.exitCode === null);
    await Promise.all(running.map(({ child }) => once(child, 'exit')));
  }
};

/** Questions to either server for some seconds, one after the other: on one connection, or on a new one for each. */
const runsOf = (dir: string, places: readonly LonLat[], token: string, own: number, peer: number) => {
  const script = (name: string, url: string, headers: readonly string[]): string =>
    writeRequests(
      dir,
      name,
      places.map((to) => postText(url, { to }, headers)),
    );
  const login = `authorization: Bearer ${token}`;
  const once_only = 'connection: close';
  const run = (port: number, name: string, url: string, headers: readonly string[]) => {
    const file = script(name, url, headers);
    return (seconds: number): LoadResult => load(port, file, 1, seconds);
  };
  const health = writeRequests(dir, 'empty', ['GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n']);
  return {
    empty: (seconds: number): LoadResult => load(own, health, 1, seconds),
    ours: run(own, 'ours', URL_OURS, [login]),
    fresh: run(own, 'ours-fresh', URL_OURS, [login, once_only]),
    theirs: run(peer, 'theirs', '/', []),
    theirsFresh: run(peer, 'theirs-fresh', '/', [once_only]),
  };
};

const main = async (): Promise<void> => {
  if (!existsSync(EXTRACT) || !hasClients()) {
    process.stderr.write('travel-http: it takes wrk, and the extract (data/osm in the folder QUNDAO_SHARED names)\n');
    process.exitCode = 1;
    return;
  }
  const { empty, ours, fresh, theirs, theirsFresh, closed, answered, bytes } = await measure(scratch());
  const both = (runs: readonly LoadResult[]): string =>
    `${figure(middle(runs, 'p50_ms'))} ms, ${figure(middle(runs, 'p99_ms'))} ms`;
  const p99_ms = middle(ours, 'p99_ms');
  const forces = FORCES.toLocaleString('en');
  tell({
    name: 'travel-http',
    about:
      `\`POST /api/travel/forces\` with a place: how long each of ${forces} cars on duty takes there, on the Isle of Man, asked over HTTP one question after the other, another place each time; the server holds the forces, which stand still, and was warmed for ${WARM_S} s. The client is wrk, so that its own collector is not measured. ` +
      `Beside a server of ten lines (node:http, a process of its own) that keeps the same positions and hands a place to the matrix of Valhalla 3.6.1 in its process. ${ROUNDS} rounds of ${ROUND_S} s each, taking turns in one run; medians of the rounds.`,
    command: 'npm run bench -- travel-http',
    rows: [
      {
        figure: `${forces} forces → 1, p99`,
        value: `${figure(p99_ms)} ms (${ours.map((one) => figure(one.p99_ms)).join(', ')})`,
        aim: '≤ 3 ms',
        met: p99_ms <= 3,
      },
      { figure: 'p50, p99 of an empty answer (`/healthz`): how even the machine is', value: both(empty) },
      { figure: 'p50, p99, connection kept', value: both(ours) },
      { figure: 'p50, p99, a new connection for each', value: both(fresh) },
      { figure: 'Valhalla p50, p99, connection kept', value: both(theirs) },
      { figure: 'Valhalla p50, p99, a new connection for each', value: both(theirsFresh) },
      {
        figure: 'p50, p99 with another road closed for each question',
        value: `${figure(percentile(closed, 0.5))} ms, ${figure(percentile(closed, 0.99))} ms`,
      },
      { figure: 'ratio at p50', value: `${figure(middle(theirs, 'p50_ms') / middle(ours, 'p50_ms'))} ×` },
      { figure: 'forces that get there; bytes of the answer', value: `${answered}; ${bytes.toLocaleString('en')}` },
    ],
  });
};

const middle = (runs: readonly LoadResult[], of: 'p50_ms' | 'p99_ms'): number =>
  percentile(
    runs.map((one) => one[of]),
    0.5,
  );

await main();
