import type { Hash, SiteId } from '#core/base/ids.ts';
import { GENESIS } from '#core/ledger/envelope.ts';
import type { SignedHead } from '#core/ledger/envelope.ts';
import { DEFERRED_MAX } from '#sites/holding.ts';
import type { Alarm, Output } from '#sites/spi.ts';
import type { Node } from './node.ts';
import { pretendDigest } from './pretend.ts';

/** Something that must never be, and was. */
export interface Violation {
  readonly rule: string;
  readonly at_ms: number;
  readonly what: string;
}

/**
 * What really happened, as no site knows it, and what must hold. Everything a site writes, keeps, says and folds is held against it at
 * once; what only holds when nothing is under way any more is looked at after each healing.
 */
export class Truth {
  readonly violations: Violation[] = [];
  /** Every event each site ever wrote. */
  readonly #written = new Map<SiteId, Set<Hash>>();
  /** Events that were answered for, until a disk that alone had them was put back to an older state. */
  readonly #answered = new Map<SiteId, Map<Hash, number>>();
  /** Sites that really signed twice. */
  readonly forked = new Set<SiteId>();
  readonly #alarmed = new Set<SiteId>();
  readonly #forged = new Set<Hash>();
  /** Answered for, and then lost with the only disk that had them. */
  readonly #lost = new Set<Hash>();
  #now = 0;

  at(now: number): void {
    this.#now = now;
  }

  /** @param nodes all: what was still on its way when a disk was put back may make a fork of it all the same */
  wrote(origin: SiteId, texts: readonly string[], after: number, nodes: readonly Node[]): void {
    const others = nodes.filter(({ id }) => id !== origin);
    if (others.some((other) => lengthAt(other, origin) > after)) this.forked.add(origin);

    const written = this.#written.get(origin) ?? new Set();
    const answered = this.#answered.get(origin) ?? new Map<Hash, number>();
    this.#written.set(origin, written);
    this.#answered.set(origin, answered);
    texts.forEach((text, index) => {
      const hash = pretendDigest.leaf(text);
      written.add(hash);
      answered.set(hash, after + index + 1);
    });
  }

  /** Signed with a stolen key, after what a neighbour holds: the site has signed twice as soon as it goes on itself. */
  forged(origin: SiteId, texts: readonly string[]): void {
    const written = this.#written.get(origin) ?? new Set();
    this.#written.set(origin, written);
    for (const hash of texts.map((text) => pretendDigest.leaf(text))) {
      written.add(hash);
      this.#forged.add(hash);
    }
    this.forked.add(origin);
  }

  /** S1, S2: what is kept is what its origin wrote, and goes on from what was there. */
  kept(node: Node, origin: SiteId, events: readonly { readonly seq: number; readonly text: string }[]): void {
    const held = node.disk.ledgers.get(origin)?.texts.length ?? 0;
    if (events[0]?.seq !== held + 1) this.#broken('S1', `${node.id} keeps ${origin} from ${events[0]?.seq} on ${held}`);
    const written = this.#written.get(origin);
    const foreign = events.find(({ text }) => written?.has(pretendDigest.leaf(text)) !== true);
    if (foreign !== undefined) this.#broken('S2', `${node.id} keeps event ${foreign.seq} that ${origin} never wrote`);
    if ((node.exchange?.holdings.get(origin)?.fork ?? null) !== null)
      this.#broken('S5', `${node.id} goes on with ${origin} although it signed twice`);
    if (origin === node.id && node.hasWritten && events.some(({ text }) => this.#forged.has(pretendDigest.leaf(text))))
      this.#broken('S8', `${node.id} takes for its own what it never wrote`);
  }

  /** S3: what is said to be held, or shown to people, is on the disk. */
  said(node: Node, output: Output): void {
    if (output.type === 'alarm') return this.#alarm(node, output.alarm);
    if (output.type === 'fold') return this.#onDisk(node, output.origin, output.events.at(-1)?.seq ?? 0, 'folds');
    if (output.type !== 'send') return;
    const { message } = output;
    if (message.type === 'tell') for (const head of message.heads) this.#tells(node, head);
    if (message.type === 'give') this.#onDisk(node, message.origin, message.head.size, 'gives');
  }

  #tells(node: Node, head: SignedHead): void {
    this.#onDisk(node, head.site, head.size, 'tells');
  }

  #onDisk(node: Node, origin: SiteId, size: number, does: string): void {
    const held = node.disk.ledgers.get(origin)?.texts.length ?? 0;
    if (size > held) this.#broken('S3', `${node.id} ${does} ${size} of ${origin} and holds ${held}`);
  }

