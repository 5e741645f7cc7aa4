import type { Line, LineTakes } from './timetable.ts';

/** A way of moving between hubs. Hubs times layers are the nodes: `node = hub × layers + layer`. */
export interface Layer {
  readonly id: string;
  /** What a line must take for who moves this way; null where no line does (a boat of one's own). */
  readonly needs: LineTakes | null;
}

/** On foot, or with a vehicle that may be left at a hub (a transfer from the second layer to the first there; never back). */
export const PEOPLE_AND_VEHICLES: readonly Layer[] = [
  { id: 'people', needs: 'people' },
  { id: 'people with vehicle', needs: 'people and vehicles' },
];

/** Whether a line takes who moves in a layer. */
export const takes = (line: Line, layer: Layer): boolean =>
  layer.needs === 'people' || (layer.needs !== null && layer.needs === line.takes);
