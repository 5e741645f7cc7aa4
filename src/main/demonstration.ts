import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { accountId } from '#core/base/ids.ts';
import type { ForceId } from '#core/base/ids.ts';
import type { Text } from '#core/base/text.ts';
import { text } from '#core/base/text.ts';
import { parseEvent } from '#core/ledger/parse.ts';
import type { Site } from '#app/site.ts';
import { SYSTEM } from '#app/system.ts';
import { FORCE_REGISTER } from '#app/views/roster.ts';
import type { Force } from '#world/forces/force.ts';
import type { Opened } from './compose.ts';
import type { Config } from './config.ts';
import { keepRunning } from './keep-running.ts';
import type { Kept } from './keep-running.ts';
import { COMPILED_DIR } from './memory.ts';
import { PROJECT_DIR, ZHOUSHAN_DIR } from './shell.ts';

/** Published password of every demonstration account. */
const PASSWORD = 'qundao-demo-2026';
const MARK = 'DEMONSTRATION';

interface DemoAccount {
  readonly name: string;
  readonly password: string;
  readonly title: Text;
  readonly face: 'desk' | 'field' | 'public';
  readonly roles: readonly string[];
  /** Forces it acts for: the first of each of these force kinds. */
  readonly kinds: readonly Force['kind'][];
}

const demo = (
  name: string,
  title: Text,
  face: DemoAccount['face'],
  roles: readonly string[],
  kinds: DemoAccount['kinds'] = [],
): DemoAccount => ({ name, password: PASSWORD, title, face, roles, kinds });

/** Accounts that exist only in the demonstration; the first page lists them. Invented, no real person. */
export const DEMO_ACCOUNTS: readonly DemoAccount[] = [
  demo('dispatcher', text('接警调度员', 'Dispatcher'), 'desk', ['dispatcher']),
  demo('commander', text('值班指挥长', 'Duty commander'), 'desk', ['commander', 'dispatcher']),
  demo('patrol', text('轻型 PTU 巡组', 'Light PTU'), 'field', ['responder'], ['ptu-light']),
  demo('boat', text('巡逻艇', 'Patrol boat'), 'field', ['responder', 'skipper'], ['patrol-boat']),
  demo('volunteer', text('志愿队', 'Volunteer team'), 'field', ['volunteer'], ['volunteers']),
  demo('agency', text('联动部门经办', 'Agency handler'), 'desk', ['agency'], ['agency']),
  demo('auditor', text('审计员', 'Auditor'), 'desk', ['auditor']),
  demo('admin', text('管理员', 'Administrator'), 'desk', ['admin']),
];

export const isDemonstration = (data_dir: string): boolean => existsSync(path.join(data_dir, MARK));

export const markDemonstration = (data_dir: string): void => {
  writeFileSync(
    path.join(data_dir, MARK),
    'This directory holds the demonstration: published passwords, drills only.\n',
  );
};

const readForces = (): readonly Force[] => {
  const { forces } = JSON.parse(readFileSync(path.join(ZHOUSHAN_DIR, 'forces.json'), 'utf8')) as { forces: Force[] };
  return forces;
};

/**
 * Registers the invented forces and accounts once, and puts everyone on duty; what a crash left undone is done at the next start.
 * @param isOurs whether the forces of a district are this site's; null is the whole city's
 */
export const prepareDemonstration = async (
  opened: Pick<Opened, 'site' | 'auth'>,
  isOurs: (district: string | null) => boolean = () => true,
): Promise<void> => {
  const { site, auth } = opened;
  const forces = readForces().filter((force) => isOurs(force.district));
  const known = new Set([...site.views.roster.all()].map((one) => one.force.id));
  const fresh = forces.filter((force) => !known.has(force.id));
  await site.forces.register(fresh, SYSTEM);
  await site.forces.startShift(await neverOnDuty(site, forces), SYSTEM);
  const existing = new Set(auth.accounts().map((account) => String(account.id)));
  for (const account of DEMO_ACCOUNTS) {
    if (existing.has(account.name)) continue;
    const units = account.kinds.flatMap((kind) => unitsFor(account, forces, kind));
    const identity = {
      id: accountId(account.name),
      display: account.title,
      roles: account.roles,
      sites: '*' as const,
      units,
    };
    const made = await auth.createAccount(identity, account.password);
    if (!made.ok) throw new Error(`demonstration account ${account.name}: ${made.error.code}`);
  }
};

