import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, StrictMode, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { makeCache, useSite } from './api/cache.ts';
import { DemoAccounts } from './session/login.tsx';
import { useSetupToken } from './session/setup-token.ts';
import { useSay } from './text/say.ts';
import { START } from './text/start-words.ts';
import { W } from './text/words.ts';
import { Failed, Loading } from './ui/blank.tsx';
import { DrillBanner, Mark, Switches } from './ui/chrome.tsx';
import { startFace } from './ui/face.tsx';
import './ui/base.css';
import './ui/parts.css';
import './start.css';

const FACES = [
  { path: '/desk/', name: START.desk, about: START.deskAbout, mark: '指' },
  { path: '/field/', name: START.field, about: START.fieldAbout, mark: '行' },
  { path: '/public/', name: START.public, about: START.publicAbout, mark: '民' },
] as const;

/** The front door: what this is, and a way into each face. */
const Start = (): ReactNode => {
  const say = useSay();
  const site = useSite();
  const token = useSetupToken();
  useEffect(() => {
    if (token !== null) location.replace(`/desk/#setup=${encodeURIComponent(token)}`);
  }, [token]);
  return (
    <div className="start">
      <DrillBanner />
      <header className="start-head">
        <Mark size={52} />
        <div>
          <h1>{say(W.qundao)}</h1>
          <p>{say(START.line)}</p>
        </div>
        <Switches />
      </header>
      <nav className="start-faces" aria-label={say(START.faces)}>
        {FACES.map((face) => (
          <a key={face.path} className="start-face" href={face.path}>
            <i aria-hidden="true">{face.mark}</i>
            <h2>{say(face.name)}</h2>
            <p className="muted">{say(face.about)}</p>
          </a>
        ))}
      </nav>
      {site.isPending && <Loading />}
      {site.isError && <Failed error={site.error} onRetry={() => void site.refetch()} />}
      {site.data?.needs_setup === true && (
        <p className="start-setup">
          {say(START.setup)} <a href="/desk/">{say(START.setupGo)}</a>
        </p>
      )}
      {site.data !== undefined && (
        <DemoAccounts site={site.data} onEnter={(_session, face) => location.assign(`/${face}/`)} />
      )}
      {site.data !== undefined && (
        <footer className="muted figures">
          {say(site.data.name)} · {site.data.id} · {site.data.version} · <a href="/docs">{say(START.api)}</a>
        </footer>
      )}
    </div>
  );
};

startFace();
createRoot(document.getElementById('root') ?? document.body).render(
  <StrictMode>
    <QueryClientProvider client={makeCache()}>
      <Start />
    </QueryClientProvider>
  </StrictMode>,
);
