import path from 'node:path';
import { z } from 'zod';
import type { SiteId } from '#core/base/ids.ts';
import { isSlug } from '#core/base/ids.ts';
import type { Result } from '#core/base/result.ts';
import { err, ok } from '#core/base/result.ts';
import type { Text } from '#core/base/text.ts';
import { text } from '#core/base/text.ts';
import { likeness } from './likeness.ts';

/** The settings of one running site, checked. Read once at the start; nothing else looks at the environment. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Absolute path. */
  readonly data_dir: string;
  readonly store: { readonly type: 'sqlite' } | { readonly type: 'postgres'; readonly url: string };
  readonly site: { readonly id: SiteId; readonly name: Text; readonly prefix: string };
  /** IANA name; it says which day a number belongs to and when working hours are. */
  readonly time_zone: string;
  readonly log_level: LogLevel;
  /** Proxies whose `x-forwarded-for` is believed: none, all, or those addresses. */
  readonly trust_proxy: boolean | readonly string[];
  /** `auto`: secure whenever the request came by HTTPS. */
  readonly cookie_secure: 'auto' | 'always' | 'never';
  readonly body_limit_bytes: number;
  readonly file_limit_bytes: number;
  /** Of one address without a session. */
  readonly requests_per_minute_max: number;
  readonly session_idle_s: number;
  readonly session_s: number;
  /** Of the demonstration. */
  readonly simulator: { readonly speed: number; readonly seed: number; readonly drills: boolean };
}
export type LogLevel = 'silent' | 'error' | 'warn' | 'info' | 'debug';

export interface Setting<T> {
  readonly about: Text;
  /** What a right value is. */
  readonly must: Text;
  /** Used when the variable is absent or empty. */
  readonly standard: string;
  readonly example: string;
  /** The standard as people are told it, where it depends on the command. */
  readonly told?: string;
  /** True when the value may hold a password: it is never shown. */
  readonly secret?: true;
  readonly schema: z.ZodType<T, string>;
}
const setting = <T>(declared: Setting<T>): Setting<T> => declared;

const whole = (low: number, high: number, unit = 1): z.ZodType<number, string> =>
  z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(low).max(high))
    .transform((value) => value * unit);

const wholeNumber = (about: Text, standard: number, low: number, high: number, unit = 1): Setting<number> => ({
  about,
  must: text(`须为 ${low} 至 ${high} 的整数`, `must be a whole number from ${low} to ${high}`),
  standard: String(standard),
  example: String(standard),
  schema: whole(low, high, unit),
});

const SIM_SPEED_MIN = 0.1;
const SIM_SPEED_MAX = 100_000;
const SIM_SEED_MAX = 999_999_999;

