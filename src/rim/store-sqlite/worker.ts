import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { StoreError } from '#app/ports.ts';
import type { MatterId, SiteId } from '#core/base/ids.ts';
import type { Result } from '#core/base/result.ts';
import type { Signer } from '#core/ledger/digest.ts';
import type { SignedHead, Tip } from '#core/ledger/envelope.ts';
import type { Flaw } from '#core/ledger/flaw.ts';
import { headText } from '#core/ledger/heads.ts';
import type { Tree } from '#core/ledger/tree.ts';
import { createDigest } from '#rim/digest-node/digest.ts';
import { signerOf, verifierOf } from '#rim/digest-node/site-key.ts';
import { storeErrorOf } from './faults.ts';
import { checkLedgerFile, integrityFlaw } from './ledger-check.ts';
import type { CheckedLedger } from './ledger-check.ts';
import { LedgerFile, ledgerPath } from './ledger-file.ts';
import { lockDirectory } from './lock.ts';
import type { DirectoryLock } from './lock.ts';
import { CheckpointWriter, HeadMark } from '#rim/ledger-store/marks.ts';
import { checkpointOf, signGroup } from '#rim/ledger-store/signing.ts';
import type { Signing } from '#rim/ledger-store/signing.ts';
import { unpack } from './pack.ts';
import type { Failure, PackedBatch, Reply, Request, WorkerSetup } from './protocol.ts';

/** Most events put into one transaction; keeps the wait of the first of them short. */
const GROUP_EVENTS = 8192;

interface Waiting {
  readonly id: number;
  readonly ask: PackedBatch;
}

class StoreWorker {
  readonly #port: MessagePort;
  readonly #dir: string;
  readonly #lock: DirectoryLock;
  readonly #digest = createDigest();
  readonly #ledger: LedgerFile;
  readonly #mark: HeadMark;
  #signer: Signer | null = null;
  /** Over what is durable; null until the check, or else the first write, has read the hashes. */
  #tree: Tree | null = null;
  #checkpoints: CheckpointWriter | null = null;
  /** Set when a write failed for another reason than space: what is on disk must be read anew before more is written. */
  #broken: StoreError | null = null;

  constructor(port: MessagePort, dir: string) {
    this.#port = port;
    this.#dir = dir;
    this.#lock = lockDirectory(dir);
    try {
      this.#ledger = new LedgerFile(ledgerPath(dir), this.#digest, false);
    } catch (error) {
      this.#lock.release();
      throw error;
    }
    this.#mark = new HeadMark(dir);
  }

  /** Takes `first` and all that waits behind it; neighbouring batches share a transaction, and so an fsync. */
  take(first: Request): void {
    let group: Waiting[] = [];
    let events = 0;
    for (let request: Request | undefined = first; request !== undefined; request = this.#nextWaiting()) {
      if (request.op === 'append' && events < GROUP_EVENTS) {
        group.push(request);
        events += request.ask.lengths.length;
        continue;
      }
      this.#appendAll(group);
      group = request.op === 'append' ? [request] : [];
      events = request.op === 'append' ? request.ask.lengths.length : 0;
      if (request.op !== 'append') this.#answer(request);
    }
    this.#appendAll(group);
  }

  #nextWaiting(): Request | undefined {
    return receiveMessageOnPort(this.#port)?.message as Request | undefined;
  }

