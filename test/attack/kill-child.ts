import { writeSync } from 'node:fs';
import { openSiteKey } from '#rim/digest-node/site-key.ts';
import { openSqliteStore } from '#rim/store-sqlite/store.ts';
import { Author, SITE } from '../contracts/store-kit.ts';

/**
 * Appends as fast as it can until it is killed, and tells every acknowledged seq on standard output at once. A line is
 * written with one system call, so what the reader has seen was acknowledged.
 */
const IN_FLIGHT = 8;
const dir = process.argv[2];
if (dir === undefined) throw new Error('usage: kill-child <data directory>');

const store = await openSqliteStore(dir);
const key = openSiteKey(dir);
const answer = await store.check(SITE, key.publicKey);
if (!answer.ok) {
  writeSync(1, `flaw ${answer.error.code} ${answer.error.seq} ${answer.error.reason.en}\n`);
  process.exit(1);
}
writeSync(1, `opened ${answer.value.chain.size}\n`);
const author = new Author(key.signer, answer.value);
let turn = 0;

const appendForEver = async (): Promise<void> => {
  for (;;) {
    turn += 1;
    const batch = author.batch(1 + (turn % 12), turn % 9 === 0);
    await store.append(batch);
    writeSync(1, `acknowledged ${batch.head.size} ${batch.head.last}\n`);
  }
};
await Promise.all(Array.from({ length: IN_FLIGHT }, appendForEver));
