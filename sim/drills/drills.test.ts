import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { parseFact } from '#core/matter/values.ts';
import type { Instant } from '#core/base/instant.ts';
import incident from '#kinds/command/incident.ts';
import { loadPlace } from '#rim/places/load.ts';
import type { Force } from '#world/forces/force.ts';
import { DRILLS, drillNamed } from './index.ts';

const ZHOUSHAN = path.join(import.meta.dirname, '../../data/zhoushan');
const place = loadPlace(ZHOUSHAN);
const { forces } = JSON.parse(readFileSync(path.join(ZHOUSHAN, 'forces.json'), 'utf8')) as { forces: Force[] };
const agencies = new Set(forces.filter((force) => force.kind === 'agency').map((force) => String(force.id)));

/** Where each drill must be, in the words of the gazetteer. */
const PLACES: Readonly<Record<string, string>> = {
  'missing-at-sea-edge': 'near Donggang, Zhoushan Island',
  'hikers-on-cliff': 'on Qingbang Island',
  'market-theft': 'near Shenjiamen, Zhoushan Island',
  'drunk-at-restaurant': 'near Changguo, Zhoushan Island',
  'wall-and-cart': 'near Lincheng, Zhoushan Island',
  'pier-closed-by-swell': 'near Miaozihu, Miaozihu Island',
};

test('there are the six scenarios of the mission, each by its own name', () => {
  assert.deepEqual(new Set(DRILLS.map((drill) => drill.id)), new Set(Object.keys(PLACES)));
  assert.equal(new Set(DRILLS.map((drill) => drill.id)).size, DRILLS.length);
  assert.equal(drillNamed('nothing'), null);
});

for (const drill of DRILLS) {
  describe(drill.id, () => {
    test('is on the right island', () => {
      assert.equal(place.served.describe(drill.where)?.en, PLACES[drill.id]);
    });

    test('says in both languages that it is a drill', () => {
      assert.match(drill.narrative.zh, /^【演练】/);
      assert.match(drill.narrative.en, /^\[Drill\]/);
      assert.equal(drillNamed(drill.id), drill);
    });

    test('states what an incident can hold', () => {
      const stated = {
        category: drill.category,
        urgency: drill.urgency,
        people: drill.people,
        ending: drill.ending,
        caller_phone: '000-0000-0000',
      };
      for (const [name, value] of Object.entries(stated)) {
        const fact = incident.facts[name];
        assert.ok(fact !== undefined && parseFact(name, fact, value, 0 as Instant).ok, `${name} ${value}`);
      }
    });

    test('names agencies that exist, and says why a tier is called', () => {
      const named = [
        ...(drill.whistle?.departments ?? []),
        ...(drill.divert === undefined ? [] : [drill.divert.agency]),
      ];
      for (const agency of named) assert.ok(agencies.has(agency), agency);
      const lowest = drill.urgency === '1' ? 'district' : 'station';
      for (const wave of drill.waves) assert.ok(wave.tier === lowest || wave.why !== undefined, wave.tier);
    });
  });
}