const READ_EVENTS = 1000;

/**
 * Forces whose duty was never recorded. Who went off duty since stays off. Their first duty follows soon after they were registered,
 * so little is read.
 */
const neverOnDuty = async (site: Site, forces: readonly Force[]): Promise<readonly ForceId[]> => {
  const missing = new Set(forces.map((force) => force.id).filter((id) => site.views.roster.get(id)?.on_duty !== true));
  for (let after = 0; missing.size > 0 && after < site.recorder.seq;) {
    for (const { seq, text: stored } of await site.setup.store.read(after, READ_EVENTS)) {
      after = seq;
      const event = parseEvent(stored);
      if (!event.ok || !event.value.known) continue;
      const { kind, type, body } = event.value.envelope;
      if (kind === FORCE_REGISTER && type === 'duty') missing.delete(body['id'] as ForceId);
    }
  }
  return [...missing];
};

/** A handler of agencies answers for all of them, so that every whistle can be tried; the others act for one force. */
const unitsFor = (account: DemoAccount, forces: readonly Force[], kind: Force['kind']): readonly string[] => {
  const ids = forces.filter((force) => force.kind === kind).map((force) => String(force.id));
  return account.roles.includes('agency') ? ids : ids.slice(0, 1);
};

/** Forces a visitor may sign in for, with the account: the simulator answers for them only when nobody does. */
const peoplesForces = (): readonly string[] => {
  const forces = readForces();
  const fielded = DEMO_ACCOUNTS.filter((account) => account.face === 'field');
  return fielded.flatMap((account) =>
    account.kinds.flatMap((kind) => unitsFor(account, forces, kind).map((unit) => `${unit}@${account.name}`)),
  );
};

const SIMULATOR = accountId('simulator');
/** The simulator has little to remember; with the compile cache, which spares it the type stripper, it stays under 90 MB. */
const SMALL_HEAP = ['--max-semi-space-size=1', '--max-old-space-size=64'];

/** Keeps the simulator running as a process of its own: a client of the interface like any other. */
export const startSimulator = (opened: Opened, url: string, manner: Config['simulator'], log_fd: 1 | 2): Kept =>
  keepRunning(
    () => simulatorProcess(url, renewToken(opened), manner, log_fd),
    (how) => opened.log.warn({ how }, 'the simulator ended'),
  );

/** Its secret; the one before works no longer. */
const renewToken = ({ auth, site }: Opened): string => {
  auth.revokeToken(SIMULATOR);
  const units = [...site.views.roster.all()].map((one) => String(one.force.id));
  const made = auth.createToken(
    {
      id: SIMULATOR,
      display: text('演练模拟器', 'Drill simulator'),
      roles: ['device', 'dispatcher', 'agency'],
      sites: '*',
      units,
      // It ends with the next one; a demonstration may be left open for weeks.
      expires_ms: null,
    },
    true,
  );
  if (!made.ok) throw new Error(`simulator token: ${made.error.code}`);
  return made.value.secret;
};

const simulatorProcess = (
  url: string,
  token: string,
  { speed, seed, drills }: Config['simulator'],
  log_fd: 1 | 2,
): ChildProcess =>
  spawn(process.execPath, [...SMALL_HEAP, path.join(PROJECT_DIR, 'sim/main.ts')], {
    env: {
      NODE_COMPILE_CACHE: COMPILED_DIR,
      ...process.env,
      QUNDAO_URL: url,
      QUNDAO_TOKEN: token,
      QUNDAO_SIM_SPEED: String(speed),
      QUNDAO_SIM_SEED: String(seed),
      QUNDAO_SIM_DRILLS: drills ? 'yes' : 'no',
      QUNDAO_SIM_EXCEPT: peoplesForces().join(','),
    },
    stdio: ['ignore', log_fd, 'inherit'],
  });
