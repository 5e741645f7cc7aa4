import assert from 'node:assert/strict';
import { test } from 'node:test';
import { receiptHash, receiptIn, receiptTyped } from './receipt.ts';

const CODE = 'cnQkmgS8DjC7Afwr9qnULL';

test('a receipt survives its way through the fragment', () => {
  assert.equal(receiptIn(receiptHash('a b&r=+/#')), 'a b&r=+/#');
  assert.equal(receiptIn('#'), null);
});

test('the code is found in what was pasted: alone, with blanks, or in its link', () => {
  assert.equal(receiptTyped(` ${CODE}\n`), CODE);
  assert.equal(receiptTyped(`http://127.0.0.1:8080/public/${receiptHash(CODE)}`), CODE);
  assert.equal(receiptTyped('  '), null);
  assert.equal(receiptTyped('http://127.0.0.1:8080/public/#'), null);
});
