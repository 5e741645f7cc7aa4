import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Command } from 'commander';
import type { Opened } from '../compose.ts';
import type { Config } from '../config.ts';
import {
  DEMO_ACCOUNTS,
  isDemonstration,
  markDemonstration,
  prepareDemonstration,
  startSimulator,
} from '../demonstration.ts';
import type { Kept } from '../keep-running.ts';
import { returnMemory } from '../memory.ts';
import { openInWords } from '../opening.ts';
import { Refused, WEB_DIR, ZHOUSHAN_DIR, print, readConfig, readVersion } from '../shell.ts';

interface StartOptions {
  readonly empty?: true;
  readonly place: string;
  readonly drills: boolean;
}

export const startCommand = (program: Command): void => {
  program
    .command('start')
    .description('start the site; without --empty, the demonstration of Zhoushan with simulated forces')
    .option('--empty', 'a real, empty site: no demonstration accounts, forces or drills')
    .option('--place <dir>', 'directory with places and roads', ZHOUSHAN_DIR)
    .option('--no-drills', 'demonstration without the simulator')
    .action(async (options: StartOptions) => {
      returnMemory();
      const demonstration = options.empty !== true;
      const config = readConfig(demonstration);
      const opened = await openOrRefuse(config, options.place, demonstration);
      try {
        const simulator = await serve(opened, config, demonstration, options.drills);
        stopOnSignal(opened, simulator);
      } catch (error) {
        await opened.close();
        throw portTaken(error) ? new Refused(takenWords(config.port)) : error;
      }
    });
};

const portTaken = (error: unknown): boolean => (error as { readonly code?: string }).code === 'EADDRINUSE';
const takenWords = (port: number): string =>
  `端口 ${port} 已被占用，请停掉占用它的程序，或另设 PORT。\nPort ${port} is taken: stop what uses it, or set PORT to another.`;

const openOrRefuse = (config: Config, place: string, demonstration: boolean): Promise<Opened> => {
  guardMode(config.data_dir, demonstration);
  return openInWords({
    config,
    place_dir: place,
    web_dir: existsSync(WEB_DIR) ? WEB_DIR : null,
    version: readVersion(),
    accounts: demonstration ? DEMO_ACCOUNTS : [],
    demonstration,
  });
};

/** Any of these shows that the directory is in use; where PostgreSQL keeps the ledger, the first is not among them. */
const SIGNS_OF_USE = ['ledger.db', 'site-key.pem', 'accounts.db'];

/** Published passwords must never open a real site, and drills never stand in a real ledger. */
export const guardMode = (data_dir: string, demonstration: boolean): void => {
  const used = SIGNS_OF_USE.some((name) => existsSync(path.join(data_dir, name)));
  if (demonstration && used && !isDemonstration(data_dir)) {
    throw new Refused(
      `${data_dir} 是正式节点的数据，不能作演示。请用 --empty 启动，或另设 QUNDAO_DATA。\n` +
        `${data_dir} holds a real site and cannot be used for the demonstration. Start with --empty, or set QUNDAO_DATA elsewhere.`,
    );
  }
  if (!demonstration && isDemonstration(data_dir)) {
    throw new Refused(
      `${data_dir} 是演示数据，账号密码是公开的，不能作正式节点。请另设 QUNDAO_DATA。\n` +
        `${data_dir} holds the demonstration with published passwords and cannot become a real site. Set QUNDAO_DATA elsewhere.`,
    );
  }
  if (demonstration) markDemonstration(data_dir);
};

const serve = async (opened: Opened, config: Config, demonstration: boolean, drills: boolean): Promise<Kept | null> => {
  if (demonstration) await prepareDemonstration(opened);
  await opened.app.listen({ port: config.port, host: config.host });
  opened.run();
  const address = opened.app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  const url = `http://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${port}`;
  print(`群岛 Qundao  ${url}/   数据 data: ${config.data_dir}`);
  if (demonstration) {
    print(
      '演示模式：账号与密码见首页，所有事项均为演练。Demonstration: accounts are on the first page, every matter is a drill.',
    );
  } else if (opened.auth.needsSetup()) {
    print(
      `首次使用，请打开此一次性链接设置管理员 / First use: set up the administrator by this one-time link:\n${url}/desk/#setup=${opened.auth.issueSetupToken()}`,
    );
  }
  return demonstration && drills ? startSimulator(opened, url, config.simulator) : null;
};

/** A first signal stops gracefully; a second one at once. Nothing acknowledged is lost either way. */
const stopOnSignal = (opened: Opened, simulator: Kept | null): void => {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    simulator?.stop();
    opened.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
};
