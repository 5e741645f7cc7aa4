import process from 'node:process';
import { siteId } from '#core/base/ids.ts';
import type { Instant } from '#core/base/instant.ts';
import { openBareSite } from '#main/replay/site.ts';
import { PLACE_DIR } from './scratch.ts';

/** What one opening of a ledger took. */
export interface Opening {
  readonly events: number;
  readonly open: number;
  readonly took_s: number;
  /** Of that, reading and checking the ledger. */
  readonly check_s: number;
  readonly rss_mb: number;
}

/** Opens the site in the directory named by the first argument in a process of its own, and says what it took. */
const main = async (): Promise<void> => {
  const began = performance.now();
  let check_s = 0;
  const bare = await openBareSite({
    data_dir: process.argv[2] ?? '',
    id: siteId('bench'),
    prefix: 'BE',
    now: () => Date.now() as Instant,
    place_dir: PLACE_DIR,
    watch: (store) => ({
      ...store,
      check: async (site, key) => {
        const from = performance.now();
        const checked = await store.check(site, key);
        check_s = (performance.now() - from) / 1000;
        return checked;
      },
    }),
  });
  const took_s = (performance.now() - began) / 1000;
  const { book, seq } = bare.site.views;
  const opening: Opening = {
    events: seq,
    open: book.openCount,
    took_s,
    check_s,
    rss_mb: process.memoryUsage.rss() / 2 ** 20,
  };
  await bare.close();
  process.stdout.write(JSON.stringify(opening));
};

if (import.meta.main) await main();
