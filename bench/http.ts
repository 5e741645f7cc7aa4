import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { siteId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import { seeded } from '#core/base/random.ts';
import { openBareSite } from '#main/replay/site.ts';
import { figure, median } from './lib/figures.ts';
import { hasClients, load, writeLoad } from './lib/http-load.ts';
import type { LoadResult } from './lib/http-load.ts';
import { prepareLanes } from './lib/mix.ts';
import { startPostgres } from './lib/postgres.ts';
import { tell } from './lib/report.ts';
import { PLACE_DIR, scratch } from './lib/scratch.ts';
import { makeToken, startServer } from './lib/site.ts';

const CONNECTIONS = 64;
const LANES = CONNECTIONS * 20;
const SECONDS = 6;
const WARM_SECONDS = 4;
const ROUNDS = 5;
/** Bytes of an event of this mix, as `bench -- ledger` finds them. */
const ROW_BYTES = 435;

/** Open matters and forces of every round, made in process before the server starts, and what the clients will send to them. */
const prepare = async (dir: string, data_dir: string): Promise<readonly string[]> => {
  const now = (): Instant => Date.now() as Instant;
  const random = seeded(11);
  const bare = await openBareSite({ data_dir, id: siteId('zs-city'), prefix: 'ZS', now, place_dir: PLACE_DIR });
  const lanes = await prepareLanes(bare.site, LANES * (ROUNDS + 1), random);
  await bare.close();
  const token = makeToken(data_dir);
  return Array.from({ length: ROUNDS + 1 }, (_, round) => {
    const own = path.join(dir, `round-${round}`);
    mkdirSync(own);
    return writeLoad(own, lanes.slice(round * LANES, (round + 1) * LANES), token, random);
  });
};

const main = async (): Promise<void> => {
  if (!hasClients()) {
    process.stderr.write('wrk is not installed (apt-get install wrk): nothing to ask with\n');
    process.exitCode = 1;
    return;
  }
  const dir = scratch();
  const data_dir = path.join(dir, 'site');
  const [warm, ...scripts] = await prepare(dir, data_dir);
  const peer = startPostgres(dir, ROW_BYTES);
  if (peer === null) process.stderr.write('PostgreSQL is not installed (apt-get install postgresql): no peer\n');
  const { child, port } = await startServer(data_dir);
  const rounds: (LoadResult & { readonly peer: number })[] = [];
  try {
    load(port, warm ?? '', CONNECTIONS, WARM_SECONDS);
    for (const script of scripts) {
      const result = load(port, script, CONNECTIONS, SECONDS);
      rounds.push({ ...result, peer: peer?.commits(CONNECTIONS, SECONDS) ?? Number.NaN });
    }
  } finally {
    child.kill('SIGTERM');
    await once(child, 'exit');
    peer?.stop();
  }
  const of = (key: (round: (typeof rounds)[number]) => number): number => median(rounds.map(key));
  const ratio = of((round) => round.per_second / round.peer);
  tell({
    name: 'http',
    about: `\`POST /api/matters/:id/steps/:step\` over HTTP with ${CONNECTIONS} keep-alive clients (wrk: a request, its answer, the next request), each answered after fsync, beside ${peer?.version ?? 'PostgreSQL'} committing one row of the same size per transaction over ${CONNECTIONS} connections (pgbench -c 64 -j 2, one INSERT, TCP, fsync on, same disk). Medians of ${ROUNDS} rounds of ${SECONDS} s, one after the other in one run.`,
    command: 'npm run bench -- http',
    rows: [
      { figure: 'steps per second over HTTP', value: figure(of((round) => round.per_second)) },
      { figure: 'PostgreSQL one-row commits per second', value: figure(of((round) => round.peer)) },
      {
        figure: 'ratio',
        value: `${figure(ratio)} × (${rounds.map((round) => figure(round.per_second / round.peer)).join(', ')})`,
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
