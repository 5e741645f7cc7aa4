import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Instant } from '#core/base/instant.ts';
import { earliestFrom } from './earliest.ts';
import { PEOPLE_AND_VEHICLES, takes } from './layers.ts';
import type { LastLeg } from './ashore.ts';
import { prepareLines } from './network.ts';
import type { LineInput, LineNetwork, Span, Transfer } from './network.ts';
import { profilesTo } from './profiles.ts';
import type { HubProfiles } from './profiles.ts';
import type { Step } from './steps.ts';
import type { Connection, Line, UsualLine } from './timetable.ts';

const BEGIN = 1_000_000_000_000 as Instant;
const END_S = 4200;
const HUBS = ['a', 'b', 'c', 'd', 'e'];
const LAYERS = 2;
const NODES = HUBS.length * LAYERS;
const moment = (s: number): Instant => (BEGIN + s * 1000) as Instant;

/** A tiny network, and from each node the way to the place. */
interface Case {
  readonly input: LineInput;
  readonly place_s: readonly number[];
  /** Ways to the place that are open for a while. */
  readonly last: readonly LastLeg[];
}

const hub = fc.constantFrom(...HUBS);
const takesWhat = fc.constantFrom('people' as const, 'people and vehicles' as const, 'people and vehicles' as const);
/** Coarse, so that things happen at the same moment. */
const span_s = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: max / 60 }).map((n) => n * 60);

const lineOf = (id: string): fc.Arbitrary<Line> =>
  fc.record({
    id: fc.constant(id),
    name: fc.constant({ zh: id, en: id }),
    takes: takesWhat,
    carrier: fc.constant(null),
    boarding_s: fc.constantFrom(1, 60, 300),
    unloading_s: fc.constantFrom(0, 60),
  });
const lines = fc.tuple(lineOf('one'), lineOf('two'), lineOf('three'));
const lineId = fc.constantFrom('one', 'two', 'three');

const runOf = (name: string): fc.Arbitrary<readonly Connection[]> =>
  fc
    .record({
      line: lineId,
      first_s: span_s(3000),
      calls: fc.array(
        fc.record({ hub, ride_s: span_s(600), stay_s: span_s(180), board: fc.boolean(), alight: fc.boolean() }),
        { minLength: 2, maxLength: 5 },
      ),
      free: fc.nat(3),
    })
    .map(({ line, first_s, calls, free }) => {
      let now_s = first_s;
      return calls.slice(1).map((call, seq) => {
        const from = calls[seq] ?? call;
        const [depart, arrive] = [moment(now_s), moment(now_s + call.ride_s)];
        now_s += call.ride_s + call.stay_s;
        const [board, alight] = [free > 0 || from.board, free > 0 || call.alight];
        return {
          line,
          trip: name,
          run: name,
          seq,
          from: from.hub,
          to: call.hub,
          depart,
          arrive,
          board,
          alight,
          confidence: 'measured' as const,
        };
      });
    });

const usualLine: fc.Arbitrary<UsualLine & { readonly spans: readonly Span[] | null }> = fc.record({
  line: lineId,
  from: hub,
  to: hub,
  wait_s: span_s(600),
  crossing_s: span_s(900),
  both_ways: fc.boolean(),
  confidence: fc.constant('usual' as const),
  spans: fc.option(
    fc
      .uniqueArray(span_s(END_S), { minLength: 2, maxLength: 6 })
      .map((all) => [...all].sort((a, b) => a - b))
      .map((all) =>
        all.flatMap((from_s, i) => (i % 2 === 1 ? [] : [[moment(from_s), moment(all[i + 1] ?? from_s)] as const])),
      ),
  ),
});
const transfer: fc.Arbitrary<Transfer> = fc.oneof(
  fc
    .record({ from: hub, to: hub, layer: fc.nat(1), duration_s: span_s(1200) })
    .map(({ layer, ...rest }) => ({ ...rest, from_layer: layer, to_layer: layer })),
  fc
    .record({ from: hub, duration_s: span_s(300) })
    .map(({ from, duration_s }) => ({ from, to: from, from_layer: 1, to_layer: 0, duration_s })),
);

