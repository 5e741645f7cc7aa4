import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { limitsOf, readLength_m, readWeight_kg } from './limits.ts';

const LENGTHS: readonly (readonly [value: string, cm: number | null])[] = [
  ['3.5', 350],
  ['3,5', 350],
  ['3.5 m', 350],
  ['3.5m', 350],
  ['350 cm', 350],
  [`11'6"`, 351],
  [`11' 6"`, 351],
  [`11'`, 335],
  ['11 ft 6 in', 351],
  ['12 ft', 366],
  ['12ft', 366],
  ['11′6″', 351],
  [`6'-6"`, 198],
  ['90"', 229],
  ['default', null],
  ['none', null],
  ['', null],
  ['0', null],
  ['wide', null],
];

const WEIGHTS: readonly (readonly [value: string, kg: number | null])[] = [
  ['7.5', 7500],
  ['7.5 t', 7500],
  ['7,5t', 7500],
  ['32520 kg', 32_520],
  ['8 st', 7257],
  ['10 lt', 10_160],
  ['16000 lbs', 7257],
  ['none', null],
  ['7.5 bananas', null],
  ['', null],
];

describe('limits in all their spellings', () => {
  for (const [value, cm] of LENGTHS) {
    it(`length ${JSON.stringify(value)}`, () => {
      const metres = readLength_m(value);
      assert.equal(metres === null ? null : Math.round(metres * 100), cm);
    });
  }
  for (const [value, kg] of WEIGHTS) {
    it(`weight ${JSON.stringify(value)}`, () => {
      const read = readWeight_kg(value);
      assert.equal(read === null ? null : Math.round(read), kg);
    });
  }
  it('takes the least of several, and tells what it does not understand', () => {
    const tags = new Map([
      ['maxheight', '4'],
      ['maxheight:physical', '3.8'],
      ['maxwidth', 'narrow'],
      ['maxweight', '7.5;3.5'],
    ]);
    assert.deepEqual(limitsOf(tags), { height_cm: 380, width_cm: 0, weight_kg: 3500, strange: ['maxwidth=narrow'] });
    assert.deepEqual(limitsOf(new Map([['maxheight', 'below_default']])).strange, []);
  });
  it('does not keep a limit that is not for those who end there, and keeps one that is for some hours', () => {
    const weight_kg = (conditional: string) =>
      limitsOf(
        new Map([
          ['maxweight', '7.5'],
          ['maxweight:conditional', conditional],
        ]),
      ).weight_kg;
    assert.equal(weight_kg('none @ destination'), 0);
    assert.equal(weight_kg('none @ (delivery AND Mo-Fr)'), 0);
    assert.equal(weight_kg('none @ (19:00-07:00)'), 7500);
    assert.equal(weight_kg('3.5 @ destination'), 7500);
  });
});
