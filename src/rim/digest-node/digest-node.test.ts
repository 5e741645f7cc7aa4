import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { matterId } from '#core/base/ids.ts';
import { isSealed, seal, unseal } from '#core/ledger/seals.ts';
import { createCipher, createDigest, secureRandom } from './digest.ts';
import { PRIVATE_KEY_FILE, PUBLIC_KEY_FILE, SiteKeyError, openSiteKey, readPublicKey, verifierOf } from './site-key.ts';

describe('the digest', () => {
  const digest = createDigest();

  it('L2 is SHA-256 as RFC 6962 frames it', () => {
    assert.equal(digest.empty, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    assert.equal(digest.leaf(''), '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d');
    // The tree over the first two leaves of the certificate-transparency reference tests: '' and 0x00.
    const second = digest.leaf('\0');
    assert.equal(second, '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7');
    assert.equal(
      digest.node(digest.leaf(''), second),
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    );
  });

  it('hashes the UTF-8 of a text', () => {
    assert.notEqual(digest.leaf('岛'), digest.leaf('島'));
    assert.equal(digest.leaf('岛').length, 64);
  });
});

describe('seals', () => {
  const cipher = createCipher();
  const key = secureRandom(32);
  const matter = matterId('PT-261121-0001');
  const value = { name: '某人', phone: '000' };

  it('P1 open to the same value, for the same matter and fact only', () => {
    const sealed = seal(cipher, secureRandom, key, matter, 'caller', value);
    assert.ok(isSealed(sealed));
    assert.ok(!JSON.stringify(sealed).includes('某人'));
    assert.deepEqual(unseal(cipher, key, matter, 'caller', sealed), value);
    assert.equal(unseal(cipher, key, matter, 'victim', sealed), undefined);
    assert.equal(unseal(cipher, key, matterId('PT-261121-0002'), 'caller', sealed), undefined);
    assert.equal(unseal(cipher, secureRandom(32), matter, 'caller', sealed), undefined);
  });

  it('P1 do not open once any part was changed', () => {
    const sealed = seal(cipher, secureRandom, key, matter, 'caller', value);
    for (const part of ['iv', 'data', 'tag'] as const) {
      const bytes = Buffer.from(sealed.sealed[part], 'base64');
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      const changed = { sealed: { ...sealed.sealed, [part]: bytes.toString('base64') } };
      assert.equal(unseal(cipher, key, matter, 'caller', changed), undefined, part);
    }
    assert.equal(unseal(cipher, key, matter, 'caller', { sealed: { ...sealed.sealed, tag: '' } }), undefined);
  });

  it('never look alike, even for the same value', () => {
    const one = seal(cipher, secureRandom, key, matter, 'caller', value);
    const two = seal(cipher, secureRandom, key, matter, 'caller', value);
    assert.notEqual(one.sealed.data, two.sealed.data);
  });

  it('are told from other values', () => {
    for (const other of [null, 'x', [], {}, { sealed: 1 }, { sealed: { alg: 'none', iv: '', data: '', tag: '' } }])
      assert.equal(isSealed(other), false);
  });
});

describe('the site key', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'qundao-key-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('is made once, private to its owner, and stays the same', () => {
    assert.equal(readPublicKey(dir), null);
    const made = openSiteKey(dir);
    assert.equal(statSync(join(dir, PRIVATE_KEY_FILE)).mode & 0o777, 0o600);
    const again = openSiteKey(dir);
    assert.equal(again.publicKey, made.publicKey);
    assert.equal(readPublicKey(dir), made.publicKey);
    assert.ok(again.verifier.verify('岛', made.signer.sign('岛')));
    assert.ok(!again.verifier.verify('島', made.signer.sign('岛')));
  });

  it('accepts only the canonical text of a signature', () => {
    const { signer, verifier } = openSiteKey(dir);
    const signature = signer.sign('x');
    // 64 bytes leave four unused bits in the last letter: another letter there decodes to the same bytes.
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    const last = signature.at(-3) ?? '';
    const alias = `${signature.slice(0, -3)}${letters[letters.indexOf(last) ^ 1]}==`;
    assert.deepEqual(Buffer.from(alias, 'base64'), Buffer.from(signature, 'base64'));
    assert.ok(!verifier.verify('x', alias));
    assert.ok(!verifier.verify('x', ''));
  });

  it('is not made anew when it must be there', () => {
    assert.throws(() => openSiteKey(dir, false), SiteKeyError);
    assert.ok(!existsSync(join(dir, PRIVATE_KEY_FILE)));
  });

  it('refuses damaged and mismatched files', () => {
    openSiteKey(dir);
    const other = mkdtempSync(join(tmpdir(), 'qundao-key-'));
    writeFileSync(join(dir, PUBLIC_KEY_FILE), openSiteKey(other).publicKey);
    rmSync(other, { recursive: true });
    assert.throws(() => openSiteKey(dir), SiteKeyError);
    writeFileSync(join(dir, PRIVATE_KEY_FILE), readFileSync(join(dir, PRIVATE_KEY_FILE), 'utf8').slice(0, 40));
    assert.throws(() => openSiteKey(dir), SiteKeyError);
    assert.throws(() => verifierOf('nonsense'), SiteKeyError);
  });
});
