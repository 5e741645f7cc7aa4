import type { DatabaseSync } from 'node:sqlite';
import type { AccountId } from '#core/base/ids.ts';
import type { Result } from '#core/base/result.ts';
import { err, ok } from '#core/base/result.ts';
import { sqliteCode, storeErrorOf } from '#rim/store-sqlite/faults.ts';
import type { AccountView, Accounts } from './accounts.ts';
import { openAccounts } from './accounts.ts';
import { openDatabase } from './database.ts';
import { openFailures } from './failures.ts';
import type { AuthRefusal, Identity } from './identity.ts';
import type { Cost } from './passwords.ts';
import { passwords } from './passwords.ts';
import type { Lifetimes, Session } from './sessions.ts';
import { openSessions } from './sessions.ts';
import type { Setup } from './setup.ts';
import { openSetup, readSecret } from './setup.ts';
import type { NewToken, TokenView } from './tokens.ts';
import { openTokens } from './tokens.ts';

export interface SignedIn {
  /** For the cookie; shown once, only its hash is kept. */
  readonly token: string;
  readonly session: Session;
}

/** Accounts, sessions, machine tokens and the first administrator of one site. */
export interface Auth {
  /** One answer for unknown names, disabled accounts and wrong passwords. A locked name is refused even with the right one. */
  readonly login: (name: string, password: string, ip: string) => Promise<Result<SignedIn, AuthRefusal>>;
  /** Session of a cookie; null when there is none or it has ended. */
  readonly session: (token: string) => Session | null;
  /** Standing of a machine that sends `authorization: Bearer qd_…`. */
  readonly bearer: (token: string) => Session | null;
  /** What a cookie's or a machine's secret stands for now, without counting as use: looking on keeps no session from its idle end. */
  readonly peek: (token: string) => Session | null;
  readonly logout: (token: string) => void;

  readonly createAccount: (identity: Identity, password: string) => Promise<Result<AccountView, AuthRefusal>>;
  readonly accounts: () => readonly AccountView[];
  /** Changes roles, sites, units or name. Its sessions go on, with the new rights. */
  readonly changeAccount: (id: AccountId, change: Partial<Omit<Identity, 'id'>>) => Result<AccountView, AuthRefusal>;
  /** Ends the account's sessions when it is disabled. */
  readonly disableAccount: (id: AccountId, disabled: boolean) => Result<AccountView, AuthRefusal>;
  /** Sets a new password, ends the account's sessions and lifts a lock. */
  readonly setPassword: (id: AccountId, password: string) => Promise<Result<AccountView, AuthRefusal>>;

  /** The secret is in the answer and nowhere else. Without roles it is a `device`. `own`: the program's own, under a reserved name. */
  readonly createToken: (
    token: NewToken,
    own?: boolean,
  ) => Result<{ readonly secret: string; readonly token: TokenView }, AuthRefusal>;
  readonly tokens: () => readonly TokenView[];
  readonly revokeToken: (id: AccountId) => Result<null, AuthRefusal>;

  /** True until an administrator can sign in. */
  readonly needsSetup: () => boolean;
  /** A fresh one-time token for the set-up link; the one before no longer works. */
  readonly issueSetupToken: () => string;
  /** Makes the first administrator and signs them in. */
  readonly setup: (token: string, name: string, password: string, ip: string) => Promise<Result<SignedIn, AuthRefusal>>;
  readonly close: () => void;
}

export interface AuthParts extends Partial<Lifetimes> {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** That many bytes fit for keys: `crypto.randomBytes`. */
  readonly random: (bytes: number) => Uint8Array;
  /** Only tests make it cheaper. */
  readonly cost?: Cost;
  /** Told in words what could not be done as usual. */
  readonly warn?: (message: string) => void;
}

const HOUR_S = 3600;

/**
 * Opens the accounts of a site.
 * @param file path of `accounts.db`; made when it is not there
 */
export const openAuth = (file: string, parts: AuthParts): Auth => {
  const db = openDatabase(file);
  const { now, random, warn = () => undefined, session_idle_s = 12 * HOUR_S, session_s = 7 * 24 * HOUR_S } = parts;
  const check = passwords(parts.cost);
  const csrfKey = readSecret(db, 'csrf', () => random(32));
  const sessions = openSessions(db, { now, random, warn, csrfKey, session_idle_s, session_s });
  const failures = openFailures(db, now);
  const accounts = openAccounts(db, { now, random, check, sessions, failures });
  const tokens = openTokens(db, { now, random, sessions });
  const setup = openSetup(db, { random, accounts });
  const signIn = loginWith({ accounts, failures, sessions });
  const runSetup = setupWith(setup, accounts, sessions);

  return {
    login: (...asked) => signIn(...asked).catch(asStoreError),
    session: (token) => onlyBy('cookie', sessions.find(token)),
    bearer: (token) => onlyBy('token', sessions.find(token)),
    peek: sessions.peek,
    logout: sessions.end,
    createAccount: accounts.create,
    accounts: accounts.list,
    changeAccount: accounts.change,
    disableAccount: accounts.disable,
    setPassword: accounts.setPassword,
    createToken: tokens.create,
    tokens: tokens.list,
    revokeToken: tokens.revoke,
    needsSetup: setup.isNeeded,
    issueSetupToken: setup.issue,
    setup: (...asked) => runSetup(...asked).catch(asStoreError),
    close: () => closeQuietly(db),
  };
};

/** What SQLite refused, as the interface tells faults of a store: a full disk is said to be full. */
const asStoreError = (error: unknown): never => {
  throw sqliteCode(error) === null ? error : storeErrorOf(error);
};

const onlyBy = (by: Session['by'], session: Session | null): Session | null => (session?.by === by ? session : null);

const closeQuietly = (db: DatabaseSync): void => {
  if (db.isOpen) db.close();
};

/** What people type: capitals and blanks around do not matter. */
const normalName = (name: string): string => name.normalize('NFKC').trim().toLowerCase();

const loginWith =
  (parts: {
    readonly accounts: Accounts;
    readonly failures: ReturnType<typeof openFailures>;
    readonly sessions: ReturnType<typeof openSessions>;
  }): Auth['login'] =>
  async (typed, password, ip) => {
    const name = normalName(typed);
    const locked = parts.failures.begin(name);
    if (locked !== null)
      return err({ code: 'account-locked', values: { minutes: Math.ceil(locked.locked_ms / 60_000) } });
    const account = await parts.accounts.verify(name, password);
    if (account === null) {
      parts.failures.failed(name);
      return err({ code: 'password-wrong' });
    }
    parts.failures.forgive(name);
    parts.accounts.noteSignIn(account.id, ip);
    return ok(parts.sessions.open(account));
  };

const setupWith =
  (setup: Setup, accounts: Accounts, sessions: ReturnType<typeof openSessions>): Auth['setup'] =>
  async (token, name, password, ip) => {
    const made = await setup.run(token, normalName(name), password);
    if (!made.ok) return made;
    accounts.noteSignIn(made.value.id, ip);
    return ok(sessions.open(made.value));
  };
