import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { createDigest } from '#rim/digest-node/digest.ts';
import { rootOfLeaves } from './merkle.ts';
import { EMPTY_TREE, grow, rootOf } from './tree.ts';

const digest = createDigest();

it('a tree has the root over all its leaves in whatever portions they came, and the trees before it keep theirs', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 12 }), (portions) => {
      const leaves = Array.from({ length: portions.reduce((sum, one) => sum + one, 0) }, (_, n) => digest.leaf(`${n}`));
      const trees = [EMPTY_TREE];
      let tree = EMPTY_TREE;
      for (const portion of portions) {
        tree = grow(digest, tree, leaves.slice(tree.size, tree.size + portion));
        trees.push(tree);
      }
      assert.equal(tree.size, leaves.length);
      for (const one of trees) assert.equal(rootOf(digest, one), rootOfLeaves(digest, leaves.slice(0, one.size)));
    }),
  );
});