  /** S5: two courses of events are told where there are two, and nowhere else. */
  #alarm(node: Node, alarm: Alarm): void {
    if (alarm.code === 'unsigned' || alarm.code === 'stranger') return;
    const origin = alarm.code === 'forked' ? alarm.fork.origin : node.id;
    this.#alarmed.add(origin);
    if (alarm.code !== 'behind' && !this.forked.has(origin))
      this.#broken('S5', `${node.id} takes ${origin} for ${alarm.code}, and it is not`);
  }

  /** S7: what waits has an end. */
  took(node: Node): void {
    for (const { copy, deferredCount } of node.exchange?.holdings.values() ?? [])
      if (deferredCount > DEFERRED_MAX) this.#broken('S7', `${node.id} lets ${deferredCount} wait for ${copy.origin}`);
  }

  /** S8: who was put back writes nothing before it has what its neighbours held then, and who knows that it is behind neither. */
  writes(node: Node): void {
    const mine = node.disk.ledger(node.id).texts.length;
    const lag = node.exchange?.holdings.get(node.id)?.lag ?? 0;
    if (lag > 0) this.#broken('S8', `${node.id} writes although it knows of ${lag} events of its own that it lacks`);
    if (mine < node.toHaveBack) this.#broken('S8', `${node.id} writes before it has its own back`);
  }

  /** A disk was put back: what nobody else has is gone, and nobody can be asked for it. */
  putBack(node: Node, others: readonly Node[]): void {
    const answered = this.#answered.get(node.id);
    for (const hash of answered?.keys() ?? []) {
      const isSomewhere = [node, ...others].some(
        (one) => one.disk.ledgers.get(node.id)?.hashes.includes(hash) === true,
      );
      if (isSomewhere) continue;
      answered?.delete(hash);
      this.#lost.add(hash);
    }
  }

  /** What must hold when everything is linked and nothing is under way. */
  settled(nodes: readonly Node[]): void {
    for (const { id } of nodes) {
      if (this.forked.has(id)) {
        this.#forkIsSeen(id, nodes);
        continue;
      }
      const sizes = nodes.map((node) => node.disk.ledgers.get(id)?.texts.length ?? 0);
      const ends = new Set(nodes.map((node) => node.disk.ledgers.get(id)?.hashes.at(-1) ?? 'none'));
      if (ends.size > 1) this.#broken('S4', `copies of ${id} differ: ${sizes.join(', ')}`);
      const lagging = nodes.find((node) => this.#waitsInVain(node, id));
      if (lagging !== undefined) this.#broken('S4', `${lagging.id} waits for more of ${id} than there is`);
    }
    this.#nothingLost(nodes);
    for (const node of nodes)
      if (node.exchange?.holds === true && !this.forked.has(node.id)) this.#broken('S8', `${node.id} holds on`);
  }

  /** A site that heard of events before the only disk that had them was put back goes on saying that they are missing. */
  #waitsInVain(node: Node, origin: SiteId): boolean {
    const holding = node.exchange?.holdings.get(origin);
    return holding !== undefined && holding.lag > 0 && !this.#lost.has(holding.newest?.last ?? GENESIS);
  }

  /**
   * Where two courses of events lie on disks, somebody was told, and everybody who holds either knows. A course that was gone with its disk before
   * anybody else had any of it is no fork any more.
   */
  #forkIsSeen(id: SiteId, nodes: readonly Node[]): void {
    if (!liesTwice(id, nodes)) return;
    if (!this.#alarmed.has(id)) this.#broken('S5', `${id} forked and nobody was told`);
    const unaware = nodes.find((node) => (node.exchange?.holdings.get(id)?.fork ?? null) === null);
    if (unaware !== undefined) this.#broken('S5', `${unaware.id} does not know that ${id} forked`);
  }

  #nothingLost(nodes: readonly Node[]): void {
    for (const [origin, answered] of this.#answered) {
      for (const [hash, seq] of answered) {
        const holders = nodes.filter((node) => node.disk.ledgers.get(origin)?.hashes[seq - 1] === hash);
        if (holders.length === 0) this.#broken('L5', `event ${seq} of ${origin} was answered for and is nowhere`);
        // Looked at once: copies never lose what they have.
        else answered.delete(hash);
      }
    }
  }

  #broken(rule: string, what: string): void {
    if (this.violations.length < 20) this.violations.push({ rule, at_ms: this.#now, what });
  }
}

/** How much of a site's ledger lies on another's disk. */
export const lengthAt = (node: Node, origin: SiteId): number => node.disk.ledgers.get(origin)?.texts.length ?? 0;

/** True when two disks hold different events where both hold something. */
const liesTwice = (origin: SiteId, nodes: readonly Node[]): boolean => {
  const courses = nodes.map((node) => node.disk.ledgers.get(origin)?.hashes ?? []).filter(({ length }) => length > 0);
  return courses.some((one, at) =>
    courses.slice(at + 1).some((other) => {
      const last = Math.min(one.length, other.length) - 1;
      return one[last] !== other[last];
    }),
  );
};