const lastLeg: fc.Arbitrary<LastLeg> = fc
  .record({ node: fc.nat(NODES - 1), from_s: span_s(END_S), open_s: span_s(1200), cost_s: span_s(900) })
  .map(({ node, from_s, open_s, cost_s }) => ({
    node,
    from: moment(from_s),
    until: moment(from_s + open_s),
    cost_ms: cost_s * 1000,
  }));

const anyCase: fc.Arbitrary<Case> = fc
  .record({
    lines,
    runs: fc.tuple(...Array.from({ length: 12 }, (_, i) => fc.option(runOf(`run-${i}`), { freq: 8 }))),
    usual: fc.array(usualLine, { maxLength: 3 }),
    transfers: fc.array(transfer, { maxLength: 6 }),
    closed: fc.subarray(['run-0/0', 'run-1/1', 'run-2/0', 'run-3/2']),
    place: fc.array(fc.tuple(fc.nat(NODES - 1), span_s(1500)), { minLength: 1, maxLength: 2 }),
    last: fc.array(lastLeg, { maxLength: 2 }),
  })
  .map(({ runs, usual, closed, place, last, ...rest }) => {
    const shut = new Set(closed);
    const input: LineInput = {
      ...rest,
      from: BEGIN,
      hubs: HUBS,
      layers: PEOPLE_AND_VEHICLES,
      usual,
      connections: runs.flatMap((run) => run ?? []),
      isOpen: (one) => !shut.has(`${one.run}/${one.seq}`),
      openings: (one) => (one as (typeof usual)[number]).spans,
    };
    const ways = new Map(place);
    return { input, place_s: Array.from({ length: NODES }, (_, node) => ways.get(node) ?? Infinity), last };
  });

/**
 * Earliest arrivals by brute force: every way of going on from every node is tried until nothing gets earlier. No closed ways, no
 * profiles, no order of scanning.
 */
const plainArrivals = ({ input }: Case, start: number, at: number): readonly number[] => {
  const known = Array.from({ length: NODES }, () => Infinity);
  known[start] = at;
  for (let before = ''; before !== known.join();) {
    before = known.join();
    for (let node = 0; node < NODES; node += 1)
      for (const [next, when] of goingOn(input, node, known[node] as number))
        known[next] = Math.min(known[next] as number, when);
  }
  return known;
};

const plainArrival = (given: Case, start: number, at: number): number =>
  Math.min(
    ...plainArrivals(given, start, at).flatMap((when, node) => [
      when + (given.place_s[node] as number) * 1000,
      ...given.last
        .filter((leg) => leg.node === node && when <= leg.until)
        .map((leg) => Math.max(when, leg.from) + leg.cost_ms),
    ]),
  );

