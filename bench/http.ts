import { execFileSync, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { accountId, siteId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import { seeded } from '#core/base/random.ts';
import { text } from '#core/base/text.ts';
import { openBareSite } from '#main/replay/site.ts';
import { openAuth } from '#rim/auth/auth.ts';
import { secureRandom } from '#rim/digest-node/digest.ts';
import { figure, median } from './lib/figures.ts';
import type { LoadOrder, LoadResult } from './lib/http-load.ts';
import { prepareLanes } from './lib/mix.ts';
import { portOf } from './lib/ready.ts';
import { startPostgres } from './lib/postgres.ts';
import { tell } from './lib/report.ts';
import { PLACE_DIR, scratch } from './lib/scratch.ts';

const CONNECTIONS = 64;
const LANES = CONNECTIONS * 20;
const SECONDS = 6;
const ROUNDS = 5;
/** Bytes of an event of this mix, as `bench -- ledger` finds them. */
const ROW_BYTES = 358;

/** Open matters and forces, made in process before the server starts, and a machine's token. */
const prepare = async (data_dir: string): Promise<Pick<LoadOrder, 'lanes' | 'token'>> => {
  const now = (): Instant => Date.now() as Instant;
  const bare = await openBareSite({ data_dir, id: siteId('zs-city'), prefix: 'ZS', now, place_dir: PLACE_DIR });
  const lanes = await prepareLanes(bare.site, LANES, seeded(11));
  await bare.close();
  const auth = openAuth(path.join(data_dir, 'accounts.db'), { now: Date.now, random: secureRandom });
  const identity = {
    id: accountId('bench'),
    display: text('测速', 'Benchmark'),
    roles: ['dispatcher'],
    sites: '*' as const,
    units: [],
    expires_ms: null,
  };
  const made = auth.createToken(identity);
  auth.close();
  if (!made.ok) throw new Error(made.error.code);
  return { token: made.value.secret, lanes: lanes.map((lane) => [lane.matter, lane.force, 0]) };
};

const startServer = async (data_dir: string): Promise<{ readonly child: ChildProcess; readonly port: number }> => {
  const cli = path.join(import.meta.dirname, '../src/main/cli.ts');
  const profile =
    (process.env['QUNDAO_BENCH_PROFILE'] ?? '') === ''
      ? []
      : ['--cpu-prof', `--cpu-prof-dir=${process.env['QUNDAO_BENCH_PROFILE'] ?? ''}`];
  const child = spawn(process.execPath, [...profile, cli, 'start', '--empty'], {
    env: { ...process.env, QUNDAO_DATA: data_dir, PORT: '0', QUNDAO_LOG: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return { child, port: await portOf(child) };
};

const loadOnce = (order: LoadOrder): LoadResult =>
  JSON.parse(
    execFileSync(process.execPath, [path.join(import.meta.dirname, 'lib/http-load.ts'), JSON.stringify(order)], {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    }),
  ) as LoadResult;

const main = async (): Promise<void> => {
  const dir = scratch();
  const data_dir = path.join(dir, 'site');
  let order: Omit<LoadOrder, 'port'> = { ...(await prepare(data_dir)), seconds: 2, connections: CONNECTIONS, seed: 3 };
  const peer = startPostgres(dir, ROW_BYTES);
  if (peer === null) process.stderr.write('PostgreSQL is not installed (apt-get install postgresql): no peer\n');
  const { child, port } = await startServer(data_dir);
  const rounds: (LoadResult & { readonly rate: number; readonly peer: number })[] = [];
  try {
    order = { ...order, lanes: loadOnce({ ...order, port }).lanes, seconds: SECONDS };
    for (let round = 0; round < ROUNDS; round += 1) {
      const result = loadOnce({ ...order, port, seed: round });
      order = { ...order, lanes: result.lanes };
      rounds.push({
        ...result,
        rate: result.requests / result.took_s,
        peer: peer?.commits(CONNECTIONS, SECONDS) ?? Number.NaN,
      });
    }
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
    peer?.stop();
  }
  const of = (key: (round: (typeof rounds)[number]) => number): number => median(rounds.map(key));
  const ratio = of((round) => round.rate / round.peer);
  tell({
    name: 'http',
    about: `\`POST /api/matters/:id/steps/:step\` over HTTP with ${CONNECTIONS} keep-alive clients in a process of their own (a request, its answer, the next request), each answered after fsync, beside ${peer?.version ?? 'PostgreSQL'} committing one row of the same size per transaction over ${CONNECTIONS} connections (pgbench -c 64 -j 2, one INSERT, TCP, fsync on, same disk). Medians of ${ROUNDS} rounds of ${SECONDS} s, one after the other in one run.`,
    command: 'npm run bench -- http',
    rows: [
      { figure: 'steps per second over HTTP', value: figure(of((round) => round.rate)) },
      { figure: 'PostgreSQL one-row commits per second', value: figure(of((round) => round.peer)) },
      {
        figure: 'ratio',
        value: `${figure(ratio)} × (${rounds.map((round) => figure(round.rate / round.peer)).join(', ')})`,
        aim: '≥ 1 ×',
        met: ratio >= 1,
      },
      {
        figure: 'answer p50, p99',
        value: `${figure(of((round) => round.p50_ms))} ms, ${figure(of((round) => round.p99_ms))} ms`,
      },
    ],
  });
};

await main();
