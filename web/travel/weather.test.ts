import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  areasOf,
  beaufort,
  isAreaId,
  isOldWeather,
  mayTellWeather,
  type Reading,
  readingAt,
  withReading,
} from './weather.ts';

const reading = (at: number, wind_ms = 5): Reading => ({
  at,
  wind_ms,
  gust_ms: null,
  wave_m: null,
  visibility_m: null,
});

test('what holds now is the last told before, what comes is the first told after', () => {
  const series = [reading(10), reading(20), reading(30)];
  assert.deepEqual(readingAt(series, 20), { now: reading(20), next: reading(30) });
  assert.deepEqual(readingAt(series, 5), { now: null, next: reading(10) });
  assert.deepEqual(readingAt([], 5), { now: null, next: null });
});

test('an observation keeps the forecast for later and takes the place of what was told of its own time', () => {
  assert.deepEqual(withReading([reading(10), reading(20), reading(30)], reading(20, 12)), [
    reading(20, 12),
    reading(30),
  ]);
});

test('wind in Beaufort by the bounds of the scale', () => {
  assert.deepEqual(
    [0, 0.3, 5.4, 13.9, 17.2, 32.6, 32.7, 60].map((wind_ms) => beaufort(wind_ms)),
    [0, 1, 3, 7, 8, 11, 12, 12],
  );
});

test('what was observed more than three hours ago is old', () => {
  assert.equal(isOldWeather(reading(0), 3 * 3_600_000), false);
  assert.equal(isOldWeather(reading(0), 3 * 3_600_000 + 1), true);
});

test('the command room and agencies tell the weather, others read it', () => {
  assert.equal(mayTellWeather(['dispatcher']), true);
  assert.equal(mayTellWeather(['responder', 'auditor']), false);
  assert.equal(isAreaId('north-channel'), true);
  assert.equal(isAreaId('北航道'), false);
});

test('areas of the map are shown before anything is told of them; others by their id', () => {
  const area = (id: string, kind: string, name: string | null) => ({ geometry: null, properties: { id, kind, name } });
  const waters = { features: [area('north', 'weather', '北航道'), area('farm', 'closed', null)] };
  assert.deepEqual(areasOf([{ area: 'gouqi', series: [reading(1)] }], waters), [
    { id: 'north', name: { zh: '北航道', en: '北航道' }, series: [] },
    { id: 'gouqi', name: { zh: 'gouqi', en: 'gouqi' }, series: [reading(1)] },
  ]);
});
