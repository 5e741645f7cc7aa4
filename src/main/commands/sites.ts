import process from 'node:process';
import type { Command } from 'commander';
import { text } from '#core/base/text.ts';
import type { Text } from '#core/base/text.ts';
import { problemSchema } from '#wire/api.ts';
import { sitesSchema } from '#wire/sites.ts';
import type { SiteState, SitesView } from '#wire/sites.ts';
import { Refused, answer, messageOf } from '../shell.ts';
import type { Answering } from '../shell.ts';

interface SitesOptions extends Answering {
  readonly url: string;
  readonly token?: string;
}

export const sitesCommand = (program: Command): void => {
  program
    .command('sites')
    .description(
      'how the sites of the deployment stand, as a running site knows it: links, clocks, ledgers held and what is missing',
    )
    .option('--url <url>', 'a running site', `http://127.0.0.1:${process.env['PORT'] ?? '8080'}`)
    .option('--token <token>', 'token of a machine client; QUNDAO_TOKEN unless told')
    .option('--json', 'answer with one JSON object')
    .action(async (options: SitesOptions) => {
      const view = await ask(options.url, options.token ?? process.env['QUNDAO_TOKEN'] ?? '');
      answer(options, view, linesOf(view, Date.now()));
    });
};

const ask = async (url: string, token: string): Promise<SitesView> => {
  const response = await fetch(`${url}/api/sites`, { headers: { authorization: `Bearer ${token}` } }).catch(
    (error: unknown) => {
      throw new Refused('site-not-reached', text(`${url} 联系不上`, `${url} cannot be reached (${messageOf(error)})`));
    },
  );
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return sitesSchema.parse(body);
  const problem = problemSchema.safeParse(body);
  throw new Refused(problem.data?.code ?? 'site-not-reached', wordsOf(problem.data));
};

const wordsOf = (problem: { readonly words: Text; readonly advice: Text } | undefined): Text =>
  problem === undefined
    ? text('回答看不懂', 'the answer could not be understood')
    : text(`${problem.words.zh}${problem.advice.zh}`, `${problem.words.en} ${problem.advice.en}`);

const LINK: Readonly<Record<SiteState['link'], Text>> = {
  own: text('本节点', 'this site'),
  linked: text('链路通', 'linked'),
  cut: text('链路断', 'cut'),
  beyond: text('经由他处', 'by others'),
};

const linesOf = ({ sites, holds, outbox, alarms }: SitesView, now: number): readonly string[] => {
  if (sites.length === 0) return ['本节点独立运行，没有其他节点。 This site stands alone.'];
  return [
    ...sites.map((one) => lineOf(one, now)),
    ...(holds
      ? [
          '！本节点暂不受理自己的指令，等待补齐或处置。 This site takes no commands of its own until a person or its own events decide.',
        ]
      : []),
    ...outbox
      .filter(({ state }) => state === 'waiting')
      .map(
        ({ ask, owner, matter, step, at_ms }) =>
          `待发 waiting #${ask} → ${owner}: ${matter} ${step}，${spanOf(now - at_ms)}`,
      ),
    ...alarms.map(({ at_ms, code, site }) => `！${new Date(at_ms).toISOString()} ${code} ${site}`),
  ];
};

const lineOf = (one: SiteState, now: number): string =>
  [
    one.id.padEnd(16),
    `${LINK[one.link].zh} ${LINK[one.link].en}${one.since_ms === null ? '' : ` ${spanOf(now - one.since_ms)}`}`.padEnd(
      24,
    ),
    `台账 ledger ${one.held}${one.lag === 0 ? '' : `，缺 lacks ${one.lag}`}`,
    ...(one.as_of_ms === null ? [] : [`截至 as of ${new Date(one.as_of_ms).toISOString()}`]),
    ...(one.skew_ms === null ? [] : [`时钟差 clock ${one.skew_ms} ms${one.is_skewed ? '！' : ''}`]),
    ...(one.forked ? ['！台账分叉 forked'] : []),
  ].join('  ');

const spanOf = (ms: number): string => {
  const minutes = Math.floor(ms / 60_000);
  return minutes < 1
    ? `${Math.max(0, Math.round(ms / 1000))} s`
    : minutes < 120
      ? `${minutes} min`
      : `${Math.floor(minutes / 60)} h`;
};
