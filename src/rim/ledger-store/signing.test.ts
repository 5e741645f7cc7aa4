import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, it } from 'node:test';
import type { Batch } from '#app/ports.ts';
import { accountId, siteId } from '#core/base/ids.ts';
import { instant } from '#core/base/instant.ts';
import { emptyChain, extend, tipOf } from '#core/ledger/chain.ts';
import type { Chain } from '#core/ledger/chain.ts';
import type { Draft, StoredEvent } from '#core/ledger/envelope.ts';
import { verifyHead } from '#core/ledger/heads.ts';
import { rootOfLeaves } from '#core/ledger/merkle.ts';
import { EMPTY_TREE, grow, rootOf } from '#core/ledger/tree.ts';
import type { Tree } from '#core/ledger/tree.ts';
import { createDigest } from '#rim/digest-node/digest.ts';
import { signerOf, verifierOf } from '#rim/digest-node/site-key.ts';
import { checkpointOf, demandSigned, signGroup } from './signing.ts';

const digest = createDigest();
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const signer = signerOf(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
const verifier = verifierOf(publicKey.export({ type: 'spki', format: 'pem' }).toString());
const signing = { digest, signer };
const draft: Draft = {
  matter: null,
  kind: 'force',
  type: 'registered',
  actor: accountId('desk-1'),
  purpose: null,
  command: null,
  body: {},
};
const TIME = [instant(1_763_700_000_000), 0] as const;

/** A batch of a tip, and the chain after it. */
const batchAfter = (chain: Chain, count: number): { batch: Batch; chain: Chain } => {
  const drafts = Array.from({ length: count }, () => draft);
  const grown = extend(
    digest,
    chain,
    drafts,
    drafts.map(() => TIME),
  );
  return { batch: { events: grown.events, head: tipOf(grown.chain, TIME), checkpoint: false }, chain: grown.chain };
};
const leavesOf = (events: readonly StoredEvent[]) => events.map((event) => event.hash);
const treeOf = (events: readonly StoredEvent[]): Tree => grow(digest, EMPTY_TREE, leavesOf(events));

const first = batchAfter(emptyChain(siteId('zs-test')), 3);
const second = batchAfter(first.chain, 4);
const events = [...first.batch.events, ...second.batch.events];

describe('heads made of tips', () => {
  it('L3 have the root over all events so far and a signature of their own, batch by batch', () => {
    const { batches, head, tree } = signGroup(signing, EMPTY_TREE, [first.batch, second.batch]);
    for (const one of batches) {
      assert.equal(one.head.root, rootOfLeaves(digest, leavesOf(events.slice(0, one.head.size))));
      assert.ok(verifyHead(verifier, one.head));
    }
    assert.deepEqual([batches.map((one) => one.head.size), batches[1]?.head], [[3, 7], head]);
    assert.deepEqual(tree, treeOf(events));
  });

  it('L5 are the same when a group that was not kept is signed again, one by one', () => {
    const together = signGroup(signing, EMPTY_TREE, [first.batch, second.batch]);
    const alone = signGroup(signing, EMPTY_TREE, [first.batch]);
    assert.deepEqual(signGroup(signing, alone.tree, [second.batch]).head, together.head);
    assert.deepEqual(EMPTY_TREE, { size: 0, peaks: [] });
  });

  it('L1 are refused to what does not follow, and without a key', () => {
    const conflict = { fault: 'conflict' };
    assert.throws(() => signGroup(signing, EMPTY_TREE, [second.batch]), conflict);
    assert.throws(() => signGroup(signing, EMPTY_TREE, [{ ...first.batch, head: second.batch.head }]), conflict);
    assert.throws(() => signGroup(signing, treeOf(first.batch.events), [first.batch]), conflict);
    assert.throws(() => signGroup({ digest, signer: null }, EMPTY_TREE, [first.batch]), { fault: 'broken' });
    assert.throws(() => signGroup(signing, EMPTY_TREE, []), RangeError);
  });

  it('one that came signed is kept as it is, when it is of these events', () => {
    const { head } = signGroup(signing, EMPTY_TREE, [first.batch]);
    const keyless = { digest, signer: null };
    assert.equal(signGroup(keyless, EMPTY_TREE, [{ ...first.batch, head }]).head, head);
    const other = { ...head, root: digest.empty };
    assert.throws(() => signGroup(keyless, EMPTY_TREE, [{ ...first.batch, head: other }]), { fault: 'conflict' });
  });

  it('of a checkpoint are made for what is there now; one that came signed may be older', () => {
    const tree = treeOf(events);
    const { batches, head } = signGroup(signing, EMPTY_TREE, [first.batch, second.batch]);
    assert.deepEqual(checkpointOf(signing, tree, second.batch.head), head);
    const older = batches[0]?.head;
    assert.ok(older !== undefined);
    assert.equal(checkpointOf(signing, tree, older), older);
    assert.throws(() => checkpointOf(signing, tree, first.batch.head), { fault: 'conflict' });
    assert.throws(() => checkpointOf(signing, treeOf(first.batch.events), head), { fault: 'conflict' });
  });
});

describe('a tree made of stored hashes', () => {
  const { head } = signGroup(signing, EMPTY_TREE, [first.batch]);

  it('passes under the head that was signed for it', () => {
    const tree = treeOf(first.batch.events);
    assert.equal(demandSigned(digest, tree, head), tree);
    assert.equal(rootOf(digest, tree), head.root);
    assert.equal(demandSigned(digest, EMPTY_TREE, null), EMPTY_TREE);
  });

  it('is corrupt under any other', () => {
    const corrupt = { fault: 'corrupt' };
    assert.throws(() => demandSigned(digest, treeOf(events), head), corrupt);
    assert.throws(() => demandSigned(digest, treeOf(first.batch.events.toReversed()), head), corrupt);
    assert.throws(() => demandSigned(digest, EMPTY_TREE, head), corrupt);
    assert.throws(() => demandSigned(digest, treeOf(events), null), corrupt);
  });
});
