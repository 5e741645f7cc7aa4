import assert from 'node:assert/strict';
import { test } from 'node:test';
import { confirms, type Press } from './confirm-key.ts';

const press = (role: string | null, more: Partial<Press> = {}): Press => ({
  key: 'Enter',
  ctrlKey: false,
  isComposing: false,
  target: { role },
  ...more,
});

test('Enter confirms from a choice as it does from a line', () => {
  assert.equal(confirms(press('radio')), true);
  assert.equal(confirms(press('checkbox')), true);
  assert.equal(confirms(press('radio', { key: ' ' })), false);
});

test('in a multi-line field only Ctrl+Enter confirms, and a button does its own', () => {
  assert.equal(confirms(press(null)), false);
  assert.equal(confirms(press(null, { ctrlKey: true })), true);
  assert.equal(confirms(press(null)), false);
});

test('Enter that ends a composition confirms nothing', () => {
  assert.equal(confirms(press('radio', { isComposing: true })), false);
  assert.equal(confirms(press(null, { ctrlKey: true, isComposing: true })), false);
});
