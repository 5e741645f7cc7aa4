import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Text } from '#core/base/text.ts';
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

interface InputProps {
  readonly label: Text;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What password managers know the value by. */
  readonly knownAs?: 'username' | 'current-password' | 'new-password';
  readonly focus?: boolean;
}

const Input = (props: InputProps): ReactNode => {
  const say = useSay();
  const secret = props.knownAs?.endsWith('-password') === true;
  return (
    <label className="field">
      <span className="field-name">{say(props.label)}</span>
      <input
        className="input"
        required
        type={secret ? 'password' : 'text'}
        name={secret ? 'password' : props.knownAs}
        autoComplete={props.knownAs ?? 'off'}
        autoCapitalize="none"
        autoFocus={props.focus ?? false}
        data-first={props.focus === true ? '' : undefined}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </label>
  );
};

/** A form that ends in a session, or says why not. */
const EntryForm = (props: {
  readonly submit: Text;
  readonly attempt: () => Promise<Session>;
  readonly onEnter: Enter;
  readonly children: ReactNode;
}): ReactNode => {
  const say = useSay();
  const { busy, error, go } = useAttempt(props.onEnter);
  return (
    <form
      className="form"
      onSubmit={(event) => {
        event.preventDefault();
        void go(props.attempt);
      }}
    >
      {props.children}
      <Refusal error={error} />
      <Button tone="primary" type="submit" busy={busy}>
        {say(props.submit)}
      </Button>
    </form>
  );
};

export const LoginForm = (props: { readonly onEnter: Enter; readonly name?: string }): ReactNode => {
  const [name, setName] = useState(props.name ?? '');
  const [password, setPassword] = useState('');
  const known = props.name !== undefined;
  return (
    <EntryForm submit={SESSION.enter} attempt={() => calls.login(name.trim(), password)} onEnter={props.onEnter}>
      <Input label={SESSION.name} knownAs="username" value={name} onChange={setName} focus={!known} />
      <Input
        label={SESSION.password}
        knownAs="current-password"
        value={password}
        onChange={setPassword}
        focus={known}
      />
    </EntryForm>
  );
};

const SetupForm = (props: { readonly onEnter: Enter; readonly token: string }): ReactNode => {
  const say = useSay();
  const [token, setToken] = useState(props.token);
  const [name, setName] = useState('admin');
  const [password, setPassword] = useState('');
  const setUp = async (): Promise<Session> => {
    const session = await calls.setup(token.trim(), name.trim(), password);
    forgetSetupToken();
    return session;
  };
  return (
    <EntryForm submit={SESSION.setupDone} attempt={setUp} onEnter={props.onEnter}>
      <p className="muted">{say(SESSION.setup)}</p>
      <Input label={SESSION.token} value={token} onChange={setToken} />
      <Input label={SESSION.name} knownAs="username" value={name} onChange={setName} />
      <Input label={SESSION.password} knownAs="new-password" value={password} onChange={setPassword} />
    </EntryForm>
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
