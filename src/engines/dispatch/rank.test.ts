import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { forceId } from '#core/base/ids.ts';
import { instant } from '#core/base/instant.ts';
import type { Travel } from '#engines/travel/spi.ts';
import type { ForceKind, ForceState, Skill, Tier } from '#world/forces/force.ts';
import { rank } from './rank.ts';
import type { Available, Need } from './spi.ts';

const NOW = instant(1_790_000_000_000);
const NEED: Need = {
  at: [122.1, 30],
  now: NOW,
  skills: [],
  tier: 'station',
  district: '330902',
  already: [],
  turned: {},
};

/** Travel as far as ranking sees it: the longitude says how many seconds it takes; south of 29 nothing goes. */
const travel: Travel = {
  toPlace: (travellers) =>
    travellers.map(({ id, at }) =>
      at[1] < 29
        ? {
            id,
            duration_s: null,
            distance_m: null,
            reason: { code: 'no-connection', words: { zh: '无路', en: 'no road' } },
          }
        : { id, duration_s: Math.round(at[0] * 10), distance_m: 1000, reason: null },
    ),
  journey: () => ({ code: 'no-connection', words: { zh: '无路', en: 'no road' } }),
  matrix: () => [],
  alternatives: () => [],
  isochrone: () => [],
  ready: () => [],
  has: () => true,
};

interface Wish {
  readonly kind?: ForceKind;
  readonly eta_s?: number;
  readonly tier?: Tier;
  readonly district?: string | null;
  readonly state?: ForceState;
  readonly skills?: readonly Skill[];
  readonly gear?: readonly string[];
  readonly engaged?: readonly string[];
  readonly age_s?: number | null;
  readonly lat?: number;
}
const force = (id: string, wish: Wish = {}): Available => ({
  force: {
    id: forceId(id),
    kind: wish.kind ?? 'car',
    name: { zh: id, en: id },
    call_sign: id,
    tier: wish.tier ?? 'station',
    district: wish.district === undefined ? '330902' : wish.district,
    home: [(wish.eta_s ?? 600) / 10, wish.lat ?? 30],
    home_place: null,
    skills: wish.skills ?? ['patrol'],
    gear: wish.gear ?? [],
    seats: 3,
    crew: 2,
  },
  state: wish.state ?? 'available',
  position:
    wish.age_s === null
      ? null
      : {
          force: forceId(id),
          at: [(wish.eta_s ?? 600) / 10, wish.lat ?? 30],
          time: instant(NOW - (wish.age_s ?? 10) * 1000),
          received: NOW,
          accuracy_m: 5,
          speed_kmh: null,
          heading_deg: null,
          source: 'own',
        },
  engaged: wish.engaged ?? [],
});

const order = (need: Need, ...forces: Available[]): string[] =>
  rank(need, forces, travel).candidates.map((one) => one.force);
const codes = (need: Need, one: Available): string[] => {
  const { candidates, excluded } = rank(need, [one], travel);
  return [...candidates, ...excluded].flatMap((each) => each.reasons.map((reason) => reason.code));
};

