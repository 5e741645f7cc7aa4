import { readFileSync } from 'node:fs';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';

/** `node raw-inserts.ts <database> <groups.json>`: one prepared INSERT into one table, WAL and FULL as the ledger has them, nothing else. */
const [file = '', groupsFile = ''] = process.argv.slice(2);
const groups = JSON.parse(readFileSync(groupsFile, 'utf8')) as readonly (readonly string[])[];

/** Events per second. */
const run = (target: string): number => {
  const database = new DatabaseSync(target);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000;');
  database.exec('CREATE TABLE events (seq INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT');
  const insert = database.prepare('INSERT INTO events VALUES (?, ?)');
  let seq = 0;
  const began = performance.now();
  for (const group of groups) {
    database.exec('BEGIN IMMEDIATE');
    for (const text of group) insert.run((seq += 1), text);
    database.exec('COMMIT');
  }
  const took_s = (performance.now() - began) / 1000;
  database.close();
  return seq / took_s;
};

// The first is for warming up.
run(`${file}-warm`);
process.stdout.write(String(run(file)));
