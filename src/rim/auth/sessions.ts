import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Text } from '#core/base/text.ts';
import type { Actor } from '#core/matter/actor.ts';
import { maybeNumberOf, numberOf } from './database.ts';
import type { Identity } from './identity.ts';
import { actorOf, fromColumns } from './identity.ts';

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
}

/** Sessions and machine tokens. Disk keeps only hashes; memory keeps those in use, so that a request costs a look-up. */
export const openSessions = (db: DatabaseSync, parts: SessionParts): Sessions => {
  const live = new Map<string, Live>();
  const idle_ms = parts.session_idle_s * 1000;
  const insert = db.prepare('INSERT INTO sessions (hash, account, created_ms, seen_ms) VALUES (?, ?, ?, ?)');
  const saveSeen = db.prepare('UPDATE sessions SET seen_ms = ? WHERE hash = ?');
  const remove = db.prepare('DELETE FROM sessions WHERE hash = ?');
  const removeOf = db.prepare('DELETE FROM sessions WHERE account = ?');
  const removeOld = db.prepare('DELETE FROM sessions WHERE created_ms <= ? OR seen_ms <= ?');
  const changed = changesElsewhere(db, parts.now);
  const readLive = reader(db, parts);
  const read = (secret: string): Live | null => {
    const found = readLive(secret);
    if (found !== null) live.set(secret, found);
    return found;
  };

  return {
    open: (account) => {
      const at = parts.now();
      removeOld.run(at - parts.session_s * 1000, at - idle_ms);
      const token = newSecret(parts.random);
      insert.run(hashOf(token), account.id, at, at);
      return { token, session: cookieSession(account, hashOf(token), parts.csrfKey) };
    },
    find: (secret) => {
      if (changed()) live.clear();
      const found = live.get(secret) ?? read(secret);
      if (found === null) return null;
      const at = parts.now();
      const idle = found.session.by === 'cookie' && at - found.seen_ms >= idle_ms;
      if (idle || at >= found.ends_ms) {
        live.delete(secret);
        return null;
      }
      found.seen_ms = at;
      if (at - found.saved_ms >= SAVE_EVERY_MS) {
        found.saved_ms = at;
        saveSeen.run(at, found.hash);
      }
      return found.session;
    },
    end: (secret) => {
      live.delete(secret);
      remove.run(hashOf(secret));
    },
    endOf: (account) => {
      live.clear();
      removeOf.run(account);
    },
    refresh: () => live.clear(),
  };
};

const cookieSession = (account: Identity, hash: Buffer, csrfKey: Uint8Array): Session => ({
  actor: actorOf(account),
  display: account.display,
  by: 'cookie',
  csrf: createHmac('sha256', csrfKey).update(hash).digest('base64url'),
});

/** Reads what a secret stands for from disk; null when it stands for nothing. */
const reader = (db: DatabaseSync, parts: SessionParts): ((secret: string) => Live | null) => {
  const findSession = db.prepare(`
    SELECT s.created_ms AS opened_ms, s.seen_ms, a.*
    FROM sessions s JOIN accounts a ON a.id = s.account WHERE s.hash = ? AND a.disabled = 0`);
  const findToken = db.prepare('SELECT * FROM tokens WHERE hash = ?');
  const readSession = (hash: Buffer): Live | null => {
    const row = findSession.get(hash);
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
