import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { Command } from 'commander';
import type { Text } from '#core/base/text.ts';
import { text } from '#core/base/text.ts';
import { addressesOf, thisMachine } from '../addresses.ts';
import type { Addresses } from '../addresses.ts';
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
import { letGoOfStart, returnMemory } from '../memory.ts';
import { makeReady, openInWords, refusedIfPlace } from '../opening.ts';
import { readSiteFile } from '../sites/site-file.ts';
import type { SiteFile } from '../sites/site-file.ts';
import { Refused, WEB_DIR, ZHOUSHAN_DIR, answer, print, readConfig, readVersion } from '../shell.ts';
import type { Answering } from '../shell.ts';

interface StartOptions extends Answering {
  readonly empty?: true;
  readonly place: string;
  readonly drills: boolean;
  readonly site?: string;
}

export const startCommand = (program: Command): void => {
  program
    .command('start')
    .description('start the site; without --empty, the demonstration of Zhoushan with simulated forces')
    .option('--empty', 'a real, empty site: no demonstration accounts, forces or drills')
    .option('--place <dir>', 'directory with places and roads', ZHOUSHAN_DIR)
    .option('--site <file>', 'site file: which site of a deployment this is, and how it is joined to the others')
    .option('--no-drills', 'demonstration without the simulator')
    .option('--json', 'say with one JSON object where it listens; the log goes to stderr')
    .action(async (options: StartOptions) => {
      returnMemory();
      const file = options.site === undefined ? null : readSiteFile(options.site);
      const config = withSiteFile(readConfig(options.empty !== true), file);
      const opened = await openOrRefuse(config, options, file);
      const running: Running = { simulator: null };
      stopOnSignal(opened, running);
      try {
        running.simulator = await serve(opened, config, options, file);
      } catch (error) {
        await opened.close();
        throw portTaken(error) ? new Refused('port-taken', takenWords(config.port)) : refusedIfPlace(error);
      }
    });
};

/** What ends with the server. */
interface Running {
  simulator: Kept | null;
}

const portTaken = (error: unknown): boolean => (error as { readonly code?: string }).code === 'EADDRINUSE';
const takenWords = (port: number): Text =>
  text(
    `端口 ${port} 已被占用，请停掉占用它的程序，或另设 PORT。`,
    `Port ${port} is taken: stop what uses it, or set PORT to another.`,
  );

/** Forces of the whole city are the top site's. */
const has = ({ joined: { self } }: SiteFile, district: string | null): boolean =>
  district === null ? self.parent === null : self.jurisdiction.includes(district);

/** What a site file says goes before what the environment does. */
const withSiteFile = (config: Config, file: SiteFile | null): Config => {
  if (file === null) return config;
  const { id, name, prefix } = file.joined.self;
  return {
    ...config,
    site: { id, name, prefix },
    port: file.port ?? config.port,
    data_dir: file.data_dir ?? config.data_dir,
  };
};

const openOrRefuse = (config: Config, options: StartOptions, file: SiteFile | null): Promise<Opened> => {
  const demonstration = options.empty !== true;
  makeReady(config.data_dir);
  guardMode(config.data_dir, demonstration);
  return openInWords({
    config,
    place_dir: options.place,
    web_dir: existsSync(WEB_DIR) ? WEB_DIR : null,
    version: readVersion(),
    accounts: demonstration ? DEMO_ACCOUNTS : [],
    demonstration,
    joined: file?.joined ?? null,
    log_fd: logFd(options),
  });
};

/** Any of these shows that the directory is in use; where PostgreSQL keeps the ledger, the first is not among them. */
const SIGNS_OF_USE = ['ledger.db', 'site-key.pem', 'accounts.db'];