const goingOn = (input: LineInput, node: number, now: number): readonly (readonly [number, number])[] => {
  if (now === Infinity) return [];
  const [here, layer] = [HUBS[Math.floor(node / LAYERS)] as string, node % LAYERS];
  const nodeOf = (id: string, one: number): number => HUBS.indexOf(id) * LAYERS + one;
  const found: [number, number][] = [];
  for (const one of input.transfers)
    if (one.from === here && one.from_layer === layer)
      found.push([nodeOf(one.to, one.to_layer), now + one.duration_s * 1000]);
  const may = (id: string): Line | null => {
    const line = input.lines.find((one) => one.id === id) as Line;
    return takes(line, PEOPLE_AND_VEHICLES[layer] as (typeof PEOPLE_AND_VEHICLES)[number]) ? line : null;
  };
  for (const one of input.usual) {
    const line = may(one.line);
    if (line === null) continue;
    const ends = [[one.from, one.to, false] as const, ...(one.both_ways ? [[one.to, one.from, true] as const] : [])];
    for (const [from, to, back] of ends) {
      if (from !== here) continue;
      const ready = now + Math.max(one.wait_s, line.boarding_s) * 1000;
      for (const [open, until] of input.openings(one, back) ?? [[0, Infinity] as const])
        if (ready <= until)
          found.push([nodeOf(to, layer), Math.max(ready, open) + (one.crossing_s + line.unloading_s) * 1000]);
    }
  }
  for (const one of input.connections) {
    const line = may(one.line);
    if (line === null || one.from !== here || !one.board || now > one.depart - line.boarding_s * 1000) continue;
    for (let seq = one.seq; ; seq += 1) {
      const on = input.connections.find((other) => other.run === one.run && other.seq === seq);
      if (on === undefined || !input.isOpen(on)) break;
      if (on.alight) found.push([nodeOf(on.to, layer), on.arrive + line.unloading_s * 1000]);
    }
  }
  return found;
};

const reversed = (input: LineInput): LineInput => ({
  ...input,
  hubs: [...input.hubs].reverse(),
  lines: [...input.lines].reverse(),
  connections: [...input.connections].reverse(),
  usual: [...input.usual].reverse(),
  transfers: [...input.transfers].reverse(),
});

const asked_s = [0, 1, 59, 60, 301, 700, 1260, 1900, 2400, 3100, 5000];
/** Some moments, and those at which the answer steps up, with the millisecond after. */
const momentsOf = (profiles: HubProfiles, number: number, layer: number): readonly Instant[] => {
  const steps = profiles.pairs(number, layer).flatMap(([by]) => [by, by + 1]);
  return [...asked_s.map(moment), ...(steps as Instant[])].sort((a, b) => a - b);
};
const everyNode = (look: (hub: number, layer: number, node: number) => void): void => {
  for (let node = 0; node < NODES; node += 1) look(Math.floor(node / LAYERS), node % LAYERS, node);
};
const RUNS = { numRuns: 1000 };

/** Steps follow each other in place and time, and use what there is. */
const checkSteps = (network: LineNetwork, steps: readonly Step[], node: number, at: number): number => {
  let [here, layer, now] = [network.hubs[Math.floor(node / LAYERS)] as string, node % LAYERS, at];
  for (const step of steps) {
    if (step.kind === 'ride') {
      assert.ok(step.board_by >= now, 'boarded too late');
      assert.equal(step.layer, layer);
      assert.equal(step.connections[0]?.from, here);
      for (const [i, one] of step.connections.entries())
        if (i > 0) assert.deepEqual([one.run, one.seq], [step.connections[i - 1]?.run, step.connections[0].seq + i]);
      here = step.connections.at(-1)?.to as string;
    } else {
      assert.equal(step.start, now);
      if (step.kind === 'place') assert.deepEqual([step.hub, step.layer], [here, layer]);
      else if (step.kind === 'transfer') {
        assert.deepEqual([step.transfer.from, step.transfer.from_layer], [here, layer]);
        [here, layer] = [step.transfer.to, step.transfer.to_layer];
      } else {
        assert.equal(step.back ? step.usual.to : step.usual.from, here);
        here = step.back ? step.usual.from : step.usual.to;
        assert.ok(step.depart >= step.start && step.arrive >= step.depart);
      }
    }
    assert.ok(step.arrive >= now, 'arrived before it began');
    now = step.arrive;
  }
  return now;
};

