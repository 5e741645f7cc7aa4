import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { configPage } from './config-doc.ts';
import { parseConfig, SETTINGS, unknownSettings } from './config.ts';

const good = (environment: Record<string, string | undefined>) => {
  const parsed = parseConfig(environment);
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return parsed.value;
};
const problems = (environment: Record<string, string>) => {
  const parsed = parseConfig(environment);
  assert.ok(!parsed.ok, 'expected to be refused');
  return parsed.error;
};

test('without any variable the standards hold: sqlite, this machine only', () => {
  const config = good({});
  assert.equal(config.port, 8080);
  assert.equal(config.host, '127.0.0.1');
  assert.equal(config.data_dir, path.resolve('var'));
  assert.deepEqual(config.store, { type: 'sqlite' });
  assert.equal(config.time_zone, 'Asia/Shanghai');
  assert.equal(config.trust_proxy, false);
  assert.deepEqual([config.body_limit_bytes, config.file_limit_bytes], [1_048_576, 8_388_608]);
  assert.deepEqual(config.simulator, { speed: 6, seed: 20_261, drills: true });
  assert.deepEqual([config.session_idle_s, config.session_s], [12 * 3600, 7 * 86_400]);
});

test('given values are taken, empty ones count as absent', () => {
  const config = good({
    PORT: '0',
    HOST: '',
    QUNDAO_DATA: '/data/x',
    QUNDAO_STORE: 'postgres://user:secret@db/qundao',
    QUNDAO_SITE: 'zs-putuo',
    QUNDAO_SITE_NAME: '普陀分局 | Putuo',
    QUNDAO_SITE_PREFIX: 'PT',
    QUNDAO_TRUST_PROXY: '10.0.0.0/8, ::1',
    QUNDAO_LOG: 'debug',
  });
  assert.equal(config.port, 0);
  assert.equal(config.host, '127.0.0.1');
  assert.equal(config.data_dir, '/data/x');
  assert.deepEqual(config.store, { type: 'postgres', url: 'postgres://user:secret@db/qundao' });
  assert.deepEqual(config.site, { id: 'zs-putuo', name: { zh: '普陀分局', en: 'Putuo' }, prefix: 'PT' });
  assert.deepEqual(config.trust_proxy, ['10.0.0.0/8', '::1']);
  assert.equal(good({ QUNDAO_TRUST_PROXY: 'yes' }).trust_proxy, true);
});

describe('wrong values are refused with the name, the value and an example', () => {
  const wrong: Readonly<Record<string, readonly string[]>> = {
    PORT: ['-1', '65536', '80.5', 'http', '1e3'],
    HOST: ['a b', 'http://x'],
    QUNDAO_SITE: ['Zs', 'zs_city', '-a', 'x'.repeat(65)],
    QUNDAO_SITE_NAME: ['only one', 'a|b|c', '|'],
    QUNDAO_SITE_PREFIX: ['pt', 'TOOLONGX', 'P1'],
    QUNDAO_TIME_ZONE: ['Mars/Base', 'Shanghai'],
    QUNDAO_LOG: ['loud'],
    QUNDAO_TRUST_PROXY: ['maybe', '10.0.0.0/8,host'],
    QUNDAO_COOKIE_SECURE: ['true'],
    QUNDAO_FILE_LIMIT_MIB: ['0', '65'],
    QUNDAO_SESSION_D: ['0'],
    QUNDAO_SIM_SPEED: ['abc', '0', '-1', '1e3', '100001'],
    QUNDAO_SIM_SEED: ['-1', '0.5', 'luck'],
  };
  for (const [name, values] of Object.entries(wrong))
    test(name, () => {
      for (const value of values) {
        const [first, ...others] = problems({ [name]: value });
        assert.deepEqual(others, []);
        for (const words of [first?.zh ?? '', first?.en ?? '']) {
          assert.ok(words.startsWith(`${name}=${value}`), words);
          assert.match(words, new RegExp(`(例如|for example) ${name}=.+$`));
        }
      }
    });
});

test('all wrong values are told at once', () => {
  assert.equal(problems({ PORT: 'x', QUNDAO_LOG: 'y', QUNDAO_SITE: 'Z' }).length, 3);
});

test('the value of a setting that may hold a password is not repeated', () => {
  const [first] = problems({ QUNDAO_STORE: 'mysql://user:hunter2@db' });
  assert.doesNotMatch(JSON.stringify(first), /hunter2/);
  assert.match(first?.en ?? '', /^QUNDAO_STORE: must be sqlite or a postgres/);
});

test('every standard and every example is itself right', () => {
  for (const [name, { standard, example }] of Object.entries(SETTINGS)) {
    good({ [name]: standard });
    good({ [name]: example });
  }
});

test('variables that only look like settings are named, with the setting that may be meant', () => {
  const [slip, other, ...rest] = unknownSettings({
    QUNDAO_DTAA: 'x',
    QUNDAO_DATA: 'y',
    QUNDAO_WEATHER: 'z',
    QUNDAO_NEW_PASSWORD: 'w',
    PATH: 'v',
  });
  assert.deepEqual(rest, []);
  assert.match(slip?.zh ?? '', /QUNDAO_DTAA .*QUNDAO_DATA？/);
  assert.match(slip?.en ?? '', /QUNDAO_DTAA .*Is QUNDAO_DATA meant\?/);
  assert.match(other?.en ?? '', /^QUNDAO_WEATHER .*no effect\. All settings/);
  for (const [typed, meant] of [
    ['QUNDAO_TIMEZONE', 'QUNDAO_TIME_ZONE'],
    ['QUNDAO_SIMSPEED', 'QUNDAO_SIM_SPEED'],
    ['QUNDAO_STORES', 'QUNDAO_STORE'],
  ] as const)
    assert.match(unknownSettings({ [typed]: '1' })[0]?.en ?? '', new RegExp(`Is ${meant} meant`));
});

test('docs/operating/configuration.md is what `npm run docs` makes of the settings', () => {
  assert.equal(readFileSync('docs/operating/configuration.md', 'utf8'), configPage());
  const row = configPage()
    .split('\n')
    .find((line) => line.includes('`QUNDAO_DATA` |'));
  assert.match(row ?? '', /\.\/var\/demonstration.*\.\/var\/site/);
});
