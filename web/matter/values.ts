import { bothIn, readFirst, type Text } from '#core/base/text.ts';
import type { Fact } from '#core/matter/kind.ts';
import type { ForceView, MatterView } from '#wire/api.ts';
import { coordinates, moment } from '../text/format.ts';
import { W } from '../text/words.ts';

export interface GeoPosition {
  readonly lon: number;
  readonly lat: number;
  readonly accuracy_m?: number | null;
}

export const isPosition = (value: unknown): value is GeoPosition =>
  typeof value === 'object' && value !== null && 'lon' in value && 'lat' in value;

/** A fact that is being typed, as text. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** True when a fact was left empty in a form. */
export const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);

/** Values of a fact in the order stated; lists of `set` and `log` facts are laid flat. */
export const valuesOf = (matter: Pick<MatterView, 'facts'>, name: string): readonly unknown[] =>
  (matter.facts[name]?.stated ?? []).flatMap((one) =>
    one.sealed ? [] : Array.isArray(one.value) ? (one.value as unknown[]) : [one.value],
  );

export interface Reading {
  readonly say: (text: Text) => string;
  readonly now_ms: number;
  readonly forces: readonly ForceView[];
}

/** A line is too short to hold both languages: the reader gets their own. */
const lineIn = (words: string): Text => bothIn(words) ?? { zh: words, en: words };

/** One value in words. Files are drawn as pictures instead. */
export const wordsOfValue = (fact: Fact, value: unknown, reading: Reading): string => {
  switch (fact.type) {
    case 'boolean':
      return reading.say(value === true ? W.yes : W.no);
    case 'choice': {
      const words = fact.choices?.[String(value)];
      return words === undefined ? String(value) : reading.say(words);
    }
    case 'instant':
      return typeof value === 'number' ? moment(value, reading.now_ms) : String(value);
    case 'position':
      return isPosition(value) ? coordinates(value) : String(value);
    case 'unit': {
      const force = reading.forces.find((one) => one.id === value);
      return force === undefined ? String(value) : reading.say(force.name);
    }
    case 'line':
      return reading.say(lineIn(String(value)));
    case 'paragraph':
      return reading.say(readFirst(String(value)));
    default:
      return `${String(value)}${fact.unit === undefined ? '' : ` ${reading.say(fact.unit)}`}`;
  }
};

/** Whether a matter is marked as a drill. */
export const isDrill = (matter: Pick<MatterView, 'facts'>): boolean => valuesOf(matter, 'drill').includes(true);