describe('ranking', () => {
  it('puts the one who is there first, first', () => {
    assert.deepEqual(order(NEED, force('slow', { eta_s: 900 }), force('quick', { eta_s: 300 })), ['quick', 'slow']);
  });

  it('prefers skill, gear and cover only among those who arrive in the same minute', () => {
    const need: Need = { ...NEED, skills: ['water-rescue', 'first-aid'] };
    const half = force('a-half', { eta_s: 300, skills: ['first-aid'] });
    const whole = force('b-whole', { eta_s: 310, skills: ['water-rescue', 'first-aid'] });
    const geared = force('c-geared', { eta_s: 320, skills: ['water-rescue', 'first-aid'], gear: ['lifebuoy'] });
    const later = force('d-later', { eta_s: 380, skills: ['water-rescue', 'first-aid'], gear: ['lifebuoy', 'aed'] });
    assert.deepEqual(order(need, half, whole, geared, later), ['c-geared', 'b-whole', 'a-half', 'd-later']);
  });

  it('keeps engaged forces in the list, after the free ones, and says on what', () => {
    const busy = force('busy', { eta_s: 60, engaged: ['PT-261121-0007'], state: 'on_scene' });
    assert.deepEqual(order(NEED, busy, force('free', { eta_s: 3000 })), ['free', 'busy']);
    const said = rank(NEED, [busy], travel).candidates[0]?.reasons.find((reason) => reason.code === 'engaged');
    assert.match(said?.words.en ?? '', /PT-261121-0007/);
  });

  it('keeps who declined or was called back in the list, after who was not asked yet, and says so', () => {
    const need: Need = { ...NEED, turned: { near: { zh: '已撤回', en: 'Withdrawn' } } };
    const near = force('near', { eta_s: 60 });
    const busy = force('busy', { eta_s: 60, engaged: ['PT-261121-0007'], state: 'on_scene' });
    assert.deepEqual(order(need, busy, near, force('far', { eta_s: 900 })), ['far', 'near', 'busy']);
    const said = rank(need, [near], travel).candidates[0]?.reasons.find((reason) => reason.code === 'turned');
    assert.equal(said?.words.zh, '本次已撤回');
  });

  it('leaves out who cannot or may not go, and says why', () => {
    assert.deepEqual(codes(NEED, force('x', { state: 'off_duty' })), ['off-duty']);
    assert.deepEqual(codes(NEED, force('x', { state: 'unavailable' })), ['unavailable']);
    assert.deepEqual(codes(NEED, force('x', { tier: 'city', district: null })), ['tier']);
    assert.deepEqual(codes(NEED, force('x', { district: '330903' })), ['district-first']);
    assert.deepEqual(codes({ ...NEED, skills: ['fire'] }, force('x', { kind: 'agency' })), ['skill']);
    assert.deepEqual(codes(NEED, force('x', { kind: 'agency' })), ['not-asked']);
    assert.deepEqual(codes({ ...NEED, already: ['x'] }, force('x')), ['already']);
    assert.deepEqual(codes(NEED, force('x', { lat: 20 })), ['no-way']);
    const tier = rank(NEED, [force('x', { tier: 'city' })], travel).excluded[0]?.reasons[0]?.words;
    assert.deepEqual(tier, {
      zh: '属于市局力量，提级增援后方可调派',
      en: 'belongs to the city tier; reinforce to call it',
    });
  });

  it('sends the nearest police at once, though unskilled, until someone skilled is there', () => {
    const need: Need = { ...NEED, skills: ['water-rescue'] };
    const near = force('near', { eta_s: 120 });
    const skilled = force('skilled', { eta_s: 600, skills: ['water-rescue'] });
    const late = force('late', { eta_s: 700 });
    assert.deepEqual(order(need, near, skilled, late), ['near', 'skilled']);
    assert.ok(codes(need, near).includes('lacks-some'));
    const left = rank(need, [skilled, late], travel).excluded[0]?.reasons.map((one) => one.code);
    assert.deepEqual(left, ['skilled-sooner']);
  });

  it('lets the neighbours help from the district tier on, and at sea at once', () => {
    const neighbour = force('x', { district: '330903' });
    assert.ok(codes({ ...NEED, tier: 'district' }, neighbour).includes('other-district'));
    assert.ok(codes({ ...NEED, district: null }, neighbour).includes('arrival'));
  });

  it('D2 leaves nobody out for being far: only where no way leads', () => {
    const far = [60, 3600, 86_400, 1_000_000].map((eta_s) => force(`after-${eta_s}`, { eta_s }));
    const { candidates, excluded } = rank(NEED, [...far, force('cut-off', { eta_s: 60, lat: 20 })], travel);
    assert.deepEqual(
      candidates.map((one) => [one.force, one.eta_s]),
      far.map((one) => [one.force.id, Math.round(one.force.home[0] * 10)]),
    );
    assert.deepEqual(
      excluded.map((one) => [one.force, one.reasons.map((reason) => reason.code)]),
      [['cut-off', ['no-way']]],
    );
  });

  it('D3 marks old and missing positions as uncertain', () => {
    const uncertain = (one: Available): boolean | undefined => rank(NEED, [one], travel).candidates[0]?.uncertain;
    assert.equal(uncertain(force('x', { age_s: 119 })), false);
    assert.equal(uncertain(force('x', { age_s: 121 })), true);
    assert.equal(uncertain(force('x', { age_s: null })), true);
    assert.ok(codes(NEED, force('x', { age_s: 600 })).includes('stale'));
    assert.ok(codes(NEED, force('x', { age_s: null })).includes('home-only'));
  });

  it('says how much cover stays behind', () => {
    const said = (...others: Available[]): string | undefined =>
      rank(NEED, [force('x', { eta_s: 1 }), ...others], travel).candidates[0]?.reasons.find((one) =>
        one.code.includes('cover'),
      )?.words.en;
    assert.match(said() ?? '', /no free force/);
    assert.match(said(force('y'), force('z', { state: 'off_duty' })) ?? '', /leaves 1 free/);
  });
});

