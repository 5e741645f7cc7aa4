import type { MatterId } from '#core/base/ids.ts';
import type { Json } from '#core/base/json.ts';

/** A personal value as the ledger keeps it. All parts base64. */
export interface Sealed {
  readonly sealed: {
    readonly alg: 'A256GCM';
    /** 12 bytes, never used twice with one key. */
    readonly iv: string;
    readonly data: string;
    /** 16 bytes. */
    readonly tag: string;
  };
}

/** AES-256-GCM, passed into the pure core. */
export interface Cipher {
  /** @param key 32 bytes @param iv 12 bytes @param aad bound to the data, not hidden. All answers base64. */
  readonly encrypt: (
    key: Uint8Array,
    iv: Uint8Array,
    text: string,
    aad: string,
  ) => { iv: string; data: string; tag: string };
  /** The text, or null when key, iv, data, tag and aad do not belong together. */
  readonly decrypt: (key: Uint8Array, box: { iv: string; data: string; tag: string }, aad: string) => string | null;
}

/** Unpredictable bytes, passed in. */
export type RandomBytes = (count: number) => Uint8Array;

const IV_BYTES = 12;
/** Length of a matter's key. */
export const SEAL_KEY_BYTES = 32;

/** Seals a value under a matter's key. It opens only as this fact of this matter, so sealed values cannot be moved about. */
export const seal = (
  cipher: Cipher,
  random: RandomBytes,
  key: Uint8Array,
  matter: MatterId,
  fact: string,
  value: Json,
): Sealed => {
  const { iv, data, tag } = cipher.encrypt(key, random(IV_BYTES), JSON.stringify(value), boundTo(matter, fact));
  return { sealed: { alg: 'A256GCM', iv, data, tag } };
};

/** The value, or undefined when it does not open: another key, matter or fact, or changed bytes. */
export const unseal = (
  cipher: Cipher,
  key: Uint8Array,
  matter: MatterId,
  fact: string,
  sealed: Sealed,
): Json | undefined => {
  const text = cipher.decrypt(key, sealed.sealed, boundTo(matter, fact));
  return text === null ? undefined : (JSON.parse(text) as Json);
};

/** True for a value of exactly the shape `seal` makes. */
export const isSealed = (value: unknown): value is Sealed => {
  if (!isObject(value) || Object.keys(value).length !== 1 || !isObject(value['sealed'])) return false;
  const { alg, iv, data, tag } = value['sealed'];
  return alg === 'A256GCM' && typeof iv === 'string' && typeof data === 'string' && typeof tag === 'string';
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const boundTo = (matter: MatterId, fact: string): string => `qundao-seal-v1\n${matter}\n${fact}`;
