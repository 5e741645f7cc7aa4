import process from 'node:process';
import { seeded } from '#core/base/random.ts';
import { Agencies } from './agencies.ts';
import { Agenda } from './agenda.ts';
import { Conduct } from './conduct.ts';
import { Dispatcher } from './dispatcher/dispatcher.ts';
import type { Playing } from './dispatcher/dispatcher.ts';
import { DRILLS, drillNamed } from './drills/index.ts';
import { Client } from './link/client.ts';
import { Picture } from './link/picture.ts';
import { Stream } from './link/stream.ts';
import { log } from './log.ts';
import { Fleet, REPORT_MS } from './movement/fleet.ts';
import { readSettings } from './settings.ts';
import type { Settings } from './settings.ts';
import { Stage } from './stage.ts';

/** A parent that is gone is noticed within this time. */
const PARENT_MS = 2000;

/**
 * The simulator of the demonstration: a client of the public interface like any other.
 * `QUNDAO_URL` and `QUNDAO_TOKEN` say where and as whom; `--once <drill>` plays one drill to its end and stops.
 */
const main = async (): Promise<void> => {
  const settings = readSettings(process.env, process.argv.slice(2));
  const drill = settings.once === null ? null : drillNamed(settings.once);
  if (settings.once !== null && drill === null)
    throw new RangeError(`drills: ${DRILLS.map((one) => one.id).join(', ')}`);
  const cast = assemble(settings);
  stopWithParent(() => {
    cast.stop();
    process.exit(0);
  });
  cast.stream.open();
  if (drill === null) await cast.fleet.readMap();
  await cast.picture.load();
  log(`${cast.picture.forces.size} 支力量 forces, ×${settings.manner.speed} (QUNDAO_SIM_SPEED)`);
  if (drill !== null) {
    if (!(await cast.dispatcher.raise(drill))) process.exit(1);
    return;
  }
  cast.fleet.deploy();
  await cast.fleet.report();
  setInterval(() => void cast.fleet.report(), REPORT_MS);
  await cast.dispatcher.resume();
  if (settings.drills) new Stage(cast.agenda, cast.dispatcher, seeded(settings.seed + 1)).open();
};

/** Everyone who plays, wired to one another. */
const assemble = (settings: Settings) => {
  const { url, token, manner, seed, except } = settings;
  const client = new Client(url, token);
  const picture = new Picture(client);
  const stream = new Stream(url, token, (message) => picture.take(message));
  const agenda = new Agenda();
  const fleet = new Fleet({ client, picture, seed, speed: manner.speed });
  const dispatcher = new Dispatcher({
    client,
    picture,
    agenda,
    manner,
    onJoined: (row) => {
      agencies.consider(row);
      for (const part of row.parts) conduct.consider(part.subject);
    },
    onEnded: (playing) => {
      if (settings.once !== null) finish(playing);
    },
  });
  // A single drill is played beside whatever else goes on; the demonstration plays everyone.
  const plays = (matter: string): boolean => settings.once === null || dispatcher.drillOf(matter) !== null;
  const random = seeded(seed);
  const drillOf = (matter: string) => dispatcher.drillOf(matter);
  const conduct = new Conduct({ client, picture, fleet, agenda, manner, except, random, drillOf, plays });
  const agencies = new Agencies({ client, picture, agenda, manner, random, plays });
  const finish = ({ drill, rows }: Playing): void => {
    agenda.clear();
    stream.stop();
    client.close();
    process.stdout.write(`${JSON.stringify({ drill: drill.id, matters: [...rows.keys()] })}\n`);
  };
  return {
    picture,
    stream,
    agenda,
    fleet,
    dispatcher,
    conduct,
    stop: () => {
      agenda.clear();
      stream.stop();
    },
  };
};

/** Ends when told, and when whoever started it is gone. */
const stopWithParent = (stop: () => void): void => {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, PARENT_MS).unref();
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
};

try {
  await main();
} catch (error) {
  log(error instanceof RangeError ? error.message : String(error instanceof Error ? error.stack : error));
  process.exit(2);
}
