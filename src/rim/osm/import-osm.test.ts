import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { dataMisfit } from '#engines/travel/road/check.ts';
import { MODE_BIT, ROAD_CLASSES, WAY_FLAG } from '#engines/travel/road/data.ts';
import type { RoadData } from '#engines/travel/road/data.ts';
import { extractBytes, fileOf } from '../../../test/harness/osm-pbf.ts';
import type { MadeExtract, MadeNode, MadeRelation, MadeWay } from '../../../test/harness/osm-pbf.ts';
import { importOsm } from './import-osm.ts';
import type { OsmImport } from './import-osm.ts';
import { summaryLines } from './summary.ts';

/** Nodes 1 … n on a line eastwards, about 100 m apart. */
const line = (count: number, tags: Readonly<Record<number, Readonly<Record<string, string>>>> = {}): MadeNode[] =>
  Array.from({ length: count }, (_, i) => {
    const own = tags[i + 1];
    return { id: i + 1, lon: 122 + i * 0.001, lat: 30, ...(own === undefined ? {} : { tags: own }) };
  });

const way = (id: number, refs: readonly number[], tags: Readonly<Record<string, string>> = {}): MadeWay => ({
  id,
  refs,
  tags: { highway: 'residential', ...tags },
});
const ferry = (id: number, refs: readonly number[], tags: Readonly<Record<string, string>> = {}): MadeWay => ({
  id,
  refs,
  tags: { route: 'ferry', ...tags },
});

const run = (t: TestContext, extract: MadeExtract): OsmImport => {
  const found = importOsm(fileOf(t, extractBytes([extract])), () => undefined);
  assert.equal(dataMisfit(found.data), null);
  assert.ok(summaryLines(found.summary).every((told) => told.length > 0 && !told.includes('undefined')));
  return found;
};

/** Edges as `way: lon of one end-lon of the other`, in thousandths of a degree east of 122, which are the ids of `line` less one. */
const edgesOf = (data: RoadData): readonly string[] =>
  Array.from(data.edge_from, (from, edge) => {
    const at = (node: number): number => Math.round(((data.node_lon_e7[node] as number) / 1e7 - 122) * 1000) + 1;
    return `${data.ways.id[data.edge_way[edge] as number]}: ${at(from)}-${at(data.edge_to[edge] as number)}`;
  });

