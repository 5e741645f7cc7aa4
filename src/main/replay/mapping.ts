import type { LonLat } from '#core/base/geo.ts';
import { text } from '#core/base/text.ts';
import type { Force, Skill } from '#world/forces/force.ts';
import type { UnitRow } from './rows.ts';

/** The fire service's words in those of the kind `incident`. What is not listed becomes `other`. */
const CATEGORIES: Readonly<Record<string, string>> = {
  'Medical Incident': 'medical',
  Alarms: 'alarm',
  'Structure Fire': 'fire',
  'Traffic Collision': 'traffic',
  'Outside Fire': 'fire',
  'Vehicle Fire': 'fire',
  'Smoke Investigation (Outside)': 'fire',
  'Citizen Assist / Service Call': 'help',
  'Elevator / Escalator Rescue': 'help',
  'Water Rescue': 'drowning',
};

/**
 * Priority as dispatchers write it: 3 is lights and sirens, 2 is without; letters are the medical protocol's determinants,
 * Echo for a life at stake down to Alpha. What is not listed counts as normal.
 */
const URGENCIES: Readonly<Record<string, string>> = {
  E: '1',
  D: '2',
  '3': '2',
  C: '2',
  '2': '3',
  B: '3',
  A: '4',
  '1': '4',
};
const NORMAL = '3';

const ENDINGS: Readonly<Record<string, string>> = {
  'No Merit': 'unfounded',
  'Unable to Locate': 'unfounded',
  'Gone on Arrival': 'unfounded',
  Cancelled: 'no_action',
  'Patient Declined Transport': 'no_action',
  'Against Medical Advice': 'no_action',
  'Medical Examiner': 'handed_over',
  SFPD: 'handed_over',
  CHP: 'handed_over',
};

const AMBULANCES = ['MEDIC', 'PRIVATE', 'BLS'];

export const categoryOf = (row: UnitRow): string => CATEGORIES[row.call_type] ?? 'other';

/** What is known when the call comes in. */
export const raiseFacts = (row: UnitRow): Readonly<Record<string, unknown>> => ({
  narrative: row.call_type,
  reference: row.call,
  source: 'import',
  urgency: URGENCIES[row.priority.toUpperCase()] ?? NORMAL,
  ...(row.address === '' ? {} : { place: row.address }),
  ...(row.where === null ? {} : { where: row.where }),
});

/** How the call ended, from the disposition of the unit that was free last. */
export const resolveFacts = (last: UnitRow): Readonly<Record<string, unknown>> => ({
  ending: ENDINGS[last.disposition] ?? 'settled',
  result: last.disposition === '' ? last.call_type : last.disposition,
});

export const feedbackFacts = (last: UnitRow): Readonly<Record<string, unknown>> => ({
  feedback: last.disposition === '' ? last.call_type : last.disposition,
});

/**
 * A unit as a force. The data set does not say where units are stationed: home is where it is first sent.
 * @param home used when the row has no position
 */
export const forceOf = (row: UnitRow, home: LonLat): Force => {
  const ambulance = AMBULANCES.includes(row.unit_type.toUpperCase());
  const skills: readonly Skill[] = ambulance ? ['medical', 'first-aid'] : ['fire', 'first-aid'];
  return {
    id: row.unit,
    kind: row.unit_type.toUpperCase() === 'BOAT' ? 'patrol-boat' : 'car',
    name: text(row.call_sign, row.call_sign),
    call_sign: row.call_sign,
    tier: 'station',
    district: null,
    home: row.where === null ? home : [row.where.lon, row.where.lat],
    home_place: null,
    skills,
    gear: [],
    seats: ambulance ? 1 : 0,
    crew: 2,
  };
};
