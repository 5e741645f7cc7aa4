import net from 'node:net';
import process from 'node:process';
import { seeded } from '#core/base/random.ts';
import { percentile } from './figures.ts';
import { Lane } from './mix.ts';

/** What the load process is told, as JSON in its first argument. */
export interface LoadOrder {
  readonly port: number;
  readonly token: string;
  readonly seconds: number;
  readonly connections: number;
  readonly seed: number;
  /** Matter, force, and how many commands of its round are done. */
  readonly lanes: readonly (readonly [string, string, number])[];
}
export interface LoadResult {
  readonly requests: number;
  readonly took_s: number;
  readonly p50_ms: number;
  readonly p99_ms: number;
  readonly lanes: LoadOrder['lanes'];
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** One keep-alive connection: a request, its whole answer, the next request. No pipelining. */
const client = (order: LoadOrder, lanes: readonly Lane[], until: number, times: number[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const random = seeded(order.seed + lanes.length);
    const socket = net.connect(order.port, '127.0.0.1').setNoDelay(true);
    let turn = 0;
    let began = 0;
    let got: Buffer = Buffer.alloc(0);
    const send = (): void => {
      const lane = lanes[turn % lanes.length];
      turn += 1;
      if (lane === undefined || performance.now() >= until) {
        socket.end();
        return resolve();
      }
      const { step, subject, facts } = lane.command(random);
      const body = JSON.stringify(subject === null ? { facts } : { subject, facts });
      began = performance.now();
      socket.write(
        `POST /api/matters/${lane.matter}/steps/${step} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${order.token}\r\n` +
          `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
    };
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('data', (chunk: Buffer) => {
      got = got.length === 0 ? chunk : Buffer.concat([got, chunk]);
      const end = got.indexOf(HEAD_END);
      if (end < 0) return;
      const head = got.toString('latin1', 0, end);
      const length = Number(/content-length: (\d+)/i.exec(head)?.[1]);
      if (got.length < end + HEAD_END.length + length) return;
      if (!head.startsWith('HTTP/1.1 200')) return reject(new Error(got.toString('utf8')));
      times.push(performance.now() - began);
      got = Buffer.alloc(0);
      send();
    });
  });

const main = async (): Promise<void> => {
  const order = JSON.parse(process.argv[2] ?? '') as LoadOrder;
  const lanes = order.lanes.map(([matter, force, done]) => new Lane(matter as Lane['matter'], force, done));
  const times: number[] = [];
  const began = performance.now();
  const until = began + order.seconds * 1000;
  const share = Math.floor(lanes.length / order.connections);
  await Promise.all(
    Array.from({ length: order.connections }, (_, index) =>
      client(order, lanes.slice(index * share, (index + 1) * share), until, times),
    ),
  );
  const result: LoadResult = {
    requests: times.length,
    took_s: (performance.now() - began) / 1000,
    p50_ms: percentile(times, 0.5),
    p99_ms: percentile(times, 0.99),
    lanes: lanes.map((lane) => [lane.matter, lane.force, lane.done]),
  };
  process.stdout.write(JSON.stringify(result));
};

if (import.meta.main) await main();