describe('ways become edges', () => {
  it('between ends, shared nodes, barriers and nodes with rules, with the points between', (t) => {
    const nodes = line(9, { 3: { barrier: 'bollard' }, 4: { highway: 'crossing' } });
    const rule: MadeRelation = {
      id: 1,
      tags: { type: 'restriction', restriction: 'no_u_turn' },
      members: [
        ['way', 10, 'from'],
        ['node', 6, 'via'],
        ['way', 10, 'to'],
      ],
    };
    const ways = [way(10, [1, 2, 3, 4, 5, 6]), way(11, [6, 7, 8]), way(12, [7, 9])];
    const { data, summary } = run(t, { nodes, ways, relations: [rule] });
    assert.deepEqual(edgesOf(data), ['way/10: 1-3', 'way/10: 3-6', 'way/11: 6-7', 'way/11: 7-8', 'way/12: 7-9']);
    assert.deepEqual([...data.shape_start], [0, 1, 3, 3, 3, 3]);
    assert.ok(Math.abs((data.edge_length_m[1] as number) - 288.9) < 0.2);
    assert.deepEqual(
      [...data.node_barred].filter((barred) => barred !== 0),
      [31 & ~MODE_BIT.foot],
    );
    assert.deepEqual(data.bans, [{ edges: [1, 1], at: data.edge_to[1], modes: 30 }]);
    assert.deepEqual(summary.bbox, [122, 30, 122.008, 30]);
  });

  it('keeps class, flags, speed, limits and names of ways', (t) => {
    const tags = {
      highway: 'primary_link',
      bridge: 'yes',
      maxspeed: '30',
      maxweight: '7.5',
      maxheight: `11'6"`,
      maxwidth: '2.5',
    };
    const { data } = run(t, {
      nodes: line(3),
      ways: [way(10, [1, 2], { ...tags, name: '桥', 'name:en': 'Bridge' }), way(11, [2, 3])],
    });
    assert.equal(ROAD_CLASSES[data.ways.class[0] as number], 'primary');
    assert.equal(data.ways.flags[0], WAY_FLAG.bridge | WAY_FLAG.link);
    assert.deepEqual([...data.edge_speed_kmh], [30, 30]);
    assert.deepEqual(
      [data.ways.max_weight_kg[0], data.ways.max_height_cm[0], data.ways.max_width_cm[0]],
      [7500, 351, 250],
    );
    assert.deepEqual(data.ways.name, [{ zh: '桥', en: 'Bridge' }, null]);
  });

  it('splits a ring that hangs on one junction, so that no edge ends where it begins', (t) => {
    const ring = [...line(2), { id: 3, lon: 122.002, lat: 30.001 }, { id: 4, lon: 122.002, lat: 30 }];
    const { data } = run(t, { nodes: ring, ways: [way(10, [1, 2]), way(11, [2, 3, 4, 2])] });
    assert.equal(data.edge_from.length, 3);
    assert.ok(data.edge_from.every((from, edge) => from !== data.edge_to[edge]));
  });

  it('cuts a way where the extract ends, and names it', (t) => {
    const nodes = line(7).filter(({ id }) => id !== 3 && id !== 7);
    const ways = [way(10, [1, 2, 3, 4, 5, 6, 7]), way(11, [70, 71])];
    const { data, summary } = run(t, { nodes, ways });
    assert.deepEqual(edgesOf(data), ['way/10: 1-2', 'way/10: 4-6']);
    assert.deepEqual(
      summary.noted.map(({ reason, examples }) => [reason, ...examples]),
      [['cut', 'way/10']],
    );
    assert.deepEqual(
      summary.dropped.map(({ reason, examples }) => [reason, ...examples]),
      [['outside', 'way/11']],
    );
  });

  it('counts the parts that are not joined, for each way of moving', (t) => {
    const ways = [way(10, [1, 2, 3]), way(11, [3, 4], { highway: 'footway' }), way(12, [4, 5]), way(13, [7, 8])];
    const { pieces } = run(t, { nodes: line(8), ways }).summary;
    assert.deepEqual([pieces.anybody.count, pieces.car.count, pieces.foot.count], [2, 3, 2]);
    assert.equal(pieces.car.largest[0]?.way, 'way/10');
  });

  it('says what it leaves out, with the reason and the ids', (t) => {
    const ways = [
      way(10, [1, 2]),
      way(11, [1, 2], { highway: 'proposed' }),
      way(12, [1, 2], { access: 'no' }),
      way(13, [1, 2], { oneway: 'reversible', maxspeed: 'odd', 'access:conditional': 'no @ wet', tidal: 'yes' }),
    ];
    const { dropped, noted } = run(t, { nodes: line(2), ways }).summary;
    const told = (counts: typeof dropped): readonly string[] =>
      counts.map(({ reason, detail, examples }) => `${reason} ${detail} ${examples.join()}`);
    assert.deepEqual(told(dropped), ['class highway=proposed way/11', 'nobody  way/12']);
    const strange = ['conditional access:conditional', 'reversible ', 'speed maxspeed=odd', 'tidal '];
    assert.deepEqual(
      told(noted),
      strange.map((words) => `${words} way/13`),
    );
  });
});

/** A crossing at node 3 of the line 1 … 5, with 6 to the north of it. */
const CROSSING: MadeExtract = {
  nodes: [...line(5), { id: 6, lon: 122.002, lat: 30.001 }],
  ways: [way(1, [1, 2, 3]), way(2, [3, 4, 5]), way(3, [3, 6])],
};
const rule = (
  restriction: string,
  members: MadeRelation['members'],
  more: Readonly<Record<string, string>> = {},
): MadeRelation => ({
  id: 100,
  tags: { type: 'restriction', restriction, ...more },
  members,
});
const VIA_3: MadeRelation['members'] = [
  ['way', 1, 'from'],
  ['node', 3, 'via'],
  ['way', 2, 'to'],
];

/** Bans by the ids of ways: `1>2`. */
const bansOf = (data: RoadData): readonly string[] =>
  data.bans.map(({ edges }) => edges.map((edge) => data.ways.id[data.edge_way[edge] as number]?.slice(4)).join('>'));

