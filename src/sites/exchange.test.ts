import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { describe, test } from 'node:test';
import { accountId, siteId } from '#core/base/ids.ts';
import type { SiteId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import { extend, tipOf } from '#core/ledger/chain.ts';
import { GENESIS } from '#core/ledger/envelope.ts';
import type { SignedHead } from '#core/ledger/envelope.ts';
import { signHead } from '#core/ledger/heads.ts';
import { consistencyProof } from '#core/ledger/merkle.ts';
import { EMPTY_TREE, grow, rootOf } from '#core/ledger/tree.ts';
import { createDigest } from '#rim/digest-node/digest.ts';
import { signerOf, verifierOf } from '#rim/digest-node/site-key.ts';
import { emptyCopy, isFork, sizeOf } from './copy.ts';
import type { Copy, Fork } from './copy.ts';
import { Exchange, stateOf } from './exchange.ts';
import type { Give, Message } from './message.ts';
import type { ExchangeSetup, Input, Output } from './spi.ts';

const digest = createDigest();
const CITY = siteId('city');
const ISLAND = siteId('island');
const OTHER = siteId('other');
const pairOf = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    signer: signerOf(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()),
    verifier: verifierOf(publicKey.export({ type: 'spki', format: 'pem' }).toString()),
  };
};
const KEYS = new Map([CITY, ISLAND, OTHER].map((site) => [site, pairOf()]));
const now = 1_700_000_000_000 as Instant;
const must = <T>(value: T | null | undefined): T => {
  assert.ok(value !== null && value !== undefined);
  return value;
};

/** A course of events of a site: what it may give, from any of its heads to any other. */
class Course {
  readonly site: SiteId;
  readonly texts: string[] = [];
  readonly heads: SignedHead[] = [];
  readonly copies: Copy[];

  constructor(site: SiteId) {
    this.site = site;
    this.copies = [emptyCopy(site)];
  }

  add(...words: readonly string[]): this {
    const before = this.copies.at(-1) ?? emptyCopy(this.site);
    const chain = { site: this.site, size: sizeOf(before), last: before.head?.last ?? GENESIS };
    const stamps = words.map((_, index) => [now, chain.size + index] as const);
    const drafts = words.map((word) => ({
      matter: null,
      kind: 'drill',
      type: 'happened',
      actor: accountId('somebody'),
      purpose: null,
      command: null,
      body: { word },
    }));
    const { chain: after, events } = extend(digest, chain, drafts, stamps);
    const tree = grow(
      digest,
      before.tree,
      events.map((event) => event.hash),
    );
    const tip = tipOf(after, stamps.at(-1) ?? [now, 0]);
    const head = signHead(must(KEYS.get(this.site)).signer, { ...tip, root: rootOf(digest, tree) });
    this.texts.push(...events.map((event) => event.text));
    this.heads.push(head);
    this.copies.push({ origin: this.site, tree, head });
    return this;
  }

  get head(): SignedHead {
    return must(this.heads.at(-1));
  }

  give(after = 0, head = this.head): Give {
    return { type: 'give', origin: this.site, after, texts: this.texts.slice(after, head.size), head };
  }
}

const exchange = (more: Partial<ExchangeSetup> = {}, copies: readonly Copy[] = [emptyCopy(CITY)]): Exchange =>
  new Exchange(
    {
      self: CITY,
      digest,
      verifierOf: (site) => KEYS.get(site)?.verifier ?? null,
      concerns: () => true,
      tell_ms: 60_000,
      is_restored: false,
      neighbours: [ISLAND],
      ...more,
    },
    copies,
    now,
  );

const run = (one: Exchange, ...inputs: readonly Input[]): readonly Output[] =>
  inputs.flatMap((input) => one.take(input, now));
const linked: Input = { type: 'linked', peer: ISLAND };
const heard = (message: Message, from = ISLAND): Input => ({ type: 'heard', from, message });
const kept = (origin: SiteId): Input => ({ type: 'kept', origin });
const types = (outputs: readonly Output[]): readonly string[] =>
  outputs.map((output) =>
    output.type === 'send' ? output.message.type : output.type === 'alarm' ? output.alarm.code : output.type,
  );

