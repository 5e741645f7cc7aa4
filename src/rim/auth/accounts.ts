import type { DatabaseSync } from 'node:sqlite';
import type { AccountId } from '#core/base/ids.ts';
import type { Result } from '#core/base/result.ts';
import { err, ok } from '#core/base/result.ts';
import type { Row } from './database.ts';
import { ifRoom, maybeNumberOf, numberOf, textOf } from './database.ts';
import type { Failures } from './failures.ts';
import type { AuthRefusal, Identity } from './identity.ts';
import { fromColumns, identitySchema, isReserved, toColumns } from './identity.ts';
import type { Passwords } from './passwords.ts';
import { SALT_BYTES } from './passwords.ts';
import type { Sessions } from './sessions.ts';

/** An account as administrators see it. */
export interface AccountView extends Identity {
  readonly disabled: boolean;
  readonly created_ms: number;
  /** Null when it never signed in. */
  readonly signed_in_ms: number | null;
  readonly signed_in_from: string | null;
}

export interface Accounts {
  readonly create: (identity: Identity, password: string) => Promise<Result<AccountView, AuthRefusal>>;
  readonly list: () => readonly AccountView[];
  readonly change: (id: AccountId, change: Partial<Omit<Identity, 'id'>>) => Result<AccountView, AuthRefusal>;
  readonly disable: (id: AccountId, disabled: boolean) => Result<AccountView, AuthRefusal>;
  readonly setPassword: (id: AccountId, password: string) => Promise<Result<AccountView, AuthRefusal>>;
  /** The account when the password is right and it may sign in. Takes as long for a name that does not exist. */
  readonly verify: (name: string, password: string) => Promise<Identity | null>;
  readonly noteSignIn: (id: AccountId, ip: string) => void;
}

export interface AccountParts {
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
  readonly check: Passwords;
  readonly sessions: Sessions;
  readonly failures: Failures;
}

const PASSWORD_MIN = 10;
const PASSWORD_MAX = 256;

/** Long enough and not the name. (NIST SP 800-63B: length counts, rules of composition do not.) */
const isWeak = (name: string, password: string): boolean =>
  password.length < PASSWORD_MIN ||
  password.length > PASSWORD_MAX ||
  password.toLowerCase() === name ||
  new Set(password).size < 4;

export const openAccounts = (db: DatabaseSync, parts: AccountParts): Accounts => {
  const { now, random, check, sessions, failures } = parts;
  const find = db.prepare('SELECT * FROM accounts WHERE id = ?');
  // A person and a machine may not share a name: the ledger tells them apart by it.
  const taken = db.prepare('SELECT id FROM accounts WHERE id = ?1 UNION SELECT id FROM tokens WHERE id = ?1');
  const all = db.prepare('SELECT * FROM accounts ORDER BY id');
  const insert = db.prepare(`
    INSERT INTO accounts (id, display, roles, sites, units, password, disabled, created_ms) VALUES (?, ?, ?, ?, ?, ?, 0, ?)
    ON CONFLICT DO NOTHING`);
  const update = db.prepare('UPDATE accounts SET display = ?2, roles = ?3, sites = ?4, units = ?5 WHERE id = ?1');
  const setDisabled = db.prepare('UPDATE accounts SET disabled = ? WHERE id = ?');
  const setHash = db.prepare('UPDATE accounts SET password = ? WHERE id = ?');
  const noteSignIn = db.prepare('UPDATE accounts SET signed_in_ms = ?, signed_in_from = ? WHERE id = ?');
  // What a name without account is checked against: the same work, and never right.
  const nobody = check.hash(Buffer.from(random(32)).toString('base64'), random(SALT_BYTES));
  nobody.catch(() => undefined);

  const view = (id: string): Result<AccountView, AuthRefusal> => {
    const row = find.get(id);
    return row === undefined ? err({ code: 'account-unknown' }) : ok(toView(row));
  };
  return {
    create: async (identity, password) => {
      if (!identitySchema.safeParse(identity).success) return err({ code: 'request-invalid' });
      if (isWeak(identity.id, password)) return err({ code: 'password-weak' });
      if (isReserved(identity.id) || taken.get(identity.id) !== undefined) return err({ code: 'account-exists' });
      const hash = await check.hash(password, random(SALT_BYTES));
      const made = insert.run(...toColumns(identity), hash, now());
      return made.changes === 0 ? err({ code: 'account-exists' }) : view(identity.id);
    },
    list: () => all.all().map(toView),
    change: (id, change) => {
      const present = view(id);
      if (!present.ok) return present;
      const next = { ...present.value, ...change, id };
      if (!identitySchema.safeParse(next).success) return err({ code: 'request-invalid' });
      update.run(...toColumns(next));
      sessions.refresh();
      return view(id);
    },
    disable: (id, disabled) => {
      setDisabled.run(disabled ? 1 : 0, id);
      if (disabled) sessions.endOf(id);
      return view(id);
    },
    setPassword: async (id, password) => {
      if (isWeak(id, password)) return err({ code: 'password-weak' });
      if (find.get(id) === undefined) return err({ code: 'account-unknown' });
      setHash.run(await check.hash(password, random(SALT_BYTES)), id);
      sessions.endOf(id);
      failures.forgive(id);
      return view(id);
    },
    verify: async (name, password) => {
      const row = find.get(name);
      const stored = row === undefined ? await nobody : textOf(row, 'password');
      const right = await check.verify(password, stored);
      // Read again: the account may have been disabled, or its password changed, while the check ran.
      const present = find.get(name);
      if (!right || present === undefined || textOf(present, 'password') !== stored) return null;
      if (numberOf(present, 'disabled') === 1) return null;
      if (check.isOutdated(stored)) {
        const renewed = await check.hash(password, random(SALT_BYTES));
        ifRoom(() => setHash.run(renewed, name));
      }
      return fromColumns(present);
    },
    noteSignIn: (id, ip) => ifRoom(() => noteSignIn.run(now(), ip, id)),
  };
};

const toView = (row: Row): AccountView => ({
  ...fromColumns(row),
  disabled: numberOf(row, 'disabled') === 1,
  created_ms: numberOf(row, 'created_ms'),
  signed_in_ms: maybeNumberOf(row, 'signed_in_ms'),
  signed_in_from: row['signed_in_from'] === null ? null : textOf(row, 'signed_in_from'),
});