describe('the scan over connections', () => {
  test('arrives when the plainest search does, from every hub at any moment, and later never earlier', () => {
    const agrees = fc.property(anyCase, (given) => {
      const profiles = profilesTo(prepareLines(given.input), given.place_s, given.last);
      everyNode((number, layer, node) => {
        let before = -Infinity;
        for (const at of momentsOf(profiles, number, layer)) {
          const arrive = profiles.arrivalAt(number, layer, at);
          assert.equal(arrive, plainArrival(given, node, at), `node ${node} at ${at - BEGIN}`);
          assert.ok(arrive >= before && arrive >= at);
          assert.ok(arrive - at >= profiles.least_ms(number, layer));
          before = arrive;
        }
      });
    });
    fc.assert(agrees, { numRuns: 600 });
  });

  test('forwards, it is at every hub when the plainest search is', () => {
    const agrees = fc.property(anyCase, fc.nat(NODES - 1), fc.constantFrom(...asked_s), (given, start, s) => {
      const network = prepareLines(given.input);
      const from = { hub: Math.floor(start / LAYERS), layer: start % LAYERS, at: moment(s) };
      const earliest = earliestFrom(network, [from]);
      const plain = plainArrivals(given, start, moment(s));
      everyNode((number, layer, node) => {
        assert.equal(earliest.arrivalAt(number, layer), plain[node]);
        const steps = earliest.unfold(number, layer);
        if (plain[node] === Infinity) assert.equal(steps, null);
        else assert.equal(checkSteps(network, steps ?? [], start, moment(s)), plain[node]);
      });
    });
    fc.assert(agrees, RUNS);
  });

  test('a way unfolds into steps that can be gone and arrive when it says', () => {
    const holds = fc.property(anyCase, (given) => {
      const network = prepareLines(given.input);
      const profiles = profilesTo(network, given.place_s, given.last);
      everyNode((number, layer, node) => {
        for (const s of asked_s) {
          const arrive = profiles.arrivalAt(number, layer, moment(s));
          const steps = profiles.unfold(number, layer, moment(s));
          if (arrive === Infinity) assert.equal(steps, null);
          else {
            assert.equal(steps?.at(-1)?.kind, 'place');
            assert.equal(checkSteps(network, steps ?? [], node, moment(s)), arrive);
          }
        }
      });
    });
    fc.assert(holds, RUNS);
  });

  test('to arrive by a moment: leaving at the latest arrives in time, a millisecond later does not', () => {
    const holds = fc.property(anyCase, (given) => {
      const profiles = profilesTo(prepareLines(given.input), given.place_s, given.last);
      everyNode((number, layer) => {
        for (const s of asked_s) {
          const latest = profiles.latestFor(number, layer, moment(s));
          if (latest === -Infinity) assert.ok(profiles.arrivalAt(number, layer, BEGIN) > moment(s));
          else {
            assert.ok(profiles.arrivalAt(number, layer, latest) <= moment(s));
            assert.ok(profiles.arrivalAt(number, layer, latest + 1) > moment(s));
          }
        }
      });
    });
    fc.assert(holds, RUNS);
  });

  test('closing never makes anything faster, and the order of the input changes nothing, ways included', () => {
    const holds = fc.property(anyCase, fc.nat(6), (given, closing) => {
      const network = prepareLines(given.input);
      const profiles = profilesTo(network, given.place_s, given.last);
      const same = profilesTo(prepareLines(reversed(given.input)), given.place_s, given.last);
      const fewer = profilesTo(
        prepareLines({
          ...given.input,
          isOpen: (one) => given.input.isOpen(one) && one.run !== `run-${closing}`,
          usual: given.input.usual.slice(1),
        }),
        given.place_s,
        given.last,
      );
      everyNode((number, layer) => {
        assert.deepEqual(same.pairs(number, layer), profiles.pairs(number, layer));
        for (const s of asked_s) {
          const arrive = profiles.arrivalAt(number, layer, moment(s));
          assert.ok(fewer.arrivalAt(number, layer, moment(s)) >= arrive);
          assert.deepEqual(same.unfold(number, layer, moment(s)), profiles.unfold(number, layer, moment(s)));
        }
      });
    });
    fc.assert(holds, RUNS);
  });
});