const wish: fc.Arbitrary<Wish> = fc.record({
  eta_s: fc.integer({ min: 30, max: 1800 }),
  tier: fc.constantFrom('station' as const, 'district' as const, 'city' as const),
  district: fc.constantFrom<string | null>('330902', '330903', null),
  state: fc.constantFrom<ForceState>(
    'available',
    'available',
    'assigned',
    'on_the_way',
    'on_scene',
    'unavailable',
    'off_duty',
  ),
  skills: fc.subarray<Skill>(['patrol', 'first-aid', 'water-rescue']),
  gear: fc.subarray(['lifebuoy', 'aed', 'unheard-of']),
  engaged: fc.subarray(['A-260101-0001', 'A-260101-0002']),
  age_s: fc.option(fc.integer({ min: 0, max: 900 }), { nil: null }),
  lat: fc.constantFrom(30, 30, 30, 20),
});
const crowd = fc.array(wish, { maxLength: 20 }).map((wishes) => wishes.map((one, i) => force(`f${i}`, one)));
const need: fc.Arbitrary<Need> = fc.record({
  at: fc.constant(NEED.at),
  now: fc.constant(NOW),
  skills: fc.subarray<Skill>(['patrol', 'first-aid', 'water-rescue']),
  tier: fc.constantFrom('station' as const, 'district' as const, 'city' as const),
  district: fc.constantFrom('330902', '330903', null),
  already: fc.subarray(['f0', 'f3']),
  turned: fc.constantFrom({}, { f1: { zh: '不能前往', en: 'Declined' } }),
});

describe('any ranking', () => {
  it('D1 names every force exactly once, each with a reason in both languages', () => {
    fc.assert(
      fc.property(need, crowd, (asked, forces) => {
        const { candidates, excluded } = rank(asked, forces, travel);
        const named = [...candidates, ...excluded];
        assert.deepEqual(
          named.map((one) => one.force).toSorted(),
          forces.map((one) => one.force.id as string).toSorted(),
        );
        for (const one of named) {
          assert.ok(one.reasons.length > 0);
          for (const { words } of one.reasons)
            assert.ok(words.zh !== '' && words.en !== '' && !/[{}]/.test(words.zh + words.en));
        }
        assert.deepEqual(
          candidates.map((one) => one.rank),
          candidates.map((_, i) => i + 1),
        );
      }),
    );
  });

  it('does not depend on the order the forces came in', () => {
    fc.assert(
      fc.property(need, crowd, (asked, forces) => {
        assert.deepEqual(rank(asked, forces.toReversed(), travel), rank(asked, forces, travel));
      }),
    );
  });

  it('makes nobody later when one force is gone', () => {
    fc.assert(
      fc.property(need, crowd, fc.nat(19), (asked, forces, gone) => {
        const all = rank(asked, forces, travel).candidates;
        for (const one of rank(
          asked,
          forces.filter((_, i) => i !== gone),
          travel,
        ).candidates) {
          // One who was left out for a skilled force that is now gone comes in new.
          const before = all.find((each) => each.force === one.force);
          if (before !== undefined) assert.equal(one.eta_s, before.eta_s);
        }
      }),
    );
  });

  it('puts free before engaged, not yet asked before turned, and whole minutes before anything else', () => {
    fc.assert(
      fc.property(need, crowd, (asked, forces) => {
        const { candidates } = rank(asked, forces, travel);
        const key = (id: string, eta_s: number): number => {
          const one = forces.find((each) => each.force.id === id);
          const engaged = one !== undefined && (one.engaged.length > 0 || one.state !== 'available');
          return (engaged ? 1e6 : 0) + (asked.turned[id] === undefined ? 0 : 1e5) + Math.floor(eta_s / 60);
        };
        const keys = candidates.map((one) => key(one.force, one.eta_s));
        assert.deepEqual(
          keys,
          keys.toSorted((a, b) => a - b),
        );
      }),
    );
  });
});
