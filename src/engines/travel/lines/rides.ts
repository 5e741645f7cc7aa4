import { takes } from './layers.ts';
import type { LineInput } from './network.ts';
import { compareConnections } from './timetable.ts';
import type { Connection, Line } from './timetable.ts';

/** Connections that run, by departure; one place per connection in every array. Moments are milliseconds as `Instant`. */
export interface Rides {
  readonly connections: readonly Connection[];
  readonly from_hub: Int32Array;
  readonly to_hub: Int32Array;
  /** Latest moment to be at `from` in order to get on; -Infinity where nobody may, or it is before the network begins. */
  readonly board_by: Float64Array;
  readonly depart: Float64Array;
  /** When one is ashore at `to`; Infinity where nobody may get off. */
  readonly ashore: Float64Array;
  /** Connections of one run that follow each other without a gap share a number. */
  readonly run: Int32Array;
  readonly runs: number;
  /** Bits of the layers it takes. */
  readonly layers: Int32Array;
}

export const ridesOf = (
  input: LineInput,
  hubNumber: (id: string) => number,
  lines: ReadonlyMap<string, Line>,
): Rides => {
  const connections = input.connections
    .filter((one) => one.depart >= input.from && input.isOpen(one))
    .sort(compareConnections);
  const count = connections.length;
  const rides = {
    from_hub: new Int32Array(count),
    to_hub: new Int32Array(count),
    board_by: new Float64Array(count),
    depart: new Float64Array(count),
    ashore: new Float64Array(count),
    run: new Int32Array(count),
    layers: new Int32Array(count),
  };
  const masks = layerMasks(input, lines);
  const last = new Map<string, { readonly number: number; readonly seq: number }>();
  let runs = 0;
  for (const [i, one] of connections.entries()) {
    const line = lines.get(one.line);
    if (line === undefined) throw new RangeError(`line ${one.line} is not among those given`);
    const before = last.get(one.run);
    const number = before !== undefined && before.seq === one.seq - 1 ? before.number : runs++;
    last.set(one.run, { number, seq: one.seq });
    // A second at least, so that no answer depends on what is told first of two things at one moment.
    const board_by = one.depart - Math.max(1, line.boarding_s) * 1000;
    rides.from_hub[i] = hubNumber(one.from);
    rides.to_hub[i] = hubNumber(one.to);
    rides.depart[i] = one.depart;
    rides.board_by[i] = one.board && board_by >= input.from ? board_by : -Infinity;
    rides.ashore[i] = one.alight ? one.arrive + line.unloading_s * 1000 : Infinity;
    rides.run[i] = number;
    rides.layers[i] = masks.get(one.line) ?? 0;
  }
  return { ...rides, connections, runs };
};

const layerMasks = (input: LineInput, lines: ReadonlyMap<string, Line>): ReadonlyMap<string, number> => {
  const masks = new Map<string, number>();
  for (const line of lines.values()) {
    let mask = 0;
    for (const [layer, one] of input.layers.entries()) if (takes(line, one)) mask |= 1 << layer;
    masks.set(line.id, mask);
  }
  return masks;
};
