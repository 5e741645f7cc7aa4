import type { SiteState, SitesView } from '#wire/sites.ts';

/** What a person must know of the links first. */
export type Standing =
  | { readonly type: 'holds' }
  /** The way to everybody above is cut: the island is on its own. */
  | { readonly type: 'alone'; readonly site: SiteState }
  | { readonly type: 'cut'; readonly sites: readonly SiteState[] }
  | { readonly type: 'forked' | 'behind' | 'skewed'; readonly site: SiteState }
  | { readonly type: 'linked'; readonly count: number };

/** The gravest thing there is to say of the links; null where the site stands alone by design. */
export const standingOf = ({ sites, holds }: SitesView): Standing | null => {
  const own = sites.find((one) => one.link === 'own');
  if (own === undefined) return null;
  if (holds) return { type: 'holds' };
  const cut = sites.filter((one) => one.link === 'cut');
  const parent = cut.find((one) => one.id === own.parent);
  if (parent !== undefined) return { type: 'alone', site: parent };
  if (cut.length > 0) return { type: 'cut', sites: cut };
  const forked = sites.find((one) => one.forked);
  if (forked !== undefined) return { type: 'forked', site: forked };
  const behind = sites.find((one) => one.lag > 0);
  if (behind !== undefined) return { type: 'behind', site: behind };
  const skewed = sites.find((one) => one.is_skewed);
  if (skewed !== undefined) return { type: 'skewed', site: skewed };
  return { type: 'linked', count: sites.length };
};
