import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Text } from '#core/base/text.ts';
import type { Actor } from '#core/matter/actor.ts';
import { ifRoom, maybeNumberOf, numberOf, textOf, unlessFull } from './database.ts';
import type { Row } from './database.ts';
import type { Identity } from './identity.ts';
import { actorOf, fromColumns } from './identity.ts';
import { Unsaved } from './unsaved.ts';

/** A request's standing. `by` says whether a browser (then the CSRF token is due) or a machine holds it. */
export interface Session {
  readonly actor: Actor;
  readonly display: Text;
  readonly by: 'cookie' | 'token';
  /** Empty for machines: they send no cookie that a foreign page could abuse. */
  readonly csrf: string;
}

export interface Lifetimes {
  readonly session_idle_s: number;
  readonly session_s: number;
}

export interface Sessions {
  readonly open: (account: Identity) => { readonly token: string; readonly session: Session };
  /** The session of a cookie's or a bearer's secret; null when there is none or it has ended. */
  readonly find: (secret: string) => Session | null;
  /** Like `find`, but it does not count as use. */
  readonly peek: (secret: string) => Session | null;
  readonly end: (secret: string) => void;
  readonly endOf: (account: string) => void;
  /** Forgets what is held in memory; the next request reads again. */
  readonly refresh: () => void;
}

interface Live {
  readonly session: Session;
  readonly hash: Buffer;
  readonly ends_ms: number;
  seen_ms: number;
  saved_ms: number;
}

export const TOKEN_PREFIX = 'qd_';
const SECRET_BYTES = 32;
/** How often the time a session was last used goes to disk. */
const SAVE_EVERY_MS = 5 * 60_000;
/** How often another process (the command line) is asked whether it changed something. */
const LOOK_EVERY_MS = 1000;

export const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();
export const newSecret = (random: (bytes: number) => Uint8Array): string =>
  Buffer.from(random(SECRET_BYTES)).toString('base64url');

/** True when `given` is the session's CSRF token; a machine needs none. */
export const isCsrfRight = (session: Session, given: string | undefined): boolean => {
  if (session.by === 'token') return true;
  const [right, said] = [Buffer.from(session.csrf), Buffer.from(given ?? '')];
  return right.length === said.length && timingSafeEqual(right, said);
};

export interface SessionParts extends Lifetimes {
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
  readonly csrfKey: Uint8Array;
  readonly warn: (message: string) => void;
}

/** Sessions and machine tokens. Disk keeps only hashes; memory keeps those in use, so that a request costs a look-up. */
export const openSessions = (db: DatabaseSync, parts: SessionParts): Sessions => {
  const live = new Map<string, Live>();
  const idle_ms = parts.session_idle_s * 1000;
  const { insert, passwordOf, saveSeen, remove, removeOf, removeOld } = statementsOf(db);
  const changed = changesElsewhere(db, parts.now);
  const memory = new Unsaved();
  const readLive = reader(db, parts, memory);
  const read = (secret: string): Live | null => {
    const found = readLive(secret);
    if (found !== null) live.set(secret, found);
    return found;
  };
  const look = (secret: string): Live | null => {
    if (changed()) live.clear();
    const found = live.get(secret) ?? read(secret);
    if (found === null) return null;
    const at = parts.now();
    const idle = found.session.by === 'cookie' && at - found.seen_ms >= idle_ms;
    if (!idle && at < found.ends_ms) return found;
    live.delete(secret);
    return null;
  };

  return {
    open: (account) => {
      const at = parts.now();
      ifRoom(() => removeOld.run(at - parts.session_s * 1000, at - idle_ms));
      const token = newSecret(parts.random);
      const hash = hashOf(token);
      unlessFull(
        () => void insert.run(hash, account.id, at, at),
        () => {
          const password = textOf(passwordOf.get(account.id) ?? {}, 'password');
          memory.keep(hash, { account: account.id, password, opened_ms: at }, at - parts.session_s * 1000);
          parts.warn('the disk is full: a session is kept in memory only and ends with a restart');
        },
      );
      return { token, session: cookieSession(account, hash, parts.csrfKey) };
    },
    find: (secret) => {
      const found = look(secret);
      if (found === null) return null;
      const at = parts.now();
      found.seen_ms = at;
      if (at - found.saved_ms >= SAVE_EVERY_MS) {
        found.saved_ms = at;
        memory.saw(found.hash, at);
        ifRoom(() => saveSeen.run(at, found.hash));
      }
      return found.session;
    },
    peek: (secret) => look(secret)?.session ?? null,
    end: (secret) => {
      live.delete(secret);
      const hash = hashOf(secret);
      memory.forget(hash);
      unlessFull(
        () => void remove.run(hash),
        () => memory.end(hash),
      );
    },
    endOf: (account) => {
      live.clear();
      memory.endOf(account);
      removeOf.run(account);
    },
    refresh: () => live.clear(),
  };
};

