import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MODE_BIT, ROAD_MODES } from '#engines/travel/road/data.ts';
import { wayUse } from './access.ts';
import { roadRule } from './roads.ts';
import type { RoadRule } from './roads.ts';

const LETTERS = { foot: 'f', motorcycle: 'm', car: 'c', truck: 't', emergency: 'e' } as const;
const letters = (mask: number): string =>
  ROAD_MODES.filter((mode) => (mask & MODE_BIT[mode]) !== 0)
    .map((mode) => LETTERS[mode])
    .join('');

/** Who may go along and against a way: `fmcte/fe`. */
const use = (words: string): string => {
  const tags = new Map(words.split(' ').map((word) => word.split('=') as [string, string]));
  const { forward, backward, private: only } = wayUse(tags, roadRule(tags) as RoadRule);
  return `${letters(forward)}/${letters(backward)}${only ? ' private' : ''}`;
};

const CASES: readonly (readonly [tags: string, use: string])[] = [
  // Classes.
  ['highway=residential', 'fmcte/fmcte'],
  ['highway=motorway', 'mcte/'],
  ['highway=motorway oneway=no', 'mcte/mcte'],
  ['highway=motorway_link', 'mcte/mcte'],
  ['highway=trunk', 'fmcte/fmcte'],
  ['highway=trunk motorroad=yes', 'mcte/mcte'],
  ['highway=trunk motorroad=yes sidewalk=both', 'fmcte/fmcte'],
  ['highway=motorway sidewalk:left=yes', 'fmcte/f'],
  ['highway=motorway foot=yes', 'fmcte/f'],
  ['highway=trunk foot=no', 'mcte/mcte'],
  ['highway=primary foot=use_sidepath', 'mcte/mcte'],
  ['highway=footway', 'f/f'],
  ['highway=cycleway', 'f/f'],
  ['highway=steps', 'f/f'],
  ['highway=pedestrian', 'fe/fe'],
  ['highway=busway', 'e/e'],
  ['highway=service access=no bus=yes', 'e/e'],
  ['highway=service access=no psv=designated foot=yes', 'fe/fe'],
  ['highway=path motor_vehicle=yes', 'fmcte/fmcte'],
  ['highway=footway emergency=yes', 'fe/fe'],
  ['highway=track smoothness=impassable', 'f/f'],
  // One way.
  ['highway=primary oneway=yes', 'fmcte/f'],
  ['highway=primary oneway=true', 'fmcte/f'],
  ['highway=primary oneway=1', 'fmcte/f'],
  ['highway=primary oneway=-1', 'f/fmcte'],
  ['highway=primary oneway=reverse', 'f/fmcte'],
  ['highway=primary oneway=reversible', 'f/f'],
  ['highway=primary oneway=alternating', 'fmcte/fmcte'],
  ['highway=primary junction=roundabout', 'fmcte/f'],
  ['highway=primary junction=circular', 'fmcte/f'],
  ['highway=primary junction=roundabout oneway=no', 'fmcte/fmcte'],
  ['highway=footway oneway=yes', 'f/f'],
  ['highway=footway oneway:foot=yes', 'f/'],
  ['highway=footway oneway:foot=-1', '/f'],
  ['highway=steps conveying=forward', 'f/'],
  ['highway=steps conveying=backward', '/f'],
  ['highway=primary oneway=yes oneway:emergency=no', 'fmcte/fe'],
  ['highway=primary oneway:motor_vehicle=yes', 'fmcte/f'],
  ['highway=primary oneway:hgv=yes', 'fmcte/fmce'],
  ['highway=primary oneway=maybe', 'fmcte/fmcte'],
  // Access, from general to special.
  ['highway=service access=private', 'e/e private'],
  ['highway=service access=private foot=yes', 'fe/fe private'],
  ['highway=service access=destination', 'fmcte/fmcte private'],
  ['highway=service access=customers', 'fmcte/fmcte private'],
  ['highway=service access=permissive', 'fmcte/fmcte'],
  ['highway=service access=delivery', 'fmcte/fmcte private'],
  ['highway=service access=no', '/'],
  ['highway=service access=no emergency=yes', 'e/e'],
  ['highway=service access=unknown', 'fmcte/fmcte'],
  ['highway=residential motor_vehicle=no', 'fe/fe'],
  ['highway=residential vehicle=no', 'fe/fe'],
  ['highway=residential motor_vehicle=private', 'fe/fe private'],
  ['highway=residential motorcar=no', 'fmte/fmte'],
  ['highway=residential motor_vehicle=no motorcycle=yes', 'fme/fme'],
  ['highway=residential hgv=no', 'fmce/fmce'],
  ['highway=residential hgv=destination', 'fmcte/fmcte'],
  ['highway=residential access=no motorcar=yes', 'ce/ce'],
  ['highway=residential emergency=no', 'fmct/fmct'],
  ['highway=residential motor_vehicle:backward=no', 'fmcte/fe'],
  ['highway=residential motor_vehicle:forward=no', 'fe/fmcte'],
  ['highway=track access=agricultural', 'e/e private'],
  ['highway=track motor_vehicle=agricultural;forestry', 'fe/fe private'],
  ['highway=residential access=permissive;private', 'fmcte/fmcte'],
];

describe('who may use a way, and in which direction', () => {
  for (const [tags, expected] of CASES) it(tags, () => assert.equal(use(tags), expected));
});
