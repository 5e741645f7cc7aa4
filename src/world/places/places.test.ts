import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { LonLat } from '#core/base/geo.ts';
import { createGazetteer } from './gazetteer.ts';
import { nearestOnSegment, segmentsMeet } from './geometry.ts';
import { buildLand } from './land.ts';
import { simplify } from './simplify.ts';

/** Two halves of one island in two districts, with a pond in the west half, and an islet of its own. */
const land = buildLand({
  type: 'FeatureCollection',
  bbox: [121.9, 29.9, 122.5, 30.3],
  features: [
    {
      type: 'Feature',
      properties: { id: 1, kind: 'island', km2: 100, adcode: '330902', name: '甲岛' },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [122, 30],
            [122.1, 30],
            [122.1, 30.1],
            [122, 30.1],
            [122, 30],
          ],
          [
            [122.04, 30.04],
            [122.04, 30.06],
            [122.06, 30.06],
            [122.06, 30.04],
            [122.04, 30.04],
          ],
        ],
      },
    },
    {
      type: 'Feature',
      properties: { id: 1, kind: 'island', km2: 100, adcode: '330903', name: '甲岛' },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [122.1, 30],
            [122.2, 30],
            [122.2, 30.1],
            [122.1, 30.1],
            [122.1, 30],
          ],
        ],
      },
    },
    {
      type: 'Feature',
      properties: { id: 2, kind: 'island', km2: 1, adcode: '330903' },
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [122.3, 30],
            [122.31, 30],
            [122.31, 30.01],
            [122.3, 30.01],
            [122.3, 30],
          ],
        ],
      },
    },
  ],
});
const gazetteer = createGazetteer(
  land,
  {
    note: '',
    places: [
      {
        id: 'town-330903001',
        kind: 'township',
        code: '330903001',
        zh: '东镇',
        en: 'Dong Town',
        short_zh: '东',
        short_en: 'Dong',
        district: '330903',
        island: 1,
        lon: 122.18,
        lat: 30.05,
      },
    ],
  },
  { islands: [{ id: 1, zh: '甲岛', en: 'Jia Island', district: '330902', lon: 122.1, lat: 30.05, km2: 200 }] },
  {
    city: { code: '3309', zh: '群岛市', en: 'Island City' },
    districts: [
      { code: '330902', zh: '西区', en: 'West District' },
      { code: '330903', zh: '东区', en: 'East District' },
    ],
    townships: [{ code: '330903001', zh: '东镇', en: 'Dong Town', district: '330903' }],
    villages: [{ code: '330903001001', zh: '东岙村', township: '330903001' }],
  },
);

describe('land', () => {
  it('knows land from sea and pond, and one district from the other', () => {
    assert.equal(gazetteer.districtOf([122.02, 30.05]), '330902');
    assert.equal(gazetteer.districtOf([122.15, 30.05]), '330903');
    assert.equal(land.partAt([122.05, 30.05]), null);
    assert.equal(gazetteer.districtOf([122.05, 30.05]), '330902');
    assert.equal(gazetteer.districtOf([122.21, 30.05]), '330903');
    assert.equal(gazetteer.districtOf([122.25, 30.05]), null);
    assert.equal(gazetteer.districtOf([100, 10]), null);
    assert.equal(gazetteer.islandOf([122.15, 30.05])?.zh, '甲岛');
  });

  it('takes the border between two districts for no shore', () => {
    assert.equal(land.crossesShore([122.09, 30.05], [122.11, 30.05]), false);
    assert.equal(land.crossesShore([122.19, 30.05], [122.21, 30.05]), true);
    assert.deepEqual(
      land.shoreCrossings([122.19, 30.05], [122.21, 30.05]).map((share) => share.toFixed(3)),
      ['0.500'],
    );
  });

  it('finds the nearest shore, of any land or of one', () => {
    const near = land.nearestShore([122.19, 30.05], 5000);
    assert.ok(near !== null && Math.abs(near.distance_m - 963) < 3, `${near?.distance_m}`);
    assert.equal(land.nearestShore([122.19, 30.05], 5000, 2), null);
  });

  it('finds the same crossings as comparing with every shore', () => {
    const spot = fc.tuple(
      fc.double({ min: 121.9, max: 122.4, noNaN: true }),
      fc.double({ min: 29.95, max: 30.2, noNaN: true }),
    );
    fc.assert(
      fc.property(spot, spot, (a, b) => {
        let plain = false;
        for (let i = 0; i < land.shore.length; i += 4) {
          const [x1, y1, x2, y2] = land.shore.slice(i, i + 4) as unknown as [number, number, number, number];
          plain ||= segmentsMeet(a, b, [x1, y1], [x2, y2]);
        }
        assert.equal(land.crossesShore(a, b), plain);
        assert.equal(land.shoreCrossings(a, b).length > 0, plain);
      }),
    );
  });
});

describe('names', () => {
  it('says where a position is, in both languages', () => {
    assert.deepEqual(gazetteer.describe([122.181, 30.051]), { zh: '甲岛 东附近', en: 'near Dong, Jia Island' });
    assert.deepEqual(gazetteer.describe([122.02, 30.05]), {
      zh: '甲岛 东以西约15.4公里',
      en: '15.4 km west of Dong, Jia Island',
    });
    assert.deepEqual(gazetteer.describe([122.305, 30.005]), { zh: '东区小岛', en: 'on an islet of East District' });
    assert.deepEqual(gazetteer.describe([122.22, 30.05]), {
      zh: '甲岛以东海面约1.9公里',
      en: 'at sea, 1.9 km east of Jia Island',
    });
    assert.match(gazetteer.describe([122.49, 30.29]).zh, /^群岛市海域 30\.2900°N/);
  });

  it('finds places by part of a name, and gives no position where none is known', () => {
    const found = gazetteer.search('东', 10);
    assert.deepEqual(
      found.map((one) => one.name.zh),
      ['东区', '东镇', '东岙村'],
    );
    assert.deepEqual(
      found.map((one) => one.at),
      [null, [122.18, 30.05], null],
    );
    assert.equal(gazetteer.search('dong t', 10)[0]?.id, 'town-330903001');
    assert.equal(gazetteer.search('东', 1).length, 1);
    assert.deepEqual(gazetteer.search('  ', 10), []);
  });
});

describe('lines', () => {
  it('drops only points near the line without them, and never the ends', () => {
    const points = fc.array(
      fc.tuple(fc.double({ min: 122, max: 122.1, noNaN: true }), fc.double({ min: 30, max: 30.1, noNaN: true })),
      { minLength: 2, maxLength: 30 },
    );
    fc.assert(
      fc.property(points, (line: LonLat[]) => {
        const short = simplify(line, 200);
        assert.deepEqual([short[0], short.at(-1)], [line[0], line.at(-1)]);
        for (const at of line) {
          const far = short.slice(1).map((b, i) => nearestOnSegment(at, short[i] as LonLat, b).distance_m);
          assert.ok(Math.min(...far) < 201, `${Math.min(...far)} m off`);
        }
      }),
    );
  });
});
