import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readSpan_s } from './duration.ts';

const SPANS: readonly (readonly [value: string, seconds: number | null])[] = [
  ['90', 5400],
  ['2.5', 150],
  ['1:30', 5400],
  ['01:30', 5400],
  ['2:45', 9900],
  ['08:00', 28_800],
  ['00:20', 1200],
  ['01:30:00', 5400],
  ['0:00:45', 45],
  ['PT1H30M', 5400],
  ['PT20M', 1200],
  ['P1DT2H', 93_600],
  ['pt45s', 45],
  ['20 minutes', 1200],
  ['20min', 1200],
  ['20 min.', 1200],
  ['1h', 3600],
  ['1h30', 5400],
  ['1h30m', 5400],
  ['1 hour 30 minutes', 5400],
  ['1 hour and 5 minutes', 3900],
  ['1.5 hours', 5400],
  ['1,5 h', 5400],
  ['2 Stunden', 7200],
  ['20分钟', 1200],
  ['1小时30分', 5400],
  ['约20分钟', 1200],
  ['~ 25', 1500],
  ['20-30', 1800],
  ['20-30 min', 1800],
  ['1:00-1:30', 5400],
  ['0', null],
  ['00:00', null],
  ['', null],
  ['soon', null],
  ['25:61:00', null],
  ['P1Y', null],
  ['400:00', null],
  ['20 parsecs', null],
];

describe('duration and interval', () => {
  for (const [value, seconds] of SPANS) {
    it(`reads ${JSON.stringify(value)}`, () => assert.equal(readSpan_s(value), seconds));
  }
});
