import FlatQueue from 'flatqueue';
import { siteId } from '#core/base/ids.ts';
import type { SiteId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import { between, pick } from '#core/base/random.ts';
import type { Random } from '#core/base/random.ts';
import type { Message } from '#sites/message.ts';
import type { Input, Output } from '#sites/spi.ts';
import { Net } from './net.ts';
import { Node } from './node.ts';
import type { ExchangeClass } from './node.ts';
import { pretendVerifier, secretOf } from './pretend.ts';
import { Truth, lengthAt } from './truth.ts';

/** A centre, two districts, and islands under them. */
const PARENTS: Readonly<Record<string, string | null>> = {
  city: null,
  'district-a': 'city',
  'district-b': 'city',
  'island-a': 'district-a',
  'island-b': 'district-a',
  'island-c': 'district-b',
};
const TELL_MS = 300_000;
const VERIFIERS = new Map(Object.keys(PARENTS).map((id) => [id, pretendVerifier(secretOf(id as SiteId))]));

/** An archipelago of sites on a virtual clock: one seed, one course. */
export class World {
  readonly nodes: readonly Node[];
  readonly net: Net;
  readonly truth = new Truth();
  readonly random: Random;
  readonly #make: ExchangeClass;
  readonly #queue = new FlatQueue<() => void>();
  readonly #ticks = new Map<SiteId, number>();
  #now = 1_700_000_000_000;
  events = 0;
  messages = 0;

  constructor(make: ExchangeClass, random: Random) {
    this.#make = make;
    this.random = random;
    this.net = new Net(random);
    this.nodes = Object.keys(PARENTS).map((id) => new Node(siteId(id)));
    for (const node of this.nodes) this.start(node);
  }

  get now(): Instant {
    return this.#now as Instant;
  }

  after(ms: number, work: () => void): void {
    this.#queue.push(work, this.#now + ms);
  }

  /** Runs until the clock has gone on so far. */
  run(ms: number): void {
    const end = this.#now + ms;
    for (let next = this.#queue.peekValue(); next !== undefined && next <= end; next = this.#queue.peekValue()) {
      this.#now = Math.max(this.#now, next);
      this.truth.at(this.#now);
      this.#queue.pop()?.();
    }
    this.#now = end;
  }

  neighboursOf({ id }: Node): readonly Node[] {
    return this.nodes.filter((other) => PARENTS[other.id] === id || PARENTS[id] === other.id);
  }

  start(node: Node): void {
    const neighbours = this.neighboursOf(node);
    const setup = {
      verifierOf: (site: SiteId) => VERIFIERS.get(site) ?? null,
      concerns: () => true,
      tell_ms: TELL_MS,
      is_restored: node.disk.isRestored,
      neighbours: neighbours.map((one) => one.id),
    };
    node.start(this.#make, setup, this.now);
    node.toHaveBack = node.disk.isRestored ? Math.max(...neighbours.map((other) => lengthAt(other, node.id))) : 0;
    this.#ticks.delete(node.id);
    for (const other of neighbours) {
      if (other.exchange === null) continue;
      this.give(node, { type: 'linked', peer: other.id });
      this.give(other, { type: 'cut', peer: node.id });
      this.give(other, { type: 'linked', peer: node.id });
    }
    this.#tickLater(node);
  }

  crash(node: Node): void {
    node.crash();
    for (const other of this.neighboursOf(node)) this.give(other, { type: 'cut', peer: node.id });
  }

  /** A link that comes back is noticed by both ends. */
  relink(): void {
    for (const node of this.nodes) {
      for (const other of this.neighboursOf(node)) {
        this.give(node, { type: 'cut', peer: other.id });
        this.give(node, { type: 'linked', peer: other.id });
      }
    }
  }

  give(node: Node, input: Input): void {
    const outputs = node.take(input, this.now);
    this.truth.took(node);
    for (const output of outputs) this.#do(node, output);
    this.#tickLater(node);
  }

  /** Some commands at a site, answered when they are on disk. */
  write(node: Node, count: number): void {
    if (node.exchange === null || node.exchange.holds || node.writing) return;
    this.truth.writes(node);
    const { texts, head } = node.decide(count, this.now);
    const { life } = node;
    node.writing = true;
    this.after(between(this.random, ...node.disk.fsync_ms), () => {
      if (node.life !== life) return;
      node.writing = false;
      if (node.disk.full) return;
      node.disk.append(node.id, texts, head);
      this.events += texts.length;
      node.hasWritten = true;
      this.truth.wrote(node.id, texts, head.size - texts.length, this.nodes);
      this.give(node, { type: 'grown', after: node.disk.copy(node.id), texts });
    });
  }

  #do(node: Node, output: Output): void {
    this.truth.said(node, output);
    switch (output.type) {
      case 'send':
        return this.#send(node, output.to, output.message);
      case 'keep':
        return this.#keep(node, output);
      case 'read':
        return this.give(node, { type: 'read', to: output.to, ask: output.ask, give: node.read(output.ask) });
      case 'prove': {
        const proof = node.prove(output.origin, output.size, output.head);
        if (proof !== null) this.give(node, { type: 'proved', to: output.to, proof });
        return;
      }
      case 'resume':
        node.disk.isRestored = false;
        return;
      default:
    }
  }

  #send(node: Node, to: SiteId, message: Message): void {
    this.messages += 1;
    const target = this.nodes.find((one) => one.id === to);
    if (target === undefined) return;
    for (const one of this.net.carry(node.id, to, message))
      this.after(one.after_ms, () => this.give(target, { type: 'heard', from: node.id, message: one.message }));
  }

  #keep(node: Node, { origin, events, after }: Extract<Output, { type: 'keep' }>): void {
    this.truth.kept(node, origin, events);
    const { life } = node;
    this.after(between(this.random, ...node.disk.fsync_ms), () => {
      if (node.life !== life) return;
      if (!node.disk.full && after.head !== null)
        node.disk.append(
          origin,
          events.map((event) => event.text),
          after.head,
        );
      this.give(node, { type: node.disk.full ? 'not-kept' : 'kept', origin });
    });
  }

  /** Ticks come when the exchange says that it has something to do. */
  #tickLater(node: Node): void {
    const due = node.exchange?.due;
    if (due === undefined) return;
    const planned = this.#ticks.get(node.id);
    if (planned !== undefined && planned <= due && planned > this.#now) return;
    const at = Math.max(due, this.#now + 1);
    this.#ticks.set(node.id, at);
    const { life } = node;
    this.#queue.push(() => {
      if (node.life === life && this.#ticks.get(node.id) === at) this.give(node, { type: 'tick' });
    }, at);
  }

  any(): Node {
    return pick(this.random, this.nodes);
  }
}
