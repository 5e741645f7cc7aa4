import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import type { SiteId } from '#core/base/ids.ts';
import { newSeed } from '#rim/link-nats/nkey.ts';
import { freePort } from '../free-port.ts';
import { PROJECT_DIR } from '../shell.ts';
import type { Controlled } from './control.ts';
import { layOut } from './layout.ts';
import type { LaidOut, Planned, Ports } from './layout.ts';
import { natsServer, startNats } from './nats.ts';
import { Strait } from './strait.ts';

const FORCE_MS = 10_000;

/** A site of a deployment that runs on this machine. */
export interface RunningSite {
  readonly laid: LaidOut;
  readonly url: string;
  readonly program: Program;
  /** Its nats-server, where others are below it. */
  readonly server: Program | null;
}

/** A program that can be stopped, killed and started again. */
export class Program {
  readonly #start: () => ChildProcess;
  #child: ChildProcess;

  constructor(start: () => ChildProcess) {
    this.#start = start;
    this.#child = start();
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  start(): void {
    if (!this.isRunning) this.#child = this.#start();
  }

  /** Pulls the plug. */
  async kill(): Promise<void> {
    await this.#ended('SIGKILL');
  }

  /** Stops it gracefully, and by force when it does not. */
  async stop(): Promise<void> {
    const force = setTimeout(() => this.#child.kill('SIGKILL'), FORCE_MS);
    await this.#ended('SIGTERM');
    clearTimeout(force);
  }

  async #ended(signal: NodeJS.Signals): Promise<void> {
    if (!this.isRunning) return;
    const gone = new Promise((resolve) => {
      this.#child.once('exit', resolve);
    });
    this.#child.kill(signal);
    await gone;
  }
}

export interface RunningIslands {
  readonly sites: readonly RunningSite[];
  /** The strait between each site and its parent. */
  readonly links: readonly Controlled[];
  readonly stop: () => Promise<void>;
}

export interface IslandsSetup {
  readonly dir: string;
  readonly planned: readonly Planned[];
  /** Of the interface of the first site; the others follow. 0 for any. */
  readonly port: number;
  /** Done with a site's data directory before it starts for the first time. */
  readonly prepare?: (data_dir: string) => void;
  /** More for `start`, by site. */
  readonly options: (site: SiteId) => readonly string[];
  /** More settings, by site. */
  readonly settings?: (site: SiteId) => Readonly<Record<string, string>>;
}

/**
 * Starts a deployment on this machine: a process for each site, a nats-server for each that has others below it, and a strait between each and its parent that can be cut.
 * @throws Refused when there is no nats-server
 */
export const runIslands = async ({
  dir,
  planned,
  port,
  prepare,
  options,
  settings,
}: IslandsSetup): Promise<RunningIslands> => {
  const program = natsServer();
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const ports = new Map<SiteId, Ports>();
  const straits = new Map<SiteId, Strait>();
  for (const [at, site] of planned.entries()) {
    const parent = site.parent === null ? null : ports.get(site.parent);
    if (parent !== null && parent !== undefined) straits.set(site.id, await Strait.open(parent.nats));
    const http = port === 0 ? await freePort() : port + at;
    ports.set(site.id, { http, nats: await freePort(), up: straits.get(site.id)?.port ?? 0 });
  }
  const portsOf = (site: SiteId): Ports => ports.get(site) as Ports;
  const laid = layOut(dir, planned, portsOf, seeds(dir));
  for (const { data_dir } of laid) prepare?.(data_dir);
  const sites = laid.map((one) => ({
    laid: one,
    url: `http://127.0.0.1:${portsOf(one.site.id).http}`,
    server: serverOf(one, program),
    program: new Program(() => startSite(one, options(one.site.id), settings?.(one.site.id) ?? {})),
  }));
  const links = sites.flatMap(({ laid: { site }, url }) => {
    const strait = straits.get(site.id);
    return strait === undefined ? [] : [controlled(site, url, strait)];
  });
  const stop = async (): Promise<void> => {
    await Promise.all(sites.map((one) => one.program.stop()));
    await Promise.all(sites.map(async (one) => one.server?.stop()));
    await Promise.all([...straits.values()].map((one) => one.close()));
  };
  return { sites, links, stop };
};

const serverOf = ({ nats_file }: LaidOut, program: string): Program | null =>
  nats_file === null
    ? null
    : new Program(() => startNats(program, nats_file, path.join(path.dirname(nats_file), 'nats.log')));

const controlled = ({ id, name }: Planned, url: string, strait: Strait): Controlled => ({
  site: id,
  name: `${name.zh} ${name.en}`,
  url,
  weather: () => strait.weather.type,
  set: (weather) => {
    strait.weather = weather;
  },
});

const startSite = (
  { site_file }: LaidOut,
  options: readonly string[],
  settings: Readonly<Record<string, string>>,
): ChildProcess =>
  spawn(process.execPath, [path.join(PROJECT_DIR, 'src/main/cli.ts'), 'start', '--site', site_file, ...options], {
    env: { ...process.env, HOST: '127.0.0.1', ...settings },
    stdio: ['ignore', 'ignore', 'inherit'],
  });

/** Seeds of a folder, made once. */
const seeds = (dir: string): ((site: SiteId) => string) => {
  const file = path.join(dir, 'seeds.json');
  const known: Record<string, string> = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)
    : {};
  return (site) => {
    const made = (known[site] ??= newSeed());
    writeFileSync(file, JSON.stringify(known), { mode: 0o600 });
    return made;
  };
};
