import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Session, SiteView } from '#wire/api.ts';
import * as calls from '../api/calls.ts';
import { KEYS, useSite } from '../api/cache.ts';
import { useSay } from '../text/say.ts';
import { SESSION, W } from '../text/words.ts';
import { Loading, Refusal } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { Mark, Switches } from '../ui/chrome.tsx';
import { forgetSetupToken, useSetupToken } from './setup-token.ts';
import './login.css';

type Enter = (session: Session) => void;

/** One attempt at a time; a refusal stays on screen until the next one. */
const useAttempt = (
  onEnter: Enter,
): {
  readonly busy: boolean;
  readonly error: unknown;
  readonly go: (attempt: () => Promise<Session>) => Promise<void>;
} => {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const go = async (attempt: () => Promise<Session>): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      onEnter(await attempt());
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, go };
};

export const LoginForm = (props: { readonly onEnter: Enter; readonly name?: string }): ReactNode => {
  const say = useSay();
  const [name, setName] = useState(props.name ?? '');
  const [password, setPassword] = useState('');
  const { busy, error, go } = useAttempt(props.onEnter);
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void go(() => calls.login(name.trim(), password));
      }}
    >
      <label className="field">
        <span className="field-name">{say(SESSION.name)}</span>
        <input
          className="input"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          required
          value={name}
          autoFocus={props.name === undefined}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <label className="field">
        <span className="field-name">{say(SESSION.password)}</span>
        <input
          className="input"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          value={password}
          autoFocus={props.name !== undefined}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      <Refusal error={error} />
      <Button tone="primary" type="submit" busy={busy}>
        {say(SESSION.enter)}
      </Button>
    </form>
  );
};

const SetupForm = (props: { readonly onEnter: Enter; readonly token: string }): ReactNode => {
  const say = useSay();
  const [token, setToken] = useState(props.token);
  const [name, setName] = useState('admin');
  const [password, setPassword] = useState('');
  const { busy, error, go } = useAttempt(props.onEnter);
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void go(async () => {
          const session = await calls.setup(token.trim(), name.trim(), password);
          forgetSetupToken();
          return session;
        });
      }}
    >
      <p className="muted">{say(SESSION.setup)}</p>
      <label className="field">
        <span className="field-name">{say(SESSION.token)}</span>
        <input className="input" required value={token} onChange={(event) => setToken(event.target.value)} />
      </label>
      <label className="field">
        <span className="field-name">{say(SESSION.name)}</span>
        <input
          className="input"
          required
          autoComplete="username"
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      </label>
      <label className="field">
        <span className="field-name">{say(SESSION.password)}</span>
        <input
          className="input"
          required
          type="password"
          autoComplete="new-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
      </label>
      <Refusal error={error} />
      <Button tone="primary" type="submit" busy={busy}>
        {say(SESSION.setupDone)}
      </Button>
    </form>
  );
};

/** The demonstration's accounts, one click each. */
export const DemoAccounts = (props: {
  readonly site: SiteView;
  readonly face?: string;
  readonly onEnter: (session: Session, face: string) => void;
}): ReactNode => {
  const say = useSay();
  const chosen = useRef('');
  const { busy, error, go } = useAttempt((session) => props.onEnter(session, chosen.current));
  const accounts = props.site.accounts.filter((account) => props.face === undefined || account.face === props.face);
  if (accounts.length === 0) return null;
  return (
    <section className="demo">
      <p className="muted">{say(SESSION.demo)}</p>
      <div className="demo-list">
        {accounts.map((account) => (
          <button
            key={account.name}
            type="button"
            className="demo-account"
            disabled={busy}
            onClick={() => {
              chosen.current = account.face;
              void go(() => calls.login(account.name, account.password));
            }}
          >
            <strong>{say(account.title)}</strong>
            <span className="muted figures">{account.name}</span>
          </button>
        ))}
      </div>
      <Refusal error={error} />
    </section>
  );
};

/** The way in: the set-up while there is no administrator, else the sign-in. */
const Way = (props: { readonly site: SiteView | undefined; readonly onEnter: Enter }): ReactNode => {
  const say = useSay();
  const cache = useQueryClient();
  const token = useSetupToken();
  useEffect(() => {
    // The page may have stood open since before the site was emptied.
    if (token !== null) void cache.invalidateQueries({ queryKey: KEYS.site });
  }, [cache, token]);
  const { site } = props;
  if (site === undefined && token !== null) return <Loading />;
  if (site?.needs_setup === true) return <SetupForm key={token} token={token ?? ''} onEnter={props.onEnter} />;
  return (
    <>
      {token !== null && <p className="muted">{say(SESSION.setupOver)}</p>}
      <LoginForm onEnter={props.onEnter} />
    </>
  );
};

export const LoginPage = (props: { readonly face: string; readonly onEnter: Enter }): ReactNode => {
  const say = useSay();
  const site = useSite();
  return (
    <main className="login">
      <div className="login-card">
        <header className="login-head">
          <Mark />
          <div>
            <h1>{say(W.qundao)}</h1>
            {site.data !== undefined && <p className="muted">{say(site.data.name)}</p>}
          </div>
          <Switches />
        </header>
        <Way site={site.data} onEnter={props.onEnter} />
        {site.data !== undefined && <DemoAccounts site={site.data} face={props.face} onEnter={props.onEnter} />}
      </div>
    </main>
  );
};