describe('turn restrictions become forbidden sequences of edges', () => {
  const bans = (t: TestContext, relation: MadeRelation, extract = CROSSING): readonly string[] => {
    const { data, summary } = run(t, { ...extract, relations: [relation] });
    return [...bansOf(data), ...summary.dropped.map(({ reason }) => reason)];
  };

  it('forbids the turn that is forbidden', (t) => {
    assert.deepEqual(bans(t, rule('no_straight_on', VIA_3)), ['1>2']);
  });

  it('forbids every other turn where only one is allowed, turning round too', (t) => {
    assert.deepEqual(bans(t, rule('only_straight_on', VIA_3)), ['1>1', '1>3']);
  });

  it('goes over the ways between, in either direction of them', (t) => {
    const nodes = line(9);
    const members: MadeRelation['members'] = [
      ['way', 1, 'from'],
      ['way', 2, 'via'],
      ['way', 3, 'via'],
      ['way', 4, 'to'],
    ];
    const ways = [way(1, [1, 2, 3]), way(2, [5, 4, 3]), way(3, [5, 6, 7]), way(4, [7, 8]), way(5, [5, 9])];
    const side: MadeExtract = { nodes, ways };
    assert.deepEqual(bans(t, rule('no_u_turn', members), side), ['1>2>3>4']);
    const turned = [...members.slice(0, 1), ...members.slice(1, 3).toReversed(), ...members.slice(3)];
    assert.deepEqual(bans(t, rule('no_u_turn', turned), side), ['1>2>3>4']);
    assert.deepEqual(bans(t, rule('only_straight_on', members), side), ['1>1', '1>2>2', '1>2>3>3', '1>2>5']);
  });

  it('binds several ways where none may enter, and only the modes it is for', (t) => {
    const members: MadeRelation['members'] = [
      ['way', 1, 'from'],
      ['way', 3, 'from'],
      ['node', 3, 'via'],
      ['way', 2, 'to'],
    ];
    assert.deepEqual(bans(t, rule('no_entry', members)), ['1>2', '3>2']);
    const { data } = run(t, { ...CROSSING, relations: [rule('no_straight_on', VIA_3, { except: 'hgv' })] });
    assert.deepEqual(
      data.bans.map(({ modes }) => modes),
      [30 & ~MODE_BIT.truck],
    );
  });

  it('leaves out what cannot be, and says why', (t) => {
    const oneway = { ...CROSSING, ways: [way(1, [1, 2, 3], { oneway: '-1' }), way(2, [3, 4, 5]), way(3, [3, 6])] };
    assert.deepEqual(bans(t, rule('no_straight_on', VIA_3), oneway), ['restriction-apart']);
    const through = { ...CROSSING, ways: [way(1, [1, 2, 3, 4, 5]), way(2, [3, 6])] };
    assert.deepEqual(bans(t, rule('no_straight_on', VIA_3), through), ['restriction-ambiguous']);
    assert.deepEqual(bans(t, rule('no_straight_on', [['way', 99, 'from'], ...VIA_3.slice(1)])), [
      'restriction-outside',
    ]);
    assert.deepEqual(bans(t, rule('no_straight_on', VIA_3.slice(1))), ['restriction-members']);
  });
});

/** Two islands: roads 1-2 and 8-9, and a ferry in three pieces by 3 … 7 (100 m each) between them. */
const STRAIT = (pieces: readonly MadeWay[], relations: readonly MadeRelation[] = []): MadeExtract => ({
  nodes: line(9),
  ways: [way(1, [1, 2]), way(2, [8, 9]), ...pieces],
  relations,
});
const lineRelation = (ways: readonly number[], tags: Readonly<Record<string, string>>): MadeRelation => ({
  id: 50,
  tags: { type: 'route', route: 'ferry', ...tags },
  members: [...ways.map((id) => ['way', id, ''] as const), ['way', 1, 'platform']],
});
const fixed = (data: RoadData): readonly number[] => [...data.edge_fixed_s].filter((seconds) => seconds > 0);
const WAITING_S = 1800 + 600;

