import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { publicKind } from '#core/matter/public.ts';
import { makeCache, useKinds } from '../api/cache.ts';
import { useSay } from '../text/say.ts';
import { W } from '../text/words.ts';
import { Empty, Failed, Loading } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { DrillBanner, Mark, Switches } from '../ui/chrome.tsx';
import { SiteClock, startFace } from '../ui/face.tsx';
import { useRemembered } from '../ui/remembered.ts';
import '../ui/base.css';
import '../ui/parts.css';
import '../matter/matter.css';
import '../map/map.css';
import './public.css';
import { elder, startElder } from './elder.ts';
import { FollowPage } from './follow.tsx';
import { HaveReceipt } from './have-receipt.tsx';
import { Emergency } from './question.tsx';
import { receiptHash, receiptIn } from './receipt.ts';
import { Report } from './report.tsx';
import { Ticket } from './ticket.tsx';
import { P } from './words.ts';

const useReceipt = (): string | null => {
  const [receipt, setReceipt] = useState(() => receiptIn(location.hash));
  useEffect(() => {
    const changed = (): void => setReceipt(receiptIn(location.hash));
    globalThis.addEventListener('hashchange', changed);
    return () => globalThis.removeEventListener('hashchange', changed);
  }, []);
  return receipt;
};

const Public = (): ReactNode => {
  const say = useSay();
  const kinds = useKinds();
  const receipt = useReceipt();
  const [sent, setSent] = useState<{ readonly receipt: string; readonly number: string } | null>(null);
  const [large, setLarge] = useRemembered(elder);
  const kind = publicKind(kinds.data?.kinds ?? []);
  const body = (): ReactNode => {
    if (kinds.data === undefined)
      return kinds.isError ? (
        <>
          <Emergency />
          <Failed error={kinds.error} onRetry={() => void kinds.refetch()} />
        </>
      ) : (
        <Loading rows={5} />
      );
    if (receipt !== null) return <FollowPage receipt={receipt} kinds={kinds.data.kinds} />;
    if (sent !== null) return <Ticket {...sent} onFollow={() => location.assign(receiptHash(sent.receipt))} />;
    if (kind === undefined) return <Empty words={P.closedHere} hint={P.closedHint} />;
    return <Report kind={kind} onSent={(code, number) => setSent({ receipt: code, number })} foot={<HaveReceipt />} />;
  };
  return (
    <div className="public">
      <header className="public-top">
        <a href="/public/" className="public-name" onClick={() => setSent(null)}>
          <Mark size={28} /> <b>{say(W.qundao)}</b> <span>{say(receipt === null ? P.title : P.followTitle)}</span>
        </a>
        <button type="button" className="switch" aria-pressed={large} onClick={() => setLarge(!large)}>
          {say(large ? P.normal : P.elder)}
        </button>
        <Switches />
      </header>
      <DrillBanner />
      <SiteClock />
      {body()}
      {receipt !== null && <Another />}
    </div>
  );
};

const Another = (): ReactNode => {
  const say = useSay();
  return (
    <Button tone="quiet" className="aside" onClick={() => location.assign('#')}>
      {say(P.another)}
    </Button>
  );
};

startFace();
startElder();
createRoot(document.getElementById('root') ?? document.body).render(
  <StrictMode>
    <QueryClientProvider client={makeCache()}>
      <Public />
    </QueryClientProvider>
  </StrictMode>,
);
