import { Dropdown } from 'antd';
import type { ReactNode } from 'react';
import { useKinds, useSite } from '../api/cache.ts';
import { useSession } from '../session/session.tsx';
import { useNow } from '../stream/now.ts';
import { clockSeconds } from '../text/format.ts';
import { useSay } from '../text/say.ts';
import { SESSION, W } from '../text/words.ts';
import { LinkState, Mark, Switches } from '../ui/chrome.tsx';
import { Icon } from '../ui/icon.tsx';
import { useRemembered } from '../ui/remembered.ts';
import { muted } from './sound.ts';
import { D } from './words.ts';

export const TopBar = (props: { readonly children: ReactNode; readonly onHelp: () => void }): ReactNode => {
  const say = useSay();
  const site = useSite().data;
  const now = useNow();
  const [mute, setMute] = useRemembered(muted);
  const label = say(mute ? D.unmute : D.mute);
  return (
    <header className="top">
      <Mark size={26} />
      <b className="top-name">
        {say(W.qundao)} <span className="muted">{site !== undefined && say(site.name)}</span>
      </b>
      {props.children}
      <LinkState />
      <time className="top-clock figures">{clockSeconds(now)}</time>
      <span className="switches">
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
        <button type="button" className="switch" title={say(D.keys)} aria-label={say(D.keys)} onClick={props.onHelp}>
          ?
        </button>
      </span>
      <Switches />
      <Me />
    </header>
  );
};

const Me = (): ReactNode => {
  const say = useSay();
  const { session, leave } = useSession();
  const roles = useKinds().data?.roles ?? {};
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          {
            key: 'roles',
            disabled: true,
            label: session.roles.map((role) => say(roles[role] ?? { zh: role, en: role })).join(' · '),
          },
          { key: 'leave', label: say(SESSION.leave), onClick: () => void leave() },
        ],
      }}
    >
      <button type="button" className="switch me" aria-label={say(D.me)}>
        <Icon name="person" /> <span>{say(session.name)}</span>
      </button>
    </Dropdown>
  );
};