/** Published passwords must never open a real site, and drills never stand in a real ledger. */
export const guardMode = (data_dir: string, demonstration: boolean): void => {
  const used = SIGNS_OF_USE.some((name) => existsSync(path.join(data_dir, name)));
  if (demonstration && used && !isDemonstration(data_dir)) {
    throw new Refused(
      'site-not-demonstration',
      text(
        `${data_dir} 是正式节点的数据，不能作演示。请用 --empty 启动，或另设 QUNDAO_DATA。`,
        `${data_dir} holds a real site and cannot be used for the demonstration. Start with --empty, or set QUNDAO_DATA elsewhere.`,
      ),
    );
  }
  if (!demonstration && isDemonstration(data_dir)) {
    throw new Refused(
      'demonstration-not-site',
      text(
        `${data_dir} 是演示数据，账号密码是公开的，不能作正式节点。请另设 QUNDAO_DATA。`,
        `${data_dir} holds the demonstration with published passwords and cannot become a real site. Set QUNDAO_DATA elsewhere.`,
      ),
    );
  }
  if (demonstration) markDemonstration(data_dir);
};

/** Everything but travel is served at once; where it listens is told when that is ready too. */
const serve = async (
  opened: Opened,
  config: Config,
  options: StartOptions,
  file: SiteFile | null,
): Promise<Kept | null> => {
  const demonstration = options.empty !== true;
  if (demonstration) await prepareDemonstration(opened, file === null ? undefined : (district) => has(file, district));
  await opened.app.listen({ port: config.port, host: config.host });
  opened.run();
  if (!(await readyPlace(opened, options))) return null;
  letGoOfStart();
  const address = opened.app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : config.port;
  const addresses = addressesOf(config.host, port, thisMachine());
  const token = !demonstration && opened.auth.needsSetup() ? opened.auth.issueSetupToken() : null;
  const setup = token === null ? [] : setupLinks(addresses, token);
  answer(
    options,
    { url: addresses.own, others: addresses.others, data_dir: config.data_dir, demonstration, setup },
    startedLines(config.data_dir, addresses, demonstration, setup),
  );
  return demonstration && options.drills
    ? startSimulator(opened, addresses.own, config.simulator, logFd(options))
    : null;
};

const PREPARING = text(
  '正在准备地点（道路、航路、码头间的航程）：第一次启动或地点目录有改动时需要若干秒；其间除路线和力量排序外均可使用。',
  'Preparing the place (roads, ways by sea, crossings between piers): some seconds at a first start or when the place directory was changed; all but routes and rankings works meanwhile.',
);

/** Answers false when the site was closed before. */
const readyPlace = async (opened: Opened, options: StartOptions): Promise<boolean> => {
  const began = performance.now();
  const isReady = await opened.makeReady(() => {
    if (options.json !== true) print(`${PREPARING.zh}\n${PREPARING.en}`);
    opened.log.info({ place: options.place }, PREPARING.en);
  });
  if (isReady) opened.log.info({ took_ms: Math.round(performance.now() - began) }, 'the place is ready');
  return isReady;
};

/** The first administrator is often made from another machine: links that work there come before the one for this machine. */
const setupLinks = ({ own, others }: Addresses, token: string): readonly string[] =>
  [...new Set([...others, own])].map((url) => `${url}/desk/#setup=${token}`);

const startedLines = (
  data_dir: string,
  { own, others }: Addresses,
  demonstration: boolean,
  setup: readonly string[],
): readonly string[] => [
  `群岛 Qundao  ${own}/   数据 data: ${data_dir}`,
  ...(others.length === 0 ? [] : [`其他机器 From other machines: ${others.map((url) => `${url}/`).join('  ')}`]),
  ...(demonstration
    ? [
        '演示模式：账号与密码见首页，所有事项均为演练。Demonstration: accounts are on the first page, every matter is a drill.',
      ]
    : []),
  ...(setup.length === 0
    ? []
    : [
        '首次使用，请打开此一次性链接设置管理员 / First use: set up the administrator by this one-time link:',
        ...setup,
      ]),
];

/** With `--json` the answer has stdout for itself; the log goes to stderr. */
const logFd = (options: StartOptions): 1 | 2 => (options.json === true ? 2 : 1);

/** A first signal stops gracefully; a second one at once. Nothing acknowledged is lost either way. */
const stopOnSignal = (opened: Opened, running: Running): void => {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    running.simulator?.stop();
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