describe('ferries', () => {
  it('take crossing, wait and boarding, and nobody by vehicle unless a tag says so', (t) => {
    const { data, summary } = run(t, STRAIT([ferry(20, [2, 3, 4, 5, 6, 7, 8], { duration: '00:20', name: '东线' })]));
    assert.deepEqual(fixed(data), [1200 + WAITING_S]);
    const [told] = summary.ferries;
    assert.deepEqual(
      [told?.id, told?.name?.zh, told?.modes, told?.crossing_s, told?.crossing_from, told?.wait_assumed, told?.leaves],
      ['way/20', '东线', ['foot'], 1200, 'way', true, false],
    );
  });

  it('cost the wait once however many pieces the line has', (t) => {
    const pieces = [ferry(20, [2, 3, 4]), ferry(21, [4, 5, 6]), ferry(22, [6, 7, 8])];
    const relation = lineRelation([20, 21, 22], { duration: '30', interval: '20', motor_vehicle: 'yes', name: '渡轮' });
    const { data, summary } = run(t, STRAIT(pieces, [relation]));
    const half_s = (600 + 600) / 2;
    assert.deepEqual(fixed(data), [600 + half_s, 600, 600 + half_s]);
    assert.ok(
      summary.ferries.every(({ modes, crossing_from }) => modes.includes('truck') && crossing_from === 'relation'),
    );
    assert.deepEqual(
      summary.ferries.map(({ ends }) => ends.map(({ joins }) => joins).join()),
      ['road,ferry', 'ferry,ferry', 'ferry,road'],
    );
    assert.equal(summary.pieces.car.count, 1);
  });

  it('are found by their relation alone, and a way with its own duration keeps it', (t) => {
    const bare = (id: number, refs: readonly number[], tags = {}): MadeWay => ({ id, refs, tags });
    const pieces = [bare(20, [2, 3, 4], { duration: '5' }), bare(21, [4, 5, 6]), bare(22, [6, 7, 8])];
    const { data } = run(t, STRAIT(pieces, [lineRelation([20, 21, 22], { duration: 'PT25M' })]));
    assert.deepEqual(fixed(data), [300 + WAITING_S / 2, 600, 600 + WAITING_S / 2]);
  });

  it('of unknown or unbelievable duration take the stated speed, and it is said', (t) => {
    const crossing_s = (6 * 96.3 * 3.6) / 25;
    for (const duration of [undefined, 'soon', '0:00:05', '96:00']) {
      const tags = duration === undefined ? {} : { duration };
      const { data, summary } = run(t, STRAIT([ferry(20, [2, 3, 4, 5, 6, 7, 8], tags)]));
      assert.ok(
        Math.abs((fixed(data)[0] as number) - crossing_s - WAITING_S) <= 2,
        `${duration}: ${fixed(data).join()}`,
      );
      assert.equal(summary.ferries[0]?.crossing_from, 'assumed');
      assert.deepEqual(
        summary.noted.map(({ reason }) => reason),
        duration === undefined ? [] : ['duration'],
      );
    }
  });

  it('that leave the extract are kept and named, cut ways and missing pieces of the line too', (t) => {
    const open = run(t, STRAIT([ferry(20, [2, 3, 4], { name: '外海线' })])).summary.ferries[0];
    assert.deepEqual(
      [open?.name?.zh, open?.leaves, open?.ends.map(({ joins }) => joins)],
      ['外海线', true, ['road', 'nothing']],
    );
    const cut = run(t, STRAIT([ferry(20, [2, 3, 99, 98])])).summary;
    assert.deepEqual([cut.ferries[0]?.leaves, cut.noted[0]?.reason], [true, 'cut']);
    const part = run(t, STRAIT([ferry(20, [2, 3])], [lineRelation([20, 77], { name: '远线' })])).summary;
    assert.deepEqual(part.lines_leaving, [{ id: 'relation/50', name: '远线', ways: 2, ways_here: 1 }]);
  });

  it('whose middle is not in the extract go straight over it', (t) => {
    const { data, summary } = run(t, STRAIT([ferry(20, [2, 3, 99, 98, 7, 8], { duration: '10' })]));
    assert.deepEqual(fixed(data), [600 + WAITING_S]);
    assert.deepEqual([summary.ferries[0]?.leaves, summary.noted[0]?.reason], [false, 'bridged']);
  });
});
