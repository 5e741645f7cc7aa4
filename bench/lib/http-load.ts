import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Random } from '#core/base/random.ts';
import type { Lane } from './mix.ts';

/** What one run of the load gave. */
export interface LoadResult {
  readonly per_second: number;
  readonly p50_ms: number;
  readonly p99_ms: number;
}

/** Commands of one lane until it is where it was. */
const LANE_ROUND = 8;

/**
 * The clients: wrk, a program in C like the peer's pgbench, so that the machine is not busy with asking. It sends the requests of a
 * file over and over, on keep-alive connections: a request, its whole answer, the next request.
 */
const SCRIPT = (requests: string): string => `
local requests = {}
local file = io.open(${JSON.stringify(requests)}, "rb")
for length in file:lines() do
  requests[#requests + 1] = file:read(tonumber(length))
end
file:close()
-- wrk asks for one request before it begins, to look at it; that one is not sent.
local turn = -1
request = function()
  turn = turn + 1
  return requests[math.max(turn - 1, 0) % #requests + 1]
end
`;

export const hasClients = (): boolean => spawnSync('wrk', ['-v']).error === undefined;

/**
 * Writes what the clients will send: the lanes' commands round and round, so that a lane never has two under way.
 * @returns path of the script for wrk
 */
export const writeLoad = (dir: string, lanes: readonly Lane[], token: string, random: Random): string => {
  const requests: string[] = [];
  for (let turn = 0; turn < LANE_ROUND; turn += 1) {
    for (const lane of lanes) requests.push(requestOf(lane, token, random));
  }
  return writeRequests(dir, 'load', requests);
};

/** @returns path of the script for wrk that sends these requests over and over */
export const writeRequests = (dir: string, name: string, requests: readonly string[]): string => {
  const file = path.join(dir, `${name}.txt`);
  const script = path.join(dir, `${name}.lua`);
  writeFileSync(file, requests.map((one) => `${Buffer.byteLength(one)}\n${one}`).join(''));
  writeFileSync(script, SCRIPT(file));
  return script;
};

const requestOf = (lane: Lane, token: string, random: Random): string => {
  const { step, subject, facts } = lane.command(random);
  const body = subject === null ? { facts } : { subject, facts };
  return postText(`/api/matters/${lane.matter}/steps/${step}`, body, [`authorization: Bearer ${token}`]);
};

/** A request as it is written to the socket. */
export const postText = (url: string, body: unknown, headers: readonly string[]): string => {
  const json = JSON.stringify(body);
  const length = Buffer.byteLength(json);
  const lines = [`POST ${url} HTTP/1.1`, 'host: localhost', ...headers, 'content-type: application/json'];
  return `${lines.join('\r\n')}\r\ncontent-length: ${length}\r\n\r\n${json}`;
};

/** @throws Error when one request was refused */
export const load = (port: number, script: string, connections: number, seconds: number): LoadResult => {
  const said = execFileSync(
    'wrk',
    ['-t', '1', '-c', String(connections), '-d', `${seconds}s`, '--latency', '-s', script, `http://127.0.0.1:${port}`],
    { encoding: 'utf8' },
  );
  if (/Non-2xx|Socket errors/.test(said)) throw new Error(said);
  return {
    per_second: Number(/Requests\/sec:\s+([\d.]+)/.exec(said)?.[1]),
    p50_ms: milliseconds(said, '50%'),
    p99_ms: milliseconds(said, '99%'),
  };
};

const milliseconds = (said: string, share: string): number => {
  const [, value, unit] = new RegExp(`${share}\\s+([\\d.]+)(us|ms|s)`).exec(said) ?? [];
  return Number(value) * (unit === 'us' ? 0.001 : unit === 's' ? 1000 : 1);
};
