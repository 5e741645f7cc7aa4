import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import process from 'node:process';
import type { LonLat } from '#core/base/geo.ts';
import { openValhalla } from './valhalla.ts';

/** `node valhalla-server.ts <pbf> <dir>`: Valhalla's matrix to one place over HTTP, and no more around it than that needs. */
const [pbf = '', dir = ''] = process.argv.slice(2);
const { hasty } = await openValhalla(pbf, dir);
/** Sent once and kept, as our server keeps its forces. */
let forces: readonly LonLat[] = [];

const server = createServer((request, response) => {
  const answer = async (): Promise<string> => {
    const body = JSON.parse(await text(request)) as { readonly to?: LonLat; readonly forces?: readonly LonLat[] };
    forces = body.forces ?? forces;
    return JSON.stringify(body.to === undefined ? [] : await hasty.timedistancematrix(forces, [body.to]));
  };
  answer().then(
    (json) => response.setHeader('content-type', 'application/json').end(json),
    // A place it cannot join to a road: that is an answer too.
    (error: unknown) =>
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ error: String(error) })),
  );
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) process.stdout.write(`http://127.0.0.1:${address.port}\n`);
});
