import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { SETTINGS } from '#main/config.ts';
import { readSettings } from './settings.ts';

const GOOD = { QUNDAO_URL: 'http://127.0.0.1:8080/', QUNDAO_TOKEN: 'secret' };

describe('settings of the simulator', () => {
  test('the demonstration is patient and six times fast; one drill alone is neither', () => {
    const settings = readSettings({ ...GOOD, QUNDAO_SIM_EXCEPT: 'ptu-1@patrol,boat-1@boat' }, []);
    assert.equal(settings.url, 'http://127.0.0.1:8080');
    assert.deepEqual([settings.manner.speed, settings.manner.patience, settings.once], [6, 1, null]);
    assert.deepEqual(
      [...settings.except],
      [
        ['ptu-1', 'patrol'],
        ['boat-1', 'boat'],
      ],
    );
    assert.deepEqual([settings.drills, readSettings({ ...GOOD, QUNDAO_SIM_DRILLS: 'no' }, []).drills], [true, false]);
    const once = readSettings(GOOD, ['--once', 'market-theft']);
    assert.deepEqual([once.manner.patience, once.manner.decline_chance, once.once], [0, 0, 'market-theft']);
    assert.equal(readSettings({ ...GOOD, QUNDAO_SIM_SPEED: '60' }, []).manner.speed, 60);
  });

  test('what is missing or wrong is named', () => {
    assert.throws(() => readSettings({ ...GOOD, QUNDAO_URL: '' }, []), /QUNDAO_URL must be set/);
    assert.throws(() => readSettings({ ...GOOD, QUNDAO_URL: 'here' }, []), /QUNDAO_URL must be http/);
    assert.throws(() => readSettings({ QUNDAO_URL: GOOD.QUNDAO_URL }, []), /QUNDAO_TOKEN must be set/);
    for (const speed of ['0', '-1', 'fast', '1e9']) {
      assert.throws(() => readSettings({ ...GOOD, QUNDAO_SIM_SPEED: speed }, []), /QUNDAO_SIM_SPEED/);
    }
    for (const seed of ['-1', '0.5', 'luck']) {
      assert.throws(() => readSettings({ ...GOOD, QUNDAO_SIM_SEED: seed }, []), /QUNDAO_SIM_SEED/);
    }
    for (const args of [['--once'], ['--twice', 'x'], ['--once', 'a', 'b']])
      assert.throws(() => readSettings(GOOD, args), /usage/);
  });

  test('alone, it plays as the demonstration does where nothing is set', () => {
    const { manner, seed } = readSettings(GOOD, []);
    const { QUNDAO_SIM_SPEED: speed, QUNDAO_SIM_SEED: seeded } = SETTINGS;
    assert.deepEqual([String(manner.speed), String(seed)], [speed.standard, seeded.standard]);
  });
});
