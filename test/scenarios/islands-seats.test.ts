import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { travellerAt } from '#engines/travel/traveller.ts';
import { clock, draw, modesOf, wayOf } from './drawn.ts';

describe('a seat in somebody else’s boat', () => {
  const piers = draw(`
    #a++1~~~~~~2++b#
    ####~~~~~~~~####
    #c++3~~~~~~4++d#
    ####~~~~~~~~####
    #e++5~~~~~~6++f#
    `);
  const boats = ['patrol-boat', 'rib'].map((profile, i) => ({
    id: `B${i}`,
    name: { zh: `艇${i}`, en: `boat ${i}` },
    profile,
    at: piers.at('3'),
    turnout_s: 60,
    seats: 4,
  }));

  it('is looked for without a look over the sea from every pier for every boat', (test) => {
    const fields = [...piers.ground.place.seas.values()].map((sea) => test.mock.method(sea, 'field').mock);
    const looks = (): number => fields.reduce((sum, field) => sum + field.callCount(), 0);
    for (const piece of piers.ground.ready()) assert.equal(piece, undefined);
    const before = looks();
    const passenger = travellerAt('foot', piers.at('a'));
    const way = wayOf(piers.travel({}, boats).journey(passenger, piers.at('b'), { leave_at: clock('10:00') }));
    assert.match(modesOf(way), /boat/);
    assert.ok(looks() - before < boats.length * piers.ground.hubs.length, `${looks() - before} looks`);
  });
});
