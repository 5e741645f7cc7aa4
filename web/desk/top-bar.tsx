import { Dropdown } from 'antd';
import { type ReactNode, useState } from 'react';
import { useKinds, useSite } from '../api/cache.ts';
import { mayErase } from '../api/kinds.ts';
import { EraseDialog } from '../matter/erase.tsx';
import { useSession } from '../session/session.tsx';
import { SitesLine } from '../sites/sites-state.tsx';
import { useNow } from '../stream/now.ts';
import { clockSeconds } from '../text/format.ts';
import { E } from '../text/erase-words.ts';
import { useSay } from '../text/say.ts';
import { SESSION, W } from '../text/words.ts';
import { LinkState, Mark, Mute, Switches } from '../ui/chrome.tsx';
import { Icon } from '../ui/icon.tsx';
import { D } from './words.ts';

export const TopBar = (props: { readonly children: ReactNode; readonly onHelp: () => void }): ReactNode => {
  const say = useSay();
  const site = useSite().data;
  const now = useNow();
  return (
    <header className="top">
      <Mark size={26} />
      <b className="top-name">
        {say(W.qundao)} <span className="muted">{site !== undefined && say(site.name)}</span>
      </b>
      {props.children}
      <SitesLine />
      <LinkState />
      <time className="top-clock figures">{clockSeconds(now)}</time>
      <span className="switches">
        <Mute />
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
  const [erasing, setErasing] = useState(false);
  const erase = mayErase(session.roles) ? [{ key: 'erase', label: say(E.open), onClick: () => setErasing(true) }] : [];
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            {
              key: 'roles',
              disabled: true,
              label: session.roles.map((role) => say(roles[role] ?? { zh: role, en: role })).join(' · '),
            },
            ...erase,
            { key: 'leave', label: say(SESSION.leave), onClick: () => void leave() },
          ],
        }}
      >
        <button type="button" className="switch me" aria-label={say(D.me)}>
          <Icon name="person" /> <span>{say(session.name)}</span>
        </button>
      </Dropdown>
      {erasing && <EraseDialog matter={null} onClose={() => setErasing(false)} />}
    </>
  );
};
