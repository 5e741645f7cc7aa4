import assert from 'node:assert/strict';
import { test } from 'node:test';
import { TOKENS } from './tokens.ts';

/** Relative luminance of `#rrggbb`, 0 to 1 (WCAG 2.2). */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one: string, other: string): number => {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

for (const [name, tokens] of Object.entries(TOKENS)) {
  test(`${name}: what a leg is drawn with can be told from surface, sea and land`, () => {
    for (const [mode, colour] of Object.entries(tokens.mode))
      for (const ground of [tokens.surface, tokens.map.sea, tokens.map.land])
        assert.ok(contrast(colour, ground) >= 4.5, `${mode} on ${ground}: ${contrast(colour, ground).toFixed(2)}`);
  });

  test(`${name}: states and urgencies can be read on the surface`, () => {
    for (const [state, colour] of Object.entries({ ...tokens.state, ...tokens.urgency }))
      assert.ok(contrast(colour, tokens.surface) >= 4.5, `${state}: ${contrast(colour, tokens.surface).toFixed(2)}`);
  });

  test(`${name}: no two modes have one colour`, () => {
    const colours = Object.values(tokens.mode);
    assert.equal(new Set(colours).size, colours.length);
  });
}
