import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressesOf } from './addresses.ts';
import type { MachineNames } from './addresses.ts';

const MACHINE: MachineNames = {
  hostname: 'centre',
  addresses: [
    { address: '127.0.0.1', family: 'IPv4', internal: true },
    { address: '::1', family: 'IPv6', internal: true },
    { address: '192.0.2.7', family: 'IPv4', internal: false },
    { address: '2001:db8::7', family: 'IPv6', internal: false },
    { address: 'fe80::7', family: 'IPv6', internal: false },
  ],
};

test('a site that lets this machine in only has this address only', () => {
  assert.deepEqual(addressesOf('127.0.0.1', 80, MACHINE), { own: 'http://127.0.0.1:80', others: [] });
  assert.deepEqual(addressesOf('localhost', 80, MACHINE), { own: 'http://localhost:80', others: [] });
  assert.deepEqual(addressesOf('::1', 80, MACHINE), { own: 'http://[::1]:80', others: [] });
});

test('one that lets others in is reached by the addresses of its cards, and by its name', () => {
  assert.deepEqual(addressesOf('0.0.0.0', 80, MACHINE), {
    own: 'http://127.0.0.1:80',
    others: ['http://192.0.2.7:80', 'http://centre:80'],
  });
  assert.deepEqual(addressesOf('::', 80, MACHINE), {
    own: 'http://[::1]:80',
    others: ['http://192.0.2.7:80', 'http://[2001:db8::7]:80', 'http://centre:80'],
  });
});

test('one that listens on one address is reached there, from here too', () => {
  assert.deepEqual(addressesOf('192.0.2.7', 80, MACHINE), {
    own: 'http://192.0.2.7:80',
    others: ['http://192.0.2.7:80'],
  });
});
