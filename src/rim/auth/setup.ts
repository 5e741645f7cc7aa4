import { timingSafeEqual } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { AccountId } from '#core/base/ids.ts';
import type { Result } from '#core/base/result.ts';
import { err } from '#core/base/result.ts';
import { text } from '#core/base/text.ts';
import type { AccountView, Accounts } from './accounts.ts';
import type { AuthRefusal } from './identity.ts';
import { hashOf, newSecret } from './sessions.ts';

export interface Setup {
  readonly isNeeded: () => boolean;
  readonly issue: () => string;
  readonly run: (token: string, name: string, password: string) => Promise<Result<AccountView, AuthRefusal>>;
}

const NAME = 'setup';

/** A key or hash kept under a name; made when it is not there and a maker is given. */
export const readSecret = (db: DatabaseSync, name: string, make: () => Uint8Array): Uint8Array => {
  const find = db.prepare('SELECT value FROM secrets WHERE name = ?');
  if (find.get(name) === undefined) {
    db.prepare('INSERT INTO secrets (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING').run(name, make());
  }
  const value = find.get(name)?.['value'];
  if (!(value instanceof Uint8Array)) throw new TypeError(`accounts: the secret ${name} is missing`);
  return value;
};

/** The way to the first administrator: a token that the server prints at the start and that works once. */
export const openSetup = (
  db: DatabaseSync,
  { random, accounts }: { readonly random: (bytes: number) => Uint8Array; readonly accounts: Accounts },
): Setup => {
  const put = db.prepare('INSERT OR REPLACE INTO secrets (name, value) VALUES (?, ?)');
  const find = db.prepare('SELECT value FROM secrets WHERE name = ?');
  const take = db.prepare('DELETE FROM secrets WHERE name = ?');

  const isNeeded = (): boolean => !accounts.list().some((one) => !one.disabled && one.roles.includes('admin'));
  const isRight = (token: string): boolean => {
    const kept = find.get(NAME)?.['value'];
    return kept instanceof Uint8Array && timingSafeEqual(kept, hashOf(token));
  };
  return {
    isNeeded,
    issue: () => {
      const token = newSecret(random);
      put.run(NAME, hashOf(token));
      return token;
    },
    run: async (token, name, password) => {
      if (!isNeeded()) return err({ code: 'setup-done' });
      if (!isRight(token)) return err({ code: 'setup-token-wrong' });
      // Taken before the slow part, so that two who hold the link do not both become administrators; put back on refusal.
      take.run(NAME);
      const display = text('管理员', 'Administrator');
      const made = await accounts.create(
        { id: name as AccountId, display, roles: ['admin'], sites: '*', units: [] },
        password,
      );
      if (!made.ok) put.run(NAME, hashOf(token));
      return made;
    },
  };
};
