import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Signer, Verifier } from '#core/ledger/digest.ts';

/** Names of the two key files in a data directory. */
export const PRIVATE_KEY_FILE = 'site-key.pem';
export const PUBLIC_KEY_FILE = 'site-key.public.pem';

/** The key a site signs its ledger with. */
export interface SiteKey {
  readonly signer: Signer;
  readonly verifier: Verifier;
  /** SPKI PEM, to be given to whoever verifies. */
  readonly publicKey: string;
  /** PKCS8 PEM, for the store that signs heads with it. */
  readonly privateKey: string;
}

/** A key file that is there but cannot be used. */
export class SiteKeyError extends Error {
  override readonly name = 'SiteKeyError';
}

/**
 * The site's Ed25519 key in `dir`, made on first use: PKCS8 PEM with mode 0600, the public key beside it, both fsynced.
 * A directory that holds a ledger but has lost its key is not given a new one silently: `mayCreate` says whether it may.
 */
export const openSiteKey = (dir: string, mayCreate = true): SiteKey => {
  const path = join(dir, PRIVATE_KEY_FILE);
  if (!existsSync(path)) {
    if (!mayCreate) throw new SiteKeyError(`${path} is missing: put the site's signing key back before starting`);
    mkdirSync(dir, { recursive: true });
    const made = generateKeyPairSync('ed25519').privateKey;
    writeDurably(dir, PRIVATE_KEY_FILE, made.export({ type: 'pkcs8', format: 'pem' }).toString(), 0o600);
  }
  const key = privateKeyOf(path);
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
  const publicPath = join(dir, PUBLIC_KEY_FILE);
  if (!existsSync(publicPath)) {
    writeDurably(dir, PUBLIC_KEY_FILE, publicKey, 0o644);
  } else if (readFileSync(publicPath, 'utf8') !== publicKey) {
    throw new SiteKeyError(`${publicPath} does not belong to ${path}: delete the wrong one of the two`);
  }
  const privateKey = key.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { signer: signerOf(privateKey), verifier: verifierOf(publicKey), publicKey, privateKey };
};

/** The public key in `dir` as PEM, or null when there is none. */
export const readPublicKey = (dir: string): string | null => {
  const path = join(dir, PUBLIC_KEY_FILE);
  return existsSync(path) ? readFileSync(path, 'utf8') : null;
};

/** @param publicKey SPKI PEM of an Ed25519 key; throws SiteKeyError on anything else */
export const verifierOf = (publicKey: string): Verifier => {
  const key = publicKeyOf(publicKey);
  return {
    verify: (text, signature) => {
      const bytes = Buffer.from(signature, 'base64');
      // Base64 leaves bits unused in its last letter; only the one canonical form counts, so that no bit may be changed.
      return bytes.toString('base64') === signature && verify(null, Buffer.from(text, 'utf8'), key, bytes);
    },
  };
};

/** @param privateKey PKCS8 PEM of an Ed25519 key */
export const signerOf = (privateKey: string): Signer => {
  const key = createPrivateKey(privateKey);
  return { sign: (text) => sign(null, Buffer.from(text, 'utf8'), key).toString('base64') };
};

const publicKeyOf = (pem: string): KeyObject => {
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch {
    throw new SiteKeyError('the public key cannot be read: it must be an Ed25519 key in PEM');
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new SiteKeyError('the public key is not an Ed25519 key');
  return key;
};

const privateKeyOf = (path: string): KeyObject => {
  try {
    const key = createPrivateKey(readFileSync(path, 'utf8'));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // told below: the message of OpenSSL helps nobody
  }
  throw new SiteKeyError(`${path} is not a readable Ed25519 key: restore it from the backup`);
};

/** Written whole or not at all: beside, fsynced, renamed, and the directory fsynced. */
const writeDurably = (dir: string, name: string, content: string, mode: number): void => {
  const temporary = join(dir, `${name}.new`);
  const file = openSync(temporary, 'w', mode);
  try {
    writeSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, join(dir, name));
  const folder = openSync(dir, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
};
