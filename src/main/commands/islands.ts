import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import type { Command } from 'commander';
import { text } from '#core/base/text.ts';
import { obey, openControl } from '../islands/control.ts';
import { ISLANDS } from '../islands/layout.ts';
import { runIslands } from '../islands/run.ts';
import type { RunningIslands } from '../islands/run.ts';
import { markDemonstration } from '../demonstration.ts';
import { PROJECT_DIR, Refused, answer, print } from '../shell.ts';
import type { Answering } from '../shell.ts';

const CENTRE_PORT = 8080;
const CONTROL_PORT = 8090;
const READY_EVERY_MS = 500;
const READY_MS = 180_000;

interface IslandsOptions extends Answering {
  readonly dir: string;
  readonly port: string;
}

export const islandsCommand = (program: Command): void => {
  program
    .command('islands')
    .description(
      'the demonstration of sites: a centre and two islands on this machine, with links that can be cut and healed',
    )
    .option('--dir <dir>', 'where their data, keys and settings are kept', path.join(PROJECT_DIR, 'var/islands'))
    .option('--port <n>', 'port of the centre; the islands take the next two', String(CENTRE_PORT))
    .option('--json', 'say with one JSON object where they listen')
    .action(async (options: IslandsOptions) => {
      const islands = await runIslands({
        dir: path.resolve(options.dir),
        planned: ISLANDS,
        port: Number(options.port),
        prepare: markDemonstration,
        // Drills play at the centre; on the islands the forces move and the people call.
        options: () => [],
        settings: (site): Record<string, string> => (site === ISLANDS[0]?.id ? {} : { QUNDAO_SIM_DRILLS: 'no' }),
      });
      stopOnSignal(islands);
      await untilAllReady(islands);
      const centre = islands.sites[0]?.url ?? '';
      const control = await openControl(CONTROL_PORT, centre, islands.links).catch(() =>
        openControl(0, centre, islands.links),
      );
      const url = `http://127.0.0.1:${control.port}/`;
      answer(
        options,
        {
          control: url,
          sites: islands.sites.map((one) => ({ id: one.laid.site.id, url: one.url, site_file: one.laid.site_file })),
        },
        [
          ...islands.sites.map(({ laid: { site }, url: at }) => `${site.name.zh} ${site.name.en}  ${at}/`),
          `链路控制 Links: ${url}  或在此输入 or type here: cut ds-daishan | heal ds-daishan | silence all | slow all`,
        ],
      );
      listen(islands);
    });
};

const listen = ({ links }: RunningIslands): void => {
  createInterface({ input: process.stdin }).on('line', (line) => {
    const told = obey(line, links);
    if (told !== null) print(told);
  });
};

/** @throws Refused when one does not start; the others are stopped */
const untilAllReady = async (islands: RunningIslands): Promise<void> => {
  try {
    await Promise.all(islands.sites.map(({ url, program }) => untilReady(url, () => program.isRunning)));
  } catch (error) {
    await islands.stop();
    throw error;
  }
};

/** @throws Refused when it ends before, or takes too long */
const untilReady = async (url: string, lives: () => boolean): Promise<void> => {
  const until = performance.now() + READY_MS;
  while (lives() && performance.now() < until) {
    const isReady = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resolve) => {
      setTimeout(resolve, READY_EVERY_MS);
    });
  }
  throw new Refused(
    'site-not-started',
    text(`${url} 没有启动，原因见上。`, `${url} did not start; the reason stands above.`),
  );
};

const stopOnSignal = (islands: RunningIslands): void => {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    islands.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
};
