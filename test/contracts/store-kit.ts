import { generateKeyPairSync } from 'node:crypto';
import type { Batch } from '#app/ports.ts';
import { accountId, matterId, siteId } from '#core/base/ids.ts';
import { instant } from '#core/base/instant.ts';
import type { Stamp } from '#core/base/instant.ts';
import { emptyChain, extend } from '#core/ledger/chain.ts';
import type { Chain } from '#core/ledger/chain.ts';
import type { Signer, Verifier } from '#core/ledger/digest.ts';
import type { Draft, SignedHead, StoredEvent } from '#core/ledger/envelope.ts';
import { headAt, signHead } from '#core/ledger/heads.ts';
import { createDigest } from '#rim/digest-node/digest.ts';
import { signerOf, verifierOf } from '#rim/digest-node/site-key.ts';

export const SITE = siteId('zs-test');
export const digest = createDigest();

/** A key for tests that need no directory. */
export interface TestKey {
  readonly signer: Signer;
  readonly verifier: Verifier;
  readonly publicKey: string;
  readonly privateKey: string;
}

export const testKey = (): TestKey => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const secret = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return {
    signer: signerOf(secret),
    verifier: verifierOf(pem),
    publicKey: pem,
    privateKey: secret,
  };
};

/** The matter of the n-th event: ten events to a matter, every seventh event to none. */
export const matterOf = (n: number) =>
  n % 7 === 0 ? null : matterId(`PT-261121-${String(1 + Math.floor(n / 10)).padStart(4, '0')}`);

export const draftOf = (n: number): Draft => ({
  matter: matterOf(n),
  kind: 'incident',
  type: n % 10 === 1 ? 'raised' : 'step',
  actor: accountId('desk-1'),
  purpose: null,
  command: `command-${n}`,
  body: { step: 'note', facts: { note: `第 ${n} 条记录 – line "${n}"\n\u2028` }, filling: 'x'.repeat(n % 300) },
});

/** A batch whose head came signed. */
export type SignedBatch = Batch & { readonly head: SignedHead };

/** Makes the batches of one site's ledger, one after the other. */
export class Author {
  readonly #signer: Signer;
  chain: Chain = emptyChain(SITE);

  constructor(signer: Signer, chain: Chain = emptyChain(SITE)) {
    this.#signer = signer;
    this.chain = chain;
  }

  batch(count: number, checkpoint = false): SignedBatch {
    const first = this.chain.size + 1;
    const numbers = Array.from({ length: count }, (_, index) => first + index);
    const grown = extend(
      digest,
      this.chain,
      numbers.map(draftOf),
      numbers.map((n) => [instant(1_763_700_000_000 + n), 0]),
    );
    this.chain = grown.chain;
    return { events: grown.events, head: this.head(), checkpoint };
  }

  /** Signs for the chain as it stands. */
  head(): SignedHead {
    const time: Stamp = [instant(1_763_700_000_000 + this.chain.size), 0];
    return signHead(this.#signer, headAt(digest, this.chain, time));
  }
}

/** The events of batches in one row. */
export const eventsOf = (batches: readonly Batch[]): readonly StoredEvent[] => batches.flatMap((batch) => batch.events);
