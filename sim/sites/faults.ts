import { between, pick } from '#core/base/random.ts';
import { signedText } from '#core/ledger/heads.ts';
import { FSYNC_MS } from './disk.ts';
import type { Node } from './node.ts';
import { pretendSigner } from './pretend.ts';
import type { World } from './world.ts';

const RUSH = 30;
/** Commands at a site right after it was put back. */
const RESTLESS = 5;
const RESTLESS_MS = 20_000;
/** Chance that a word is damaged while a site that was put back is told what it had. */
const MISHEARD = 0.4;

/** Something that goes wrong. What it broke mends when the world heals. */
type Fault = (world: World) => void;

const cut: Fault = (world) => {
  const node = world.any();
  const other = pick(world.random, world.neighboursOf(node));
  world.net.cut(node.id, other.id);
  if (world.random() < 0.6) world.net.cut(other.id, node.id);
};

const trouble: Fault = (world) => {
  world.net.trouble = {
    drop: world.random() * 0.4,
    repeat: world.random() * 0.3,
    damage: world.random() * 0.2,
    delay_ms: [10, between(world.random, 100, 20_000)],
  };
};

const crash: Fault = (world) => {
  const node = world.any();
  if (node.exchange === null) return;
  world.crash(node);
  world.after(between(world.random, 500, 3_600_000), () => {
    if (node.exchange === null) world.start(node);
  });
};

const fullDisk: Fault = (world) => {
  world.any().disk.full = true;
};

/** More comes at once than a neighbour's disk can write. */
const rush: Fault = (world) => {
  const node = world.any();
  pick(world.random, world.neighboursOf(node)).disk.fsync_ms = [500, 5000];
  for (let count = 0; count < RUSH; count += 1) world.after(count * 50, () => world.write(node, 1));
};

/** A disk is put back to what it was some time ago. */
const putBack = (world: World, isSaid: boolean): void => {
  const node = world.any();
  const backup = node.disk.backup();
  world.after(between(world.random, 60_000, 6 * 3_600_000), () => {
    if (node.wasPutBack || world.truth.forked.has(node.id)) return;
    node.wasPutBack = true;
    world.crash(node);
    node.disk.putBack(backup, isSaid);
    world.truth.putBack(node, world.nodes);
    if (!isSaid || world.random() < 0.5) isolate(world, node);
    // What it is told now decides whether it writes too early: that must not depend on a good link.
    else world.net.trouble = { ...world.net.trouble, damage: MISHEARD };
    world.start(node);
    // People there do not wait either.
    for (let count = 1; count <= RESTLESS; count += 1) world.after(count * RESTLESS_MS, () => world.write(node, 1));
  });
};

const isolate = (world: World, node: Node): void => {
  for (const other of world.neighboursOf(node)) {
    world.net.cut(node.id, other.id);
    world.net.cut(other.id, node.id);
  }
};

/** Somebody who has a site's key signs another course of events and gives it to a neighbour. */
const stolenKey = (world: World): void => {
  const victim = world.any();
  const target = pick(world.random, world.neighboursOf(victim));
  const after = target.disk.copy(victim.id);
  if (target.exchange === null || world.truth.forked.has(victim.id)) return;
  const { texts, head } = victim.decide(3, world.now, after);
  world.truth.forged(victim.id, texts);
  const give = { type: 'give', origin: victim.id, after: after.tree.size, texts, head } as const;
  world.give(target, { type: 'heard', from: victim.id, message: give });
};

/** Somebody without the key says that these are a site's events. */
const impostor = (world: World): void => {
  const victim = world.any();
  const target = pick(world.random, world.neighboursOf(victim));
  const after = target.disk.copy(victim.id);
  const { texts, head } = victim.decide(2, world.now, after);
  const signature = pretendSigner('another key').sign(signedText(head));
  const give = {
    type: 'give',
    origin: victim.id,
    after: after.tree.size,
    texts,
    head: { ...head, signature },
  } as const;
  world.give(target, { type: 'heard', from: victim.id, message: give });
};

const COMMON: readonly Fault[] = [cut, cut, cut, trouble, trouble, crash, crash, fullDisk, rush, impostor];

/** Of a hundred faults so many are of the rare sort. */
const RARE: readonly (readonly [percent: number, fault: Fault])[] = [
  [6, (world) => putBack(world, true)],
  [2, (world) => putBack(world, false)],
  [1, stolenKey],
];

export const strike = (world: World): void => {
  let chance = world.random() * 100;
  for (const [percent, fault] of RARE) {
    chance -= percent;
    if (chance < 0) return fault(world);
  }
  pick(world.random, COMMON)(world);
};

/** Everything that broke is mended. */
export const heal = (world: World): void => {
  world.net.heal();
  for (const node of world.nodes) {
    node.disk.full = false;
    node.disk.fsync_ms = FSYNC_MS;
    node.wasPutBack = false;
    if (node.exchange === null) world.start(node);
  }
  // Sometimes nobody notices that a link was gone.
  if (world.random() < 0.5) world.relink();
};