const isTimeZone = (name: string): boolean => {
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

const isPostgresUrl = (value: string): boolean =>
  URL.canParse(value) && /^postgres(ql)?:$/.test(new URL(value).protocol);
const ADDRESS = /^[0-9a-fA-F.:]+(\/\d{1,3})?$/;

/** Every setting, by the name of its environment variable. `docs/operating/configuration.md` is made from it. */
export const SETTINGS = {
  PORT: wholeNumber(text('监听端口；0 为任意空闲端口', 'Port to listen on; 0 takes any free one'), 8080, 0, 65_535),
  HOST: setting({
    about: text('监听地址；要让其他机器访问请设为 0.0.0.0', 'Address to listen on; 0.0.0.0 lets other machines in'),
    must: text('须为 IP 地址或主机名', 'must be an IP address or a host name'),
    standard: '127.0.0.1',
    example: '0.0.0.0',
    schema: z.string().regex(/^[\w.:-]{1,253}$/),
  }),
  QUNDAO_DATA: setting({
    about: text('数据目录：台账、账号、密钥、文件', 'Data directory: ledger, accounts, keys, files'),
    must: text('须为目录路径', 'must be the path of a directory'),
    standard: './var',
    told: '演示 `./var/demonstration`，其余 `./var/site`<br>`./var/demonstration` for the demonstration, else `./var/site`',
    example: '/var/lib/qundao',
    schema: z.string().transform((value) => path.resolve(value)),
  }),
  QUNDAO_STORE: setting<Config['store']>({
    about: text(
      '台账存放处：内置 sqlite，或中心用的 PostgreSQL',
      'Where the ledger is kept: built-in sqlite, or PostgreSQL for a centre',
    ),
    must: text('须为 sqlite 或 postgres:// 地址', 'must be sqlite or a postgres:// address'),
    standard: 'sqlite',
    example: 'postgres://qundao@db.example/qundao',
    secret: true,
    schema: z
      .string()
      .refine((value) => value === 'sqlite' || isPostgresUrl(value))
      .transform((value) => (value === 'sqlite' ? { type: 'sqlite' } : { type: 'postgres', url: value })),
  }),
  QUNDAO_SITE: setting({
    about: text(
      '本节点的标识，在整个部署中唯一，启用后不再更改',
      'Id of this site, unique in the deployment, never changed once in use',
    ),
    must: text('须为小写字母、数字和横线，最多 64 个', 'must be lower-case letters, digits and dashes, at most 64'),
    standard: 'zs-city',
    example: 'zs-putuo',
    schema: z
      .string()
      .refine(isSlug)
      .transform((value) => value as SiteId),
  }),
  QUNDAO_SITE_NAME: setting({
    about: text('本节点的名称，中文和英文用 | 隔开', 'Name of this site, Chinese and English separated by |'),
    must: text('须为“中文|English”', 'must be "中文|English"'),
    standard: '舟山市指挥中心|Zhoushan command centre',
    example: '普陀分局|Putuo district',
    schema: z
      .string()
      .regex(/^[^|]{1,100}\|[^|]{1,100}$/)
      .transform((value) => {
        const [zh = '', en = ''] = value.split('|').map((one) => one.trim());
        return text(zh, en);
      }),
  }),
  QUNDAO_SITE_PREFIX: setting({
    about: text(
      '本节点编号的前缀，在整个部署中唯一',
      'Prefix of the numbers this site gives, unique in the deployment',
    ),
    must: text('须为 1 至 6 个大写字母', 'must be 1 to 6 capital letters'),
    standard: 'ZS',
    example: 'PT',
    schema: z.string().regex(/^[A-Z]{1,6}$/),
  }),
  QUNDAO_TIME_ZONE: setting({
    about: text('当地时区：决定编号的日期和工作时间', 'Local time zone: days of numbers, working hours'),
    must: text('须为 IANA 时区名', 'must be the IANA name of a time zone'),
    standard: 'Asia/Shanghai',
    example: 'Asia/Shanghai',
    schema: z.string().refine(isTimeZone),
  }),
  QUNDAO_LOG: setting({
    about: text('日志详细程度', 'How much the log says'),
    must: text('须为 silent、error、warn、info 或 debug', 'must be silent, error, warn, info or debug'),
    standard: 'info',
    example: 'warn',
    schema: z.enum(['silent', 'error', 'warn', 'info', 'debug']),
  }),
  QUNDAO_TRUST_PROXY: setting<Config['trust_proxy']>({
    about: text('相信哪些反向代理报告的来源地址', 'Reverse proxies whose report of the client address is believed'),
    must: text(
      '须为 no、yes 或用逗号隔开的地址、网段',
      'must be no, yes, or addresses and networks separated by commas',
    ),
    standard: 'no',
    example: '10.0.0.0/8,127.0.0.1',
    schema: z
      .string()
      .refine((value) => value === 'no' || value === 'yes' || value.split(',').every((one) => ADDRESS.test(one.trim())))
      .transform((value) => (value === 'no' ? false : value === 'yes' || value.split(',').map((one) => one.trim()))),
  }),
  QUNDAO_COOKIE_SECURE: setting({
    about: text('登录 Cookie 是否只经 HTTPS 传送', 'Whether the session cookie travels by HTTPS only'),
    must: text('须为 auto、always 或 never', 'must be auto, always or never'),
    standard: 'auto',
    example: 'always',
    schema: z.enum(['auto', 'always', 'never']),
  }),
  QUNDAO_BODY_LIMIT_KIB: wholeNumber(text('请求内容上限，KiB', 'Largest request body, KiB'), 1024, 16, 65_536, 1024),
  QUNDAO_FILE_LIMIT_MIB: wholeNumber(text('照片上限，MiB', 'Largest photo, MiB'), 8, 1, 64, 1_048_576),
  QUNDAO_RATE_LIMIT: wholeNumber(
    text('同一地址未登录时每分钟的请求上限', 'Requests a minute from one address without a session'),
    300,
    10,
    1_000_000,
  ),
  QUNDAO_SESSION_IDLE_H: wholeNumber(
    text('登录闲置多少小时后失效', 'Hours of idleness after which a session ends'),
    12,
    1,
    168,
    3600,
  ),
  QUNDAO_SESSION_D: wholeNumber(
    text('登录最长有效天数', 'Days after which a session ends in any case'),
    7,
    1,
    90,
    86_400,
  ),
  QUNDAO_SIM_SPEED: setting({
    about: text(
      '演示中模拟力量行动的快慢，为真实速度的倍数',
      'How many times faster than real the simulated forces of the demonstration travel and work',
    ),
    must: text(
      `须为 ${SIM_SPEED_MIN} 至 ${SIM_SPEED_MAX} 的数`,
      `must be a number from ${SIM_SPEED_MIN} to ${SIM_SPEED_MAX}`,
    ),
    standard: '6',
    example: '60',
    schema: z
      .string()
      .regex(/^\d{1,6}(\.\d{1,6})?$/)
      .transform(Number)
      .pipe(z.number().min(SIM_SPEED_MIN).max(SIM_SPEED_MAX)),
  }),
  QUNDAO_SIM_DRILLS: setting({
    about: text('演示：是否自行演练事件', 'Demonstration: whether drills are raised by themselves'),
    must: text('须为 yes 或 no', 'must be yes or no'),
    standard: 'yes',
    example: 'no',
    schema: z.enum(['yes', 'no']).transform((value) => value === 'yes'),
  }),
  QUNDAO_SIM_SEED: wholeNumber(
    text(
      '演示的随机种子：种子相同，演练的次序相同',
      'Seed of the demonstration: the same seed, the same order of drills',
    ),
    20_261,
    0,
    SIM_SEED_MAX,
  ),
} as const;

type Name = keyof typeof SETTINGS;
type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Settings from the environment. Every wrong value is told at once: the variable, what is wrong, an example.
 * An empty variable counts as absent.
 */
export const parseConfig = (environment: Environment): Result<Config, readonly Text[]> => {
  const problems: Text[] = [];
  const read = <K extends Name>(name: K): z.output<(typeof SETTINGS)[K]['schema']> => {
    const declared: Setting<unknown> = SETTINGS[name];
    const given = environment[name]?.trim();
    const value = given === undefined || given === '' ? declared.standard : given;
    const parsed = declared.schema.safeParse(value);
    if (!parsed.success) problems.push(wrong(name, value));
    return parsed.data as z.output<(typeof SETTINGS)[K]['schema']>;
  };
  const config: Config = {
    port: read('PORT'),
    host: read('HOST'),
    data_dir: read('QUNDAO_DATA'),
    store: read('QUNDAO_STORE'),
    site: { id: read('QUNDAO_SITE'), name: read('QUNDAO_SITE_NAME'), prefix: read('QUNDAO_SITE_PREFIX') },
    time_zone: read('QUNDAO_TIME_ZONE'),
    log_level: read('QUNDAO_LOG'),
    trust_proxy: read('QUNDAO_TRUST_PROXY'),
    cookie_secure: read('QUNDAO_COOKIE_SECURE'),
    body_limit_bytes: read('QUNDAO_BODY_LIMIT_KIB'),
    file_limit_bytes: read('QUNDAO_FILE_LIMIT_MIB'),
    requests_per_minute_max: read('QUNDAO_RATE_LIMIT'),
    session_idle_s: read('QUNDAO_SESSION_IDLE_H'),
    session_s: read('QUNDAO_SESSION_D'),
    simulator: {
      speed: read('QUNDAO_SIM_SPEED'),
      seed: read('QUNDAO_SIM_SEED'),
      drills: read('QUNDAO_SIM_DRILLS'),
    },
  };
  return problems.length === 0 ? ok(config) : err(problems);
};

const wrong = (name: Name, value: string): Text => {
  const { must, example, secret }: Setting<unknown> = SETTINGS[name];
  const shown = secret === true ? name : `${name}=${value}`;
  return text(`${shown}：${must.zh}，例如 ${name}=${example}`, `${shown}: ${must.en}, for example ${name}=${example}`);
};

/** Other variables of the project that a person may have set: for one command, for the simulator alone, for tests and benchmarks. */
const OTHER_NAMES: ReadonlySet<string> = new Set([
  'QUNDAO_NEW_PASSWORD',
  'QUNDAO_URL',
  'QUNDAO_TOKEN',
  'QUNDAO_SIM_EXCEPT',
  'QUNDAO_SHARED',
  'QUNDAO_BENCH_DIR',
  'QUNDAO_BENCH_PROFILE',
]);
/** Less alike than this is another word, not a slip. */
const ALIKE_MIN = 0.7;

/** Variables that look like settings and are none, most often a slip of the pen, each with the name that may be meant. */
export const unknownSettings = (environment: Environment): readonly Text[] =>
  Object.keys(environment)
    .filter((name) => name.startsWith('QUNDAO_') && !Object.hasOwn(SETTINGS, name) && !OTHER_NAMES.has(name))
    .map((name) => {
      const meant = nearest(name);
      return text(
        `${name} 不是任何设置的名称，不起作用。${meant === null ? '' : `是不是 ${meant}？`}所有设置见 docs/operating/configuration.md`,
        `${name} is the name of no setting and has no effect. ${meant === null ? '' : `Is ${meant} meant? `}All settings: docs/operating/configuration.md`,
      );
    });

const nearest = (name: string): string | null => {
  const [best] = Object.keys(SETTINGS)
    .map((known) => ({ known, alike: likeness(name, known) }))
    .toSorted((a, b) => b.alike - a.alike);
  return best !== undefined && best.alike >= ALIKE_MIN ? best.known : null;
};
