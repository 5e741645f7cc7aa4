import { useEffect } from 'react';
import { useSite } from '../api/cache.ts';
import { useLink } from '../stream/live.tsx';
import { setSkew } from '../stream/now.ts';
import { setZone } from '../text/format.ts';
import { startLanguage } from '../text/say.ts';
import { startTheme } from '../theme/theme.ts';

/** What every face does before it draws. */
export const startFace = (): void => {
  startTheme();
  startLanguage();
};

/** Keeps times in the site's zone and on the server's clock. */
export const SiteClock = (): null => {
  const site = useSite().data;
  const link = useLink();
  useEffect(() => {
    if (site !== undefined) setZone(site.time_zone);
  }, [site]);
  useEffect(() => {
    if (link.heard_ms !== null) setSkew(link.skew_ms);
  }, [link.heard_ms, link.skew_ms]);
  return null;
};
