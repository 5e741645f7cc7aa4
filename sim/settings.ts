/** How fast and how patiently the simulator plays. */
export interface Manner {
  /** Times faster than the clock forces travel and work. */
  readonly speed: number;
  /** Scale of the time left to people before the simulator acts for them: 1 in the demonstration, 0 when nobody watches. */
  readonly patience: number;
  /** Chance that a simulated force declines an offer. */
  readonly decline_chance: number;
}

export interface Settings {
  readonly url: string;
  readonly token: string;
  readonly seed: number;
  readonly manner: Manner;
  /** Forces a person may be signed in for, with that person's account: the simulator answers for them only when nobody does. */
  readonly except: ReadonlyMap<string, string>;
  /** False: forces move and answer, and no drill is raised. */
  readonly drills: boolean;
  /** The one drill to play and then end; null plays on. */
  readonly once: string | null;
}

/** What travels and works minutes in the field lives minutes on the screen. */
const SPEED = 6;
const SPEED_ONCE = 3600;
const SPEED_MAX = 100_000;
const SEED = 20_261;
const SEED_MAX = 999_999_999;
const DECLINE_CHANCE = 0.05;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Settings from the environment and the command line.
 * @throws RangeError naming the variable or option that is missing or wrong
 */
export const readSettings = (environment: Environment, args: readonly string[]): Settings => {
  const once = readOnce(args);
  const speed = readNumber(environment, 'QUNDAO_SIM_SPEED', once === null ? SPEED : SPEED_ONCE);
  if (speed < 0.1 || speed > SPEED_MAX) throw new RangeError(`QUNDAO_SIM_SPEED must be 0.1 to ${SPEED_MAX}`);
  const seed = readNumber(environment, 'QUNDAO_SIM_SEED', SEED);
  if (!Number.isInteger(seed) || seed < 0 || seed > SEED_MAX)
    throw new RangeError(`QUNDAO_SIM_SEED must be a whole number from 0 to ${SEED_MAX}`);
  return {
    url: readUrl(environment),
    token: required(environment, 'QUNDAO_TOKEN'),
    seed,
    manner:
      once === null
        ? { speed, patience: 1, decline_chance: DECLINE_CHANCE }
        : { speed, patience: 0, decline_chance: 0 },
    except: new Map(
      (environment['QUNDAO_SIM_EXCEPT'] ?? '')
        .split(',')
        .filter((one) => one !== '')
        .map((one) => one.split('@') as [string, string]),
    ),
    drills: environment['QUNDAO_SIM_DRILLS'] !== 'no',
    once,
  };
};

const readOnce = (args: readonly string[]): string | null => {
  if (args.length === 0) return null;
  const [option, drill] = args;
  if (option !== '--once' || drill === undefined || args.length > 2)
    throw new RangeError('usage: sim/main.ts [--once <drill>]');
  return drill;
};

const readUrl = (environment: Environment): string => {
  const url = required(environment, 'QUNDAO_URL').replace(/\/+$/, '');
  if (!/^https?:\/\/\S+$/.test(url)) throw new RangeError('QUNDAO_URL must be http://… or https://…');
  return url;
};

const required = (environment: Environment, name: string): string => {
  const value = environment[name]?.trim() ?? '';
  if (value === '') throw new RangeError(`${name} must be set`);
  return value;
};

const readNumber = (environment: Environment, name: string, standard: number): number => {
  const given = environment[name]?.trim() ?? '';
  const value = given === '' ? standard : Number(given);
  if (!Number.isFinite(value)) throw new RangeError(`${name} must be a number`);
  return value;
};
