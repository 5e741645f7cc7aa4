import { createContext, use } from 'react';
import type { Text } from '#core/base/text.ts';
import type { Step } from '#core/matter/kind.ts';
import type { Done } from '#wire/api.ts';
import type { GeoPosition } from './values.ts';
import type { Uploaded } from '../api/calls.ts';
import * as calls from '../api/calls.ts';

export interface Taken {
  readonly step: Step;
  readonly facts: calls.Facts;
  readonly answer: Done;
}

/** The matter a form is about. */
export interface Asker {
  readonly id: string;
  readonly kind: string;
  readonly position: { readonly lon: number; readonly lat: number } | null;
  /** What was said of it. */
  readonly words: string;
}

/** What the face around a form lends to its fields. */
export interface Helps {
  /** Lets the person point at the face's own big map; absent where the field should open a map of its own. */
  readonly pick?: (onPicked: (position: GeoPosition) => void) => void;
  /** Hears of a place chosen by name or pointed at, to show it and to put it in words. */
  readonly chosen?: (position: GeoPosition, name: Text | null) => void;
  /** Keeps words that name no known place, as the caller said them; absent where nothing holds them. */
  readonly keepWords?: { readonly fact: Text; readonly keep: (words: string) => void };
  readonly upload: (file: Blob) => Promise<{ readonly file: string } | Uploaded>;
  /** Where the matter is: units near it are offered first. */
  readonly near?: { readonly lon: number; readonly lat: number } | null;
  readonly about?: Asker;
  /** Hears of every step that was taken. */
  readonly done?: (taken: Taken) => void;
  /** Place search needs a session; the public page has none. */
  readonly places: boolean;
}
export const Helping = createContext<Helps>({ upload: calls.upload, places: true });
export const useHelps = (): Helps => use(Helping);
