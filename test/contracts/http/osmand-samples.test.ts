import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { after, describe, it } from 'node:test';
import { z } from 'zod';
import { forceSchema, problemSchema } from '#wire/api.ts';
import { expectOk } from '../../harness/client.ts';
import type { Answer } from '../../harness/client.ts';
import { openHouse } from '../../harness/house.ts';
import { tokenFor } from '../../harness/server.ts';
import { sharedFile } from '../../harness/shared.ts';

const QUERIES = sharedFile('positions/osmand-queries.txt');
const BODIES = sharedFile('positions/osmand-bodies.jsonl');
const skip = QUERIES.skip === false ? BODIES.skip : QUERIES.skip;
const linesOf = (file: string): readonly string[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
    : [];
const queries = linesOf(QUERIES.file).map((line) => new URLSearchParams(line.slice(line.indexOf('?') + 1)));
const bodies = linesOf(BODIES.file).map((line) => JSON.parse(line) as Body);

interface Body {
  readonly device_id: string;
  readonly location: {
    readonly timestamp: string;
    readonly coords: { readonly latitude: number; readonly longitude: number };
  };
}
/** What the sample says, without our reading it: where and when; null where it names no position. */
interface Said {
  readonly at: readonly [lon: number, lat: number] | null;
  /** False: it tells no time, and counts as just now. */
  readonly timed: boolean;
  /** With this device id and, where given, this time in the sample's own notation. */
  readonly send: (id: string, now_ms?: number) => Promise<Answer>;
}

const house = skip === false ? await openHouse() : null;
after(() => house?.close());

/** The moment as the sample writes moments: seconds, or a text with or without a zone. */
const inNotation = (sample: string, ms: number): string => {
  if (/^\d+$/.test(sample)) return String(Math.floor(ms / 1000));
  const iso = new Date(ms).toISOString();
  return sample.includes('T') ? iso : iso.slice(0, 19).replace('T', ' ');
};
const ofQuery = (sample: URLSearchParams, ask: (query: string) => Promise<Answer>): Said => {
  const [lon, lat] = [sample.get('lon'), sample.get('lat')];
  return {
    at: lon === null || lat === null ? null : [Number(lon), Number(lat)],
    timed: sample.has('timestamp'),
    send: (id, now_ms) => {
      const query = new URLSearchParams(sample);
      query.set('id', id);
      const time = sample.get('timestamp');
      if (now_ms !== undefined && time !== null) query.set('timestamp', inNotation(time, now_ms));
      return ask(query.toString());
    },
  };
};
const ofBody = (sample: Body): Said => ({
  at: [sample.location.coords.longitude, sample.location.coords.latitude],
  timed: true,
  send: (device_id, now_ms) => {
    const timestamp = now_ms === undefined ? sample.location.timestamp : inNotation(sample.location.timestamp, now_ms);
    const location = { ...sample.location, timestamp };
    return nobody('POST', '/positions', { ...sample, device_id, location });
  },
});
const nobody = (method: string, at: string, body?: unknown): Promise<Answer> => {
  assert.ok(house !== null);
  return house.nobody.ask(method, at, body === undefined ? {} : { body });
};
const samples: readonly Said[] = [
  ...queries.map((sample) => ofQuery(sample, (query) => nobody('GET', `/positions?${query}`))),
  ...queries.map((sample) => ofQuery(sample, (query) => nobody('POST', `/positions?${query}`))),
  ...bodies.map(ofBody),
];

/** `accepted`, or the code of the refusal and the field it is about. */
const cameOf = (answer: Answer): string => {
  if (answer.status === 200) return 'accepted';
  const { code, details } = problemSchema.parse(answer.json);
  return [code, ...(details ?? []).map((one) => one.path)].join(' ');
};
const positionOf = async (id: string) => {
  assert.ok(house !== null);
  const all = z.object({ forces: z.array(forceSchema) });
  const { forces } = expectOk(await house.as.dispatcher.get('/api/forces'), 200, all);
  return forces.find((one) => one.id === id)?.position ?? null;
};

describe('messages real devices sent in OsmAnd form', () => {
  const token = house === null ? '' : tokenFor(house.data_dir, 'osmand-samples', [], ['ptu-1']);
  it('are there', { skip }, () => assert.deepEqual([queries.length, bodies.length], [6, 2]));
  it('are refused from devices nobody registered, or that name no position', { skip }, async () => {
    assert.ok(house !== null);
    for (const sample of samples) {
      const answer: Answer = await house.unchanged(() => sample.send('123456'));
      assert.equal(cameOf(answer), sample.at === null ? 'request-invalid lat lon' : 'token-invalid');
    }
  });
  it('are refused as too old from one that is registered, but for the one that tells no time', { skip }, async () => {
    const came = new Map<string, number>();
    for (const sample of samples) {
      const told = cameOf(await sample.send(token));
      came.set(told, (came.get(told) ?? 0) + 1);
    }
    assert.deepEqual(Object.fromEntries(came), { 'request-invalid lat lon': 2, 'time-too-old': 10, accepted: 2 });
  });
  it('are taken when they are fresh, and the force stands where they say', { skip }, async () => {
    assert.ok(house !== null);
    const now_ms = Math.floor(Date.now() / 1000) * 1000 - 5000;
    const came: string[] = [];
    for (const [place, sample] of samples.entries()) {
      // Off duty a force is nowhere: each sample begins without a position.
      for (const on_duty of [false, true]) await house.as.dispatcher.post('/api/forces/ptu-1/duty', { on_duty });
      came.push(cameOf(await sample.send(token, now_ms)));
      const position = await positionOf('ptu-1');
      assert.deepEqual(position === null ? null : [position.lon, position.lat], sample.at, `sample ${place}`);
      if (sample.at !== null && sample.timed) assert.equal(position?.time_ms, now_ms, `sample ${place}`);
    }
    assert.deepEqual(
      came.filter((told) => told !== 'accepted'),
      ['request-invalid lat lon', 'request-invalid lat lon'],
    );
  });
});