  #send(reply: Reply): void {
    this.#port.postMessage(reply);
  }

  #appendAll(group: readonly Waiting[]): void {
    if (group.length === 0) return;
    try {
      this.#appendTogether(group);
    } catch (error) {
      // One of them does not fit: each for itself, so that those before it are kept.
      if (group.length > 1 && this.#broken === null) for (const one of group) this.#appendAll([one]);
      else for (const one of group) this.#send({ id: one.id, failure: failureOf(error) });
    }
  }

  #appendTogether(group: readonly Waiting[]): void {
    if (this.#broken !== null) throw this.#broken;
    const signed = signGroup(
      this.#signing(),
      this.#treeNow(),
      group.map(({ ask }) => unpack(ask)),
    );
    try {
      this.#ledger.append(signed);
    } catch (error) {
      const failure = storeErrorOf(error);
      if (failure.fault === 'broken') this.#broken = failure;
      throw failure;
    }
    this.#tree = signed.tree;
    this.#mark.write(headText(signed.head));
    const kept = signed.batches.filter((one) => one.checkpoint).map((one) => one.head);
    if (kept.length > 0) this.#keepLines(kept);
    this.#send({ done: group.map((one) => one.id) });
  }

  /**
   * The file of checkpoints is brought up to the database on the first use, then grows with it. It comes after the commit, so its
   * failure fails nothing.
   */
  #keepLines(heads: readonly SignedHead[]): void {
    try {
      if (this.#checkpoints === null) this.#checkpoints = new CheckpointWriter(this.#dir, this.#soundCheckpoints());
      else this.#checkpoints.add(heads);
    } catch {
      // Neither file nor database could be read for it: the next checkpoint tries again.
    }
  }

  #soundCheckpoints() {
    return this.#ledger.checkpoints().map((checkpoint) => {
      if ('signature' in checkpoint) return checkpoint;
      throw new StoreError(
        'corrupt',
        `the checkpoint record for ${checkpoint.size} events is damaged`,
        checkpoint.size,
      );
    });
  }

  #answer(request: Exclude<Request, { op: 'append' }>): void {
    try {
      this.#send({ id: request.id, value: this.#valueOf(request) });
    } catch (error) {
      this.#send({ id: request.id, failure: failureOf(error) });
    }
    if (request.op === 'close') this.#port.close();
  }

  #valueOf(request: Exclude<Request, { op: 'append' }>): unknown {
    switch (request.op) {
      case 'head':
        return this.#ledger.head();
      case 'read':
        return this.#ledger.read(...request.ask);
      case 'ofMatter':
        return this.#ledger.ofMatter(request.ask as MatterId);
      case 'checkpoints':
        return this.#soundCheckpoints();
      case 'keepCheckpoint':
        return this.#keepCheckpoint(request.ask);
      case 'signWith':
        this.#signer = signerOf(request.ask);
        return null;
      case 'check':
        return this.#check(...request.ask);
      case 'integrity':
        return integrityFlaw(this.#ledger);
      case 'close':
        return this.#close();
    }
  }

  #check(site: SiteId, publicKey: string): Result<CheckedLedger, Flaw> {
    const verifier = verifierOf(publicKey);
    const answer = checkLedgerFile(this.#ledger, this.#dir, { digest: this.#digest, verifier, site, outside: [] });
    if (answer.ok) this.#tree = answer.value.tree;
    return answer;
  }

  #keepCheckpoint(tip: Tip | SignedHead): null {
    if (this.#broken !== null) throw this.#broken;
    const head = checkpointOf(this.#signing(), this.#treeNow(), tip);
    this.#ledger.keepCheckpoint(head);
    this.#keepLines([head]);
    return null;
  }

  #signing(): Signing {
    return { digest: this.#digest, signer: this.#signer };
  }

  #treeNow(): Tree {
    return (this.#tree ??= this.#ledger.tree());
  }

  #close(): null {
    this.#mark.close();
    try {
      this.#ledger.close();
    } finally {
      this.#lock.release();
    }
    return null;
  }
}

const failureOf = (error: unknown): Failure => {
  const { fault, message, seq } = storeErrorOf(error);
  return { fault, message, seq };
};

const start = (port: MessagePort): void => {
  const { dir } = workerData as WorkerSetup;
  let worker: StoreWorker;
  try {
    worker = new StoreWorker(port, dir);
  } catch (error) {
    port.postMessage({ opened: failureOf(error) } satisfies Reply);
    return;
  }
  port.on('message', (request: Request) => worker.take(request));
  port.postMessage({ opened: null } satisfies Reply);
};

if (parentPort !== null) start(parentPort);
