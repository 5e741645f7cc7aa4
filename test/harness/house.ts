import assert from 'node:assert/strict';
import process from 'node:process';
import { doneSchema, forceSchema } from '#wire/api.ts';
import { Client, expectOk, signIn } from './client.ts';
import type { Server, TestAccount } from './server.ts';
import { makeAccounts, startServer, tempDir } from './server.ts';

export const ACCOUNTS = [
  { name: 'dispatcher', roles: ['dispatcher'] },
  { name: 'second', roles: ['dispatcher'] },
  { name: 'commander', roles: ['commander'] },
  { name: 'patrol', roles: ['responder'], units: ['ptu-1'] },
  { name: 'crew', roles: ['responder'], units: ['ptu-2'] },
  { name: 'roads', roles: ['agency'], units: ['agency-roads'] },
  { name: 'water', roles: ['agency'], units: ['agency-water'] },
  { name: 'clerk', roles: ['clerk'] },
  { name: 'auditor', roles: ['auditor'] },
  { name: 'admin', roles: ['admin'] },
] as const satisfies readonly TestAccount[];
export type AccountName = (typeof ACCOUNTS)[number]['name'];

/** A place on Zhoushan island, by the road. */
export const HERE = { lon: 122.2, lat: 30.02 };

const force = (kind: string, at: number) => ({
  kind,
  name: { zh: `测试力量${at}`, en: `Test force ${at}` },
  call_sign: `T${at}`,
  tier: 'station',
  district: '330902',
  home: [HERE.lon + at / 100, HERE.lat],
  skills: ['patrol'],
  gear: [],
  seats: 3,
  crew: 2,
});
export const FORCES: Readonly<Record<string, ReturnType<typeof force>>> = {
  'ptu-1': force('ptu-light', 1),
  'ptu-2': force('ptu-light', 2),
  'agency-roads': force('agency', 3),
  'agency-water': force('agency', 4),
};
/** The one that stays off duty. */
export const OFF_DUTY = 'agency-water';

/** A server with accounts and forces, and everybody signed in. */
export interface House {
  readonly server: Server;
  readonly data_dir: string;
  readonly nobody: Client;
  readonly as: Readonly<Record<AccountName, Client>>;
  readonly close: () => Promise<void>;
  /** Events in the ledger. */
  readonly seq: () => Promise<number>;
  /** Runs something that must leave the ledger as it is. */
  readonly unchanged: <T>(work: () => Promise<T>) => Promise<T>;
  /** Raises an incident here and answers its number. */
  readonly incident: (facts?: Readonly<Record<string, unknown>>) => Promise<string>;
}

/** Opens a house for one file of tests, which closes it when they are over. */
export const openHouse = async (env: Readonly<Record<string, string>> = {}): Promise<House> => {
  const { dir, remove } = tempDir();
  process.once('exit', remove);
  await makeAccounts(dir, ACCOUNTS);
  const house = await enter(await startServer({ data_dir: dir, env }));
  await registerForces(house.as.admin);
  return house;
};

/** Signs everybody in to a server that has the accounts of a house. */
export const enter = async (server: Server): Promise<House> => {
  const { url, data_dir } = server;
  const signed = await Promise.all(ACCOUNTS.map(async ({ name }) => [name, await signIn(url, name)] as const));
  const as = Object.fromEntries(signed) as unknown as House['as'];
  const nobody = new Client(url);
  const seq = async (): Promise<number> => ((await nobody.get('/readyz')).json as { readonly seq: number }).seq;
  return {
    server,
    data_dir,
    nobody,
    as,
    close: () => server.kill(),
    seq,
    unchanged: async (work) => {
      const before = await seq();
      const result = await work();
      assert.equal(await seq(), before, 'the ledger grew');
      return result;
    },
    incident: async (facts = {}) => {
      const body = { kind: 'incident', facts: { narrative: '有人落水', where: HERE, urgency: '3', ...facts } };
      return expectOk(await as.dispatcher.post('/api/matters', body), 201, doneSchema).matter;
    },
  };
};

const registerForces = async (admin: Client): Promise<void> => {
  for (const [id, record] of Object.entries(FORCES)) {
    expectOk(await admin.ask('PUT', `/api/forces/${id}`, { body: record }), 200, forceSchema);
    if (id === OFF_DUTY) continue;
    expectOk(await admin.post(`/api/forces/${id}/duty`, { on_duty: true }), 200, forceSchema);
  }
};