const statementsOf = (db: DatabaseSync) => ({
  insert: db.prepare('INSERT INTO sessions (hash, account, created_ms, seen_ms) VALUES (?, ?, ?, ?)'),
  passwordOf: db.prepare('SELECT password FROM accounts WHERE id = ?'),
  saveSeen: db.prepare('UPDATE sessions SET seen_ms = ? WHERE hash = ?'),
  remove: db.prepare('DELETE FROM sessions WHERE hash = ?'),
  removeOf: db.prepare('DELETE FROM sessions WHERE account = ?'),
  removeOld: db.prepare('DELETE FROM sessions WHERE created_ms <= ? OR seen_ms <= ?'),
});

const cookieSession = (account: Identity, hash: Buffer, csrfKey: Uint8Array): Session => ({
  actor: actorOf(account),
  display: account.display,
  by: 'cookie',
  csrf: createHmac('sha256', csrfKey).update(hash).digest('base64url'),
});

/** Reads what a secret stands for from disk; null when it stands for nothing. */
const reader = (db: DatabaseSync, parts: SessionParts, memory: Unsaved): ((secret: string) => Live | null) => {
  const findSession = db.prepare(`
    SELECT s.created_ms AS opened_ms, s.seen_ms, a.*
    FROM sessions s JOIN accounts a ON a.id = s.account WHERE s.hash = ? AND a.disabled = 0`);
  const findAccount = db.prepare('SELECT * FROM accounts WHERE id = ? AND disabled = 0');
  const findToken = db.prepare('SELECT * FROM tokens WHERE hash = ?');
  const readUnsaved = (hash: Buffer): Row | undefined => {
    const kept = memory.get(hash);
    const account = kept === undefined ? undefined : findAccount.get(kept.account);
    return account === undefined || account['password'] !== kept?.password ? undefined : { ...account, ...kept };
  };
  const readSession = (hash: Buffer): Live | null => {
    const row = memory.hasEnded(hash) ? undefined : (findSession.get(hash) ?? readUnsaved(hash));
    if (row === undefined) return null;
    const seen_ms = numberOf(row, 'seen_ms');
    const ends_ms = numberOf(row, 'opened_ms') + parts.session_s * 1000;
    return { session: cookieSession(fromColumns(row), hash, parts.csrfKey), hash, ends_ms, seen_ms, saved_ms: seen_ms };
  };
  const readToken = (hash: Buffer): Live | null => {
    const row = findToken.get(hash);
    if (row === undefined) return null;
    const who = fromColumns(row);
    const session: Session = { actor: actorOf(who), display: who.display, by: 'token', csrf: '' };
    const ends_ms = maybeNumberOf(row, 'expires_ms') ?? Number.POSITIVE_INFINITY;
    return { session, hash, ends_ms, seen_ms: parts.now(), saved_ms: Number.POSITIVE_INFINITY };
  };
  return (secret) => (secret.startsWith(TOKEN_PREFIX) ? readToken : readSession)(hashOf(secret));
};

/** Tells, at most once a second, whether another process has written to the file. */
const changesElsewhere = (db: DatabaseSync, now: () => number): (() => boolean) => {
  const version = db.prepare('PRAGMA data_version');
  const ask = (): number => numberOf(version.get(), 'data_version');
  let [looked_ms, known] = [now(), ask()];
  return () => {
    const at = now();
    if (Math.abs(at - looked_ms) < LOOK_EVERY_MS) return false;
    looked_ms = at;
    const present = ask();
    if (present === known) return false;
    known = present;
    return true;
  };
};
