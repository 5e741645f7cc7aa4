import type { ReactNode } from 'react';
import { useSite } from '../api/cache.ts';
import { useLink } from '../stream/live.tsx';
import { useNow } from '../stream/now.ts';
import { duration } from '../text/format.ts';
import { toggleLanguage, useLanguage, useSay } from '../text/say.ts';
import { LINK, W } from '../text/words.ts';
import { toggleTheme, useTheme } from '../theme/theme.ts';
import { Icon } from './icon.tsx';
import { useRemembered } from './remembered.ts';
import { muted } from './sound.ts';

/** The lantern over the water. */
export const Mark = (props: { readonly size?: number }): ReactNode => (
  <svg width={props.size ?? 32} height={props.size ?? 32} viewBox="0 0 32 32" aria-hidden="true">
    <circle cx="16" cy="10" r="4.500" fill="var(--lanternFill)" />
    <path
      d="M3 21c3-3 6-3 8.500 0s5.500 3 8.500 0 5.500-3 9 0"
      fill="none"
      stroke="var(--link)"
      strokeWidth="2.200"
      strokeLinecap="round"
    />
    <path
      d="M8 27c2.500-2 4.500-2 6.500 0s4.500 2 7 0"
      fill="none"
      stroke="var(--muted)"
      strokeWidth="2"
      strokeLinecap="round"
    />
  </svg>
);

/** Language and colours, on every face in the same place. */
export const Switches = (): ReactNode => {
  const say = useSay();
  const theme = useTheme();
  const themeLabel = say(theme.name === 'dark' ? W.toLight : W.toDark);
  return (
    <span className="switches">
      <button
        type="button"
        className="switch"
        onClick={toggleLanguage}
        title={say(W.languageHint)}
        aria-label={say(W.languageHint)}
      >
        {say(W.language)}
      </button>
      <button type="button" className="switch" onClick={toggleTheme} title={themeLabel} aria-label={themeLabel}>
        <Icon name={theme.name === 'dark' ? 'sun' : 'moon'} />
      </button>
    </span>
  );
};

/** Sound on or off, always in sight where something may sound. */
export const Mute = (): ReactNode => {
  const say = useSay();
  const [mute, setMute] = useRemembered(muted);
  const label = say(mute ? W.unmute : W.mute);
  return (
    <button
      type="button"
      className="switch"
      aria-pressed={mute}
      title={label}
      aria-label={label}
      onClick={() => setMute(!mute)}
    >
      <Icon name={mute ? 'mute' : 'bell'} />
    </button>
  );
};

/** Whether the picture is live, and how old it is. */
export const LinkState = (): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const link = useLink();
  const now = useNow();
  const age_s = link.heard_ms === null ? null : (now - link.skew_ms - link.heard_ms) / 1000;
  const old = age_s !== null && (link.state !== 'live' || age_s > 20);
  return (
    <span
      className={`link link-${link.state}`}
      role="status"
      title={link.state === 'cut' ? say(LINK.cutHint) : undefined}
    >
      <i className="link-dot" />
      {say(LINK[link.state])}
      {old && <span className="muted figures"> {say(LINK.age, { age: duration(age_s, lang) })}</span>}
    </span>
  );
};

/** Says without doubt that this is not the real thing. */
export const DrillBanner = (props: { readonly matter?: boolean }): ReactNode => {
  const say = useSay();
  const site = useSite();
  if (props.matter !== true && site.data?.demonstration !== true) return null;
  return (
    <p className="drill" role="note">
      <strong>{say(W.drillBoth)}</strong>
      <span>{say(props.matter === true ? W.drillMatter : W.drillSite)}</span>
    </p>
  );
};
