import type { DatabaseSync } from 'node:sqlite';
import type { AccountId } from '#core/base/ids.ts';
import type { Result } from '#core/base/result.ts';
import { err, ok } from '#core/base/result.ts';
import type { Row } from './database.ts';
import { maybeNumberOf, numberOf } from './database.ts';
import type { AuthRefusal, Identity } from './identity.ts';
import { fromColumns, identitySchema, isReserved, toColumns } from './identity.ts';
import type { Sessions } from './sessions.ts';
import { hashOf, newSecret, TOKEN_PREFIX } from './sessions.ts';

/** A machine's token to be made: with exactly the roles given, or `device` when none is. `expires_ms` null: until it is taken back. */
export interface NewToken extends Identity {
  readonly expires_ms: number | null;
}
export interface TokenView extends NewToken {
  readonly created_ms: number;
}

export interface Tokens {
  /** @param own a token of the program itself, which may bear a reserved name */
  readonly create: (
    token: NewToken,
    own?: boolean,
  ) => Result<{ readonly secret: string; readonly token: TokenView }, AuthRefusal>;
  readonly list: () => readonly TokenView[];
  readonly revoke: (id: AccountId) => Result<null, AuthRefusal>;
}

export interface TokenParts {
  readonly now: () => number;
  readonly random: (bytes: number) => Uint8Array;
  readonly sessions: Sessions;
}

/** Bearer tokens for machine clients: shown once, kept as hashes. */
export const openTokens = (db: DatabaseSync, { now, random, sessions }: TokenParts): Tokens => {
  const insert = db.prepare(`
    INSERT INTO tokens (id, display, roles, sites, units, hash, created_ms, expires_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING`);
  const all = db.prepare('SELECT * FROM tokens ORDER BY id');
  const remove = db.prepare('DELETE FROM tokens WHERE id = ?');
  const account = db.prepare('SELECT 1 FROM accounts WHERE id = ?');
  return {
    create: (asked, own = false) => {
      const token = { ...asked, roles: asked.roles.length === 0 ? ['device'] : [...new Set(asked.roles)] };
      if (!identitySchema.safeParse(token).success) return err({ code: 'request-invalid' });
      if ((!own && isReserved(token.id)) || account.get(token.id) !== undefined) return err({ code: 'account-exists' });
      const secret = TOKEN_PREFIX + newSecret(random);
      const created_ms = now();
      const made = insert.run(...toColumns(token), hashOf(secret), created_ms, token.expires_ms);
      return made.changes === 0 ? err({ code: 'account-exists' }) : ok({ secret, token: { ...token, created_ms } });
    },
    list: () => all.all().map(toView),
    revoke: (id) => {
      const { changes } = remove.run(id);
      sessions.refresh();
      return changes === 0 ? err({ code: 'account-unknown' }) : ok(null);
    },
  };
};

const toView = (row: Row): TokenView => ({
  ...fromColumns(row),
  created_ms: numberOf(row, 'created_ms'),
  expires_ms: maybeNumberOf(row, 'expires_ms'),
});
