import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { siteId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import { openBareSite } from '#main/replay/site.ts';
import type { BareSite } from '#main/replay/site.ts';

/** A folder of its own for a test. */
export const tempDir = (name = 'site'): { readonly dir: string; readonly remove: () => void } => {
  const dir = mkdtempSync(path.join(tmpdir(), `qundao-${name}-`));
  return { dir, remove: () => rmSync(dir, { recursive: true, force: true }) };
};

export interface TestSite extends BareSite {
  readonly dir: string;
  /** Closes the site and removes its directory. */
  readonly end: () => Promise<void>;
}

/**
 * A real site in this process on a directory of its own, with a real ledger, without network.
 * @param now the clock; the wall clock unless told
 */
export const openTestSite = async (now: () => Instant = () => Date.now() as Instant): Promise<TestSite> => {
  const { dir, remove } = tempDir();
  const place_dir = path.join(import.meta.dirname, '../../data/zhoushan');
  try {
    const bare = await openBareSite({ data_dir: dir, id: siteId('test'), prefix: 'TS', now, place_dir });
    const end = async (): Promise<void> => {
      await bare.close();
      remove();
    };
    return { ...bare, dir, end };
  } catch (error) {
    remove();
    throw error;
  }
};
