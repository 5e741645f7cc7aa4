import { StoreError } from '#app/ports.ts';
import type { Text } from '#core/base/text.ts';
import { text } from '#core/base/text.ts';
import { DataDirError, prepareDataDir } from '#rim/data-dir/data-dir.ts';
import { SiteKeyError } from '#rim/digest-node/site-key.ts';
import { OutageError } from '#rim/ledger-store/watch.ts';
import { PlaceError } from '#rim/places/load.ts';
import { ERRORS } from '#wire/errors.ts';
import type { ErrorCode } from '#wire/errors.ts';
import { LedgerFlawed, open } from './compose.ts';
import type { Opened, RunOptions } from './compose.ts';
import { OtherSite } from './other-site.ts';
import { Refused } from './shell.ts';

/**
 * Opens a site for a command; the reasons it is refused for are told in words, not as a stack.
 * @throws Refused when the directory cannot be used or another process has it, the disk is full, or the ledger is not what was signed
 */
export const openInWords = async (options: RunOptions): Promise<Opened> => {
  makeReady(options.config.data_dir);
  try {
    return await open(options);
  } catch (error) {
    const { data_dir } = options.config;
    if (error instanceof OutageError) throw refusedByOutage(error);
    if (error instanceof StoreError) throw refusedByStore(data_dir, error);
    if (error instanceof SiteKeyError) throw refusedByKey(error);
    if (error instanceof OtherSite) throw new Refused('site-changed', changedWords(data_dir, error));
    if (error instanceof LedgerFlawed) throw refusedFor(data_dir, 'store-corrupt', error.message);
    throw refusedIfPlace(error);
  }
};

/** A place that cannot be used, in words; anything else as it is. */
export const refusedIfPlace = (error: unknown): unknown =>
  error instanceof PlaceError ? new Refused('place-unusable', error.words) : error;

const changedWords = (data_dir: string, { recorded, configured }: OtherSite): Text =>
  text(
    `${data_dir} 是节点 ${recorded} 的台账，完好无损；但设置 QUNDAO_SITE 现在是 ${configured}，已被更改。请改回 QUNDAO_SITE=${recorded}；要建新节点，请另设 QUNDAO_DATA。`,
    `${data_dir} holds the ledger of site ${recorded}, which is sound; but the setting QUNDAO_SITE was changed and is ${configured} now. Set QUNDAO_SITE=${recorded} again, or, for a new site, set QUNDAO_DATA to another directory.`,
  );

/**
 * Makes the data directory when it is not there.
 * @throws Refused when it cannot be used
 */
export const makeReady = (data_dir: string): void => {
  try {
    prepareDataDir(data_dir);
  } catch (error) {
    if (!(error instanceof DataDirError)) throw error;
    const told = text(
      `数据目录 ${data_dir} 不能用：${error.words.zh}。请检查路径和权限，或另设 QUNDAO_DATA。`,
      `The data directory ${data_dir} cannot be used: ${error.words.en}. Check its path and permissions, or set QUNDAO_DATA to another.`,
    );
    throw new Refused('data-directory-unusable', told);
  }
};

const refusedByKey = ({ message }: SiteKeyError): Refused =>
  new Refused(
    'site-key-unusable',
    text(
      `节点的签名密钥缺失或不能用：请从备份放回原来的密钥文件，再启动。没有它，台账不能续写。（${message}）`,
      `The site's signing key is missing or cannot be used: put its own key file back from the backup, then start. Without it the ledger cannot be continued. (${message})`,
    ),
  );

export const refusedByOutage = ({ message }: StoreError): Refused =>
  new Refused(
    'store-broken',
    text(
      `PostgreSQL 里的台账打不开：请核对数据库服务器和 QUNDAO_STORE，然后再试。（${message}）`,
      `The ledger in PostgreSQL cannot be opened: check the database server and QUNDAO_STORE, then try again. (${message})`,
    ),
  );

export const refusedByStore = (data_dir: string, error: StoreError): Refused =>
  refusedFor(data_dir, `store-${error.fault}`, error.message);

const refusedFor = (data_dir: string, code: ErrorCode, message: string): Refused => {
  const { words, advice } = ERRORS[code];
  const told = text(
    `${data_dir}：${words.zh}${advice.zh}（${message}）`,
    `${data_dir}: ${words.en} ${advice.en} (${message})`,
  );
  return new Refused(code, told);
};