describe('an exchange of ledgers', () => {
  test('S1, S2, S3 what fits and is signed for is kept, and only then folded and told', () => {
    const course = new Course(ISLAND).add('one', 'two');
    const city = exchange();
    assert.deepEqual(types(run(city, linked, heard(course.give()))), ['tell', 'keep']);
    assert.equal(sizeOf(must(city.holdings.get(ISLAND)).copy), 0);
    assert.deepEqual(types(run(city, kept(ISLAND))), ['fold']);
    assert.equal(sizeOf(must(city.holdings.get(ISLAND)).copy), 2);
  });

  test('S2 a changed letter, another order and a missing event are not kept; whoever gave them is asked what it stands on', () => {
    const course = new Course(ISLAND).add('one').add('two', 'three', 'four');
    const [first] = course.heads;
    const give = course.give(1);
    const [two = '', three = '', four = ''] = give.texts;
    for (const texts of [
      [two.replace('two', 'tvo'), three, four],
      [three, two, four],
      [two, four],
    ]) {
      const city = exchange();
      run(city, linked, heard(course.give(0, first)), kept(ISLAND));
      const outputs = run(city, heard({ ...give, texts }));
      assert.ok(!types(outputs).includes('keep'));
      assert.equal(sizeOf(must(city.holdings.get(ISLAND)).copy), 1);
    }
  });

  test('S2 what the site did not sign is not kept, and a person is told who brought it', () => {
    const course = new Course(ISLAND).add('one');
    const signature = must(KEYS.get(OTHER)).signer.sign('anything');
    const give = { ...course.give(), head: { ...course.head, signature } };
    assert.deepEqual(types(run(exchange(), linked, heard(give))), ['tell', 'unsigned']);
  });

  test('a site that belongs to nobody is told of once', () => {
    const head = { ...new Course(ISLAND).add('one').head, site: siteId('stranger') };
    const city = exchange();
    assert.deepEqual(types(run(city, linked, heard({ type: 'tell', heads: [head, head], all: true }))), [
      'tell',
      'stranger',
    ]);
  });

  test('S4 what a signed head tells of and is not here is asked for, elsewhere when the first does not answer', () => {
    const course = new Course(ISLAND).add('one').add('two');
    const city = exchange();
    run(city, linked, { type: 'linked', peer: OTHER });
    const tell: Message = { type: 'tell', heads: [course.head], all: true };
    const [asked] = run(city, heard(tell), heard(tell, OTHER));
    assert.deepEqual(asked, { type: 'send', to: ISLAND, message: { type: 'ask', origin: ISLAND, after: 0 } });
    assert.equal(city.holdings.get(ISLAND)?.lag, 2);
    const again = city.take({ type: 'tick' }, city.due);
    assert.deepEqual(again.at(-1), { type: 'send', to: OTHER, message: { type: 'ask', origin: ISLAND, after: 0 } });
    assert.deepEqual(types(run(city, { type: 'cut', peer: OTHER })), [], 'everybody was asked in vain: a rest');
    assert.deepEqual(types(city.take({ type: 'tick' }, city.due)), ['ask']);
  });

  test('S6 given twice, in the wrong order, or beginning before what is here, events are kept once', () => {
    const course = new Course(ISLAND).add('one').add('two').add('three');
    const [first, second] = course.heads;
    const city = exchange();
    run(city, linked, heard(course.give(0, first)), kept(ISLAND));
    assert.deepEqual(types(run(city, heard(course.give(2)))), ['ask']);
    assert.deepEqual(types(run(city, heard(course.give(0, first)))), []);
    assert.deepEqual(types(run(city, heard(course.give(0, second)), kept(ISLAND))), ['keep', 'fold', 'ask']);
    assert.deepEqual(types(run(city, heard(course.give()), heard(course.give()), kept(ISLAND))), ['keep', 'fold']);
    assert.equal(sizeOf(must(city.holdings.get(ISLAND)).copy), 3);
  });

  test('S7 while one piece is written a few wait; after a write that failed nothing is asked for at once', () => {
    const course = new Course(ISLAND);
    for (let count = 0; count < 12; count += 1) course.add(`event ${count}`);
    const city = exchange();
    run(city, linked);
    course.heads.forEach((head) => run(city, heard(course.give(head.size - 1, head))));
    assert.equal(city.holdings.get(ISLAND)?.deferredCount, 4);
    assert.deepEqual(
      types(run(city, { type: 'not-kept', origin: ISLAND }, heard({ type: 'tell', heads: [course.head], all: true }))),
      [],
    );
    assert.ok(city.due > now);
    assert.deepEqual(types(city.take({ type: 'tick' }, city.due)), ['ask']);
  });

  test('S5 two courses of events signed by one site are found, proved, and shown to others; the copy goes on with neither', () => {
    const course = new Course(ISLAND).add('one').add('two');
    const another = new Course(ISLAND).add('one').add('zwei').add('drei');
    const city = exchange();
    run(city, linked, { type: 'linked', peer: OTHER }, heard(course.give()), kept(ISLAND));
    const doubted = run(city, heard(another.give(2)));
    assert.deepEqual(doubted, [{ type: 'send', to: ISLAND, message: { type: 'doubt', origin: ISLAND, size: 2 } }]);
    const hashes = another.texts.map((text) => digest.leaf(text));
    const proof: Message = {
      type: 'proof',
      origin: ISLAND,
      size: 2,
      root: must(another.copies[2]?.head).root,
      head: another.head,
      path: consistencyProof(digest, hashes, 2),
    };
    const found = run(city, heard(proof));
    assert.deepEqual(types(found), ['forked', 'fork', 'fork']);
    assert.deepEqual(types(run(city, heard(another.give(2)), heard(course.add('three').give(2)))), []);
    const fork = must(city.holdings.get(ISLAND)?.fork);
    const judge = { digest, verifier: must(KEYS.get(ISLAND)).verifier };
    assert.ok(isFork(fork, judge));
    const told = exchange({ self: OTHER }, [emptyCopy(OTHER)]);
    assert.deepEqual(types(run(told, linked, heard({ type: 'fork', fork }))), ['tell', 'forked', 'fork']);
  });

  test('S5 what proves nothing is no fork: another key, one course, a proof of something else', () => {
    const course = new Course(ISLAND).add('one').add('two').add('three');
    const [one, two, three] = [0, 1, 2].map((index) => must(course.heads[index])) as [
      SignedHead,
      SignedHead,
      SignedHead,
    ];
    const hashes = course.texts.map((text) => digest.leaf(text));
    const judge = { digest, verifier: must(KEYS.get(ISLAND)).verifier };
    const path = consistencyProof(digest, hashes, 2);
    const same: Fork = { origin: ISLAND, ours: two, theirs: three, proof: { root: two.root, path } };
    const invented: Fork = { ...same, proof: { root: one.root, path } };
    const unsigned: Fork = { origin: ISLAND, ours: two, theirs: { ...two, root: one.root }, proof: null };
    const older: Fork = { origin: ISLAND, ours: three, theirs: two, proof: null };
    for (const fork of [same, invented, unsigned, older]) assert.ok(!isFork(fork, judge));
    assert.ok(!isFork({ ...same, origin: OTHER }, judge));
  });

  test('S8 a site that was put back holds until its neighbours have told, takes back what is its own, and goes on', () => {
    const course = new Course(CITY).add('one').add('two');
    const city = exchange({ is_restored: true }, [must(course.copies[1])]);
    assert.ok(city.holds);
    assert.deepEqual(types(run(city, linked, heard({ type: 'tell', heads: [course.head], all: true }))), [
      'tell',
      'behind',
      'ask',
    ]);
    assert.deepEqual(types(run(city, heard(course.give(1)))), ['keep']);
    assert.deepEqual(types(run(city, kept(CITY))), ['fold', 'resume']);
    assert.ok(!city.holds);
  });

  test('S8 a neighbour that was misheard has not told', () => {
    const course = new Course(CITY).add('one').add('two');
    const city = exchange({ is_restored: true }, [must(course.copies[1])]);
    const misheard = { ...course.head, size: 3 };
    assert.deepEqual(types(run(city, linked, heard({ type: 'tell', heads: [misheard], all: true }))), [
      'tell',
      'unsigned',
    ]);
    assert.deepEqual(
      types(run(city, heard({ type: 'tell', heads: [], all: false }))),
      [],
      'nor has one that told of some',
    );
    assert.ok(city.holds);
  });

  test('S8 a person may say that it is to go on although nobody can be heard', () => {
    const city = exchange({ is_restored: true });
    assert.deepEqual(types(run(city, { type: 'go-on' })), ['resume']);
  });

  test('S8 a site that wrote itself does not take for its own what others signed with its key', () => {
    const course = new Course(CITY).add('one');
    const city = exchange();
    run(city, linked, { type: 'grown', after: must(course.copies[1]), texts: course.texts });
    const outputs = run(city, heard(course.add('forged').give(1)));
    assert.deepEqual(types(outputs), ['stolen', 'hold']);
    assert.equal(sizeOf(must(city.holdings.get(CITY)).copy), 1);
  });

  test('S9 an event of a later version is kept as it is', () => {
    const course = new Course(ISLAND);
    const text = '{"v":9,"site":"island","seq":1,"whatever":"else"}';
    const tree = grow(digest, EMPTY_TREE, [digest.leaf(text)]);
    const head = signHead(must(KEYS.get(ISLAND)).signer, {
      site: ISLAND,
      size: 1,
      last: digest.leaf(text),
      time: [now, 0],
      root: rootOf(digest, tree),
    });
    const outputs = run(exchange(), linked, heard({ ...course.give(0, head), texts: [text] }));
    const keep = outputs.find((output) => output.type === 'keep');
    assert.deepEqual(keep?.events, [{ seq: 1, matter: null, text, hash: digest.leaf(text) }]);
  });

  test('a peer that stands where new events begin is given them; one that does not is told', () => {
    const course = new Course(CITY).add('one');
    const city = exchange();
    run(city, linked, { type: 'linked', peer: OTHER });
    run(city, heard({ type: 'ask', origin: CITY, after: 0 }));
    const outputs = run(city, { type: 'grown', after: must(course.copies[1]), texts: course.texts });
    assert.deepEqual(types(outputs), ['give', 'give']);
    const more = course.add('two');
    run(city, heard({ type: 'ask', origin: CITY, after: 0 }, OTHER));
    const next = run(city, { type: 'grown', after: must(more.copies[2]), texts: more.texts.slice(1) });
    assert.deepEqual(types(next), ['give', 'tell']);
  });

  test('a peer that is not concerned is given nothing', () => {
    const course = new Course(ISLAND).add('one');
    const city = exchange({ concerns: (peer) => peer !== OTHER });
    run(city, linked, { type: 'linked', peer: OTHER }, heard(course.give()), kept(ISLAND));
    assert.deepEqual(types(run(city, heard({ type: 'ask', origin: ISLAND, after: 0 }, OTHER))), ['lack']);
  });

  test('two that hold the same have the same state, whatever order it came in', () => {
    const [one, two] = [new Course(ISLAND).add('one'), new Course(OTHER).add('two')];
    const [a, b] = [exchange(), exchange()];
    run(a, linked, heard(one.give()), kept(ISLAND), heard(two.give()), kept(OTHER));
    run(b, linked, heard(two.give()), kept(OTHER));
    assert.notEqual(stateOf(a.holdings, digest), stateOf(b.holdings, digest));
    run(b, heard(one.give()), kept(ISLAND));
    assert.equal(stateOf(a.holdings, digest), stateOf(b.holdings, digest));
  });
});
