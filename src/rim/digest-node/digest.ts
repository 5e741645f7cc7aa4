import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto';
import type { Hash } from '#core/base/ids.ts';
import type { Digest } from '#core/ledger/digest.ts';
import type { Cipher, RandomBytes } from '#core/ledger/seals.ts';

/** SHA-256 by OpenSSL. The one-shot form is about twice as fast as `createHash` on an event's few hundred bytes. */
export const createDigest = (): Digest => {
  const pair = Buffer.alloc(65);
  pair[0] = 1;
  return {
    leaf: (text) => hash('sha256', `\0${text}`, 'hex') as Hash,
    node: (left, right) => {
      pair.write(left, 1, 'hex');
      pair.write(right, 33, 'hex');
      return hash('sha256', pair, 'hex') as Hash;
    },
    empty: hash('sha256', '', 'hex') as Hash,
  };
};

/** AES-256-GCM by OpenSSL. */
export const createCipher = (): Cipher => ({
  encrypt: (key, iv, text, aad) => {
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    cipher.setAAD(Buffer.from(aad, 'utf8'));
    const data = cipher.update(text, 'utf8', 'base64') + cipher.final('base64');
    return { iv: Buffer.from(iv).toString('base64'), data, tag: cipher.getAuthTag().toString('base64') };
  },
  decrypt: (key, box, aad) => {
    try {
      const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(box.iv, 'base64'), { authTagLength: 16 });
      decipher.setAAD(Buffer.from(aad, 'utf8'));
      decipher.setAuthTag(Buffer.from(box.tag, 'base64'));
      return decipher.update(box.data, 'base64', 'utf8') + decipher.final('utf8');
    } catch {
      return null;
    }
  },
});

export const secureRandom: RandomBytes = (count) => randomBytes(count);
