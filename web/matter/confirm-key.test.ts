import assert from 'node:assert/strict';
import { test } from 'node:test';
import { confirms, type Press } from './confirm-key.ts';

const press = (role: string | null, more: Partial<Press> = {}, checked = false): Press => ({
  key: 'Enter',
  ctrlKey: false,
  isComposing: false,
  target: { role, checked },
  ...more,
});

test('Enter confirms from a choice; a box is ticked by it first', () => {
  assert.equal(confirms(press('radio')), true);
  assert.equal(confirms(press('checkbox', {}, true)), true);
  assert.equal(confirms(press('checkbox')), false);
  assert.equal(confirms(press('radio', { key: ' ' })), false);
});

test('elsewhere Enter is left to the field or the button, and Ctrl+Enter confirms', () => {
  assert.equal(confirms(press(null)), false);
  assert.equal(confirms(press(null, { ctrlKey: true })), true);
});

test('Enter that ends a composition confirms nothing', () => {
  assert.equal(confirms(press('radio', { isComposing: true })), false);
  assert.equal(confirms(press(null, { ctrlKey: true, isComposing: true })), false);
});
