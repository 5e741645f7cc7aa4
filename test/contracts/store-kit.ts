import { generateKeyPairSync } from 'node:crypto';
import type { Batch } from '#app/ports.ts';
import { accountId, matterId, siteId } from '#core/base/ids.ts';
import { instant } from '#core/base/instant.ts';
import type { Stamp } from '#core/base/instant.ts';
import { emptyChain, extend, tipOf } from '#core/ledger/chain.ts';
import type { Chain } from '#core/ledger/chain.ts';
import type { Signer, Verifier } from '#core/ledger/digest.ts';
import type { Draft, SignedHead, StoredEvent } from '#core/ledger/envelope.ts';
import { signHead } from '#core/ledger/heads.ts';
import { EMPTY_TREE, grow, rootOf } from '#core/ledger/tree.ts';
import type { Verified } from '#core/ledger/verify.ts';
import { createDigest } from '#rim/digest-node/digest.ts';
import { signerOf, verifierOf } from '#rim/digest-node/site-key.ts';
import type { SignedBatch } from '#rim/ledger-store/signing.ts';

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

/** Makes the batches of one site's ledger, one after the other. */
export class Author {
  readonly #signer: Signer;
  /** Where it goes on; put back, it forgets what came since. */
  at: Pick<Verified, 'chain' | 'tree'>;

  constructor(signer: Signer, at: Author['at'] = { chain: emptyChain(SITE), tree: EMPTY_TREE }) {
    this.#signer = signer;
    this.at = at;
  }

  get chain(): Chain {
    return this.at.chain;
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
    const hashes = grown.events.map((event) => event.hash);
    this.at = { chain: grown.chain, tree: grow(digest, this.at.tree, hashes) };
    return { events: grown.events, head: this.head(), checkpoint };
  }

  /** Signs for the chain as it stands. */
  head(): SignedHead {
    const time: Stamp = [instant(1_763_700_000_000 + this.chain.size), 0];
    return signHead(this.#signer, { ...tipOf(this.chain, time), root: rootOf(digest, this.at.tree) });
  }
}

/** The events of batches in one row. */
export const eventsOf = (batches: readonly Batch[]): readonly StoredEvent[] => batches.flatMap((batch) => batch.events);
