import { Popover } from 'antd';
import type { ReactNode } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { SiteState, SitesView } from '#wire/sites.ts';
import { KEYS, useKinds } from '../api/cache.ts';
import * as calls from '../api/calls.ts';
import { useNow } from '../stream/now.ts';
import { duration, moment } from '../text/format.ts';
import { type Say, useLanguage, useSay } from '../text/say.ts';
import { Refusal } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { type Standing, standingOf } from './standing.ts';
import { useSites } from './use-sites.ts';
import { S } from './words.ts';
import './sites.css';

/** The links to other sites in one line, gravest first; all of them on a click. Nothing where the site stands alone. */
export const SitesLine = (): ReactNode => {
  const say = useSay();
  const age = useAge();
  const view = useSites().data;
  const standing = view === undefined ? null : standingOf(view);
  if (view === undefined || standing === null) return null;
  const waiting = view.outbox.filter(({ state }) => state === 'waiting').length;
  return (
    <Popover trigger="click" placement="bottomRight" title={say(S.title)} content={<All view={view} />}>
      <button type="button" className={`sites sites-${standing.type}`} data-testid="sites" role="status">
        <i className="sites-dot" />
        {lineOf(standing, say, age)}
        {waiting > 0 && <b className="figures">{say(S.waits, { n: waiting })}</b>}
      </button>
    </Popover>
  );
};

type Age = (since_ms: number | null) => string;

const useAge = (): Age => {
  const lang = useLanguage();
  const now = useNow();
  return (since_ms) => (since_ms === null ? '–' : duration((now - since_ms) / 1000, lang));
};

const lineOf = (standing: Standing, say: Say, age: Age): string => {
  switch (standing.type) {
    case 'holds':
      return say(S.holds);
    case 'alone':
      return say(S.alone, { age: age(standing.site.since_ms) });
    case 'cut': {
      const [only, ...more] = standing.sites;
      return only === undefined || more.length > 0
        ? say(S.several, { n: standing.sites.length })
        : say(S.some, { name: say(only.name), age: age(only.since_ms) });
    }
    case 'forked':
      return `${say(standing.site.name)} ${say(S.forked)}`;
    case 'behind':
      return say(S.behind, { name: say(standing.site.name), n: standing.site.lag });
    case 'skewed':
      return `${say(standing.site.name)} ${say(S.skewed, { n: Math.round((standing.site.skew_ms ?? 0) / 1000) })}`;
    case 'linked':
      return say(S.all, { n: standing.count });
  }
};

const All = ({ view }: { readonly view: SitesView }): ReactNode => (
  <>
    <SiteList sites={view.sites} />
    {view.outbox.length > 0 && <Outbox view={view} />}
  </>
);

/** What was asked of other sites here: what waits can be taken back. */
const Outbox = ({ view: { sites, outbox } }: { readonly view: SitesView }): ReactNode => {
  const say = useSay();
  const now = useNow();
  const cache = useQueryClient();
  const kinds = useKinds().data;
  const withdraw = useMutation({
    mutationFn: calls.withdrawAsk,
    onSuccess: (view) => cache.setQueryData(KEYS.sites, view),
  });
  const stepName = (step: string): string => {
    const named = kinds?.kinds.map((kind) => kind.steps[step]?.name).find((one) => one !== undefined);
    return named === undefined ? step : say(named);
  };
  return (
    <>
      <h3 className="sites-outbox">{say(S.outbox)}</h3>
      <ul className="sites-list">
        {outbox.toReversed().map((one) => (
          <li key={one.ask} data-state={one.state}>
            <b>{stepName(one.step)}</b> <span className="figures">{one.matter}</span>{' '}
            <span className="muted">
              → {say(sites.find(({ id }) => id === one.owner)?.name ?? { zh: one.owner, en: one.owner })} ·{' '}
              {moment(one.at_ms, now)} · {say(S[one.state])}
            </span>
            {one.words !== null && <p className="muted">{say(one.words)}</p>}
            {one.state === 'waiting' && (
              <Button busy={withdraw.isPending} onClick={() => withdraw.mutate(one.ask)}>
                {say(S.withdraw)}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Refusal error={withdraw.error} />
    </>
  );
};

const SiteList = ({ sites }: { readonly sites: readonly SiteState[] }): ReactNode => (
  <ul className="sites-list">
    {sites.map((site) => (
      <SiteItem key={site.id} site={site} />
    ))}
  </ul>
);

const SiteItem = ({ site }: { readonly site: SiteState }): ReactNode => {
  const say = useSay();
  const age = useAge();
  const now = useNow();
  const alone = site.link === 'cut' && site.parent === null;
  return (
    <li data-link={site.link}>
      <b>{say(site.name)}</b> <span className="muted figures">{site.prefix}</span>
      <p>{linkOf(site, say, age, now)}</p>
      <p className="muted figures">
        {say(S.held, { n: site.held })}
        {site.lag > 0 && <> · {say(S.lag, { n: site.lag })}</>}
        {site.is_skewed && <> · {say(S.skewed, { n: Math.round((site.skew_ms ?? 0) / 1000) })}</>}
        {site.forked && <> · {say(S.forked)}</>}
      </p>
      {alone && <p className="muted">{say(S.aloneWhy)}</p>}
    </li>
  );
};

const linkOf = (site: SiteState, say: Say, age: Age, now: number): string => {
  switch (site.link) {
    case 'own':
      return say(S.own);
    case 'linked':
      return say(S.linked, { age: age(site.since_ms) });
    case 'cut':
      return site.heard_ms === null
        ? say(S.never)
        : say(S.cut, { age: age(site.since_ms), at: moment(site.heard_ms, now) });
    case 'beyond':
      return say(S.beyond);
  }
};

/** Says that a matter is another site's, and, when that cannot be heard, how old the picture is. */
export const ElsewhereNote = ({ site }: { readonly site: SiteState }): ReactNode => {
  const say = useSay();
  const now = useNow();
  return (
    <p className={site.link === 'cut' ? 'elsewhere elsewhere-old' : 'elsewhere'} role="note" data-testid="elsewhere">
      {say(S.elsewhere, { name: say(site.name) })}
      {site.link === 'cut' && site.heard_ms !== null && <> {say(S.asOf, { at: moment(site.heard_ms, now) })}</>}
    </p>
  );
};
