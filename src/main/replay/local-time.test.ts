import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { localTimes } from './local-time.ts';

const read = localTimes('America/Los_Angeles');
const utc = (text: string): string | null => {
  const at = read(text);
  return at === null ? null : new Date(at).toISOString();
};

describe('local times', () => {
  test('are read in each of the three forms', () => {
    for (const form of ['01/17/2017 02:05:09 PM', '2017/01/17 02:05:09 PM', '2017-01-17T14:05:09.000'])
      assert.equal(utc(form), '2017-01-17T22:05:09.000Z', form);
  });

  test('know midnight and noon of a twelve-hour clock', () => {
    assert.equal(utc('01/17/2017 12:00:00 AM'), '2017-01-17T08:00:00.000Z');
    assert.equal(utc('01/17/2017 12:00:00 PM'), '2017-01-17T20:00:00.000Z');
  });

  test('do not exist where no clock shows them', () => {
    const none = ['', 'soon', '02/30/2017 01:00:00 AM', '01/17/2017 13:00:00 PM', '01/17/2017 00:30:00 AM'];
    for (const text of [...none, '2017-01-17T24:00:00', '2017-01-17T23:60:00', '01/17/2017 02:05:09'])
      assert.equal(read(text), null, text);
  });

  test('do not exist in the hour that spring leaves out; of the hour autumn repeats, the first is taken', () => {
    assert.equal(utc('2017-03-12T02:30:00'), null);
    assert.equal(utc('2017-11-05T01:30:00'), '2017-11-05T08:30:00.000Z');
  });

  test('belong to a zone that there is', () => {
    assert.throws(() => localTimes('Atlantis/Capital'), RangeError);
  });
});
