import { type ReactNode, useState } from 'react';
import { useSay } from '../text/say.ts';
import { W } from '../text/words.ts';
import { Button } from '../ui/button.tsx';
import { Mark } from '../ui/chrome.tsx';
import { receiptHash } from './receipt.ts';
import { P } from './words.ts';

/** The receipt. The secret stands after the #, which a browser never sends to a server or a log. */
export const Ticket = (props: {
  readonly receipt: string;
  readonly number: string;
  readonly onFollow: () => void;
}): ReactNode => {
  const say = useSay();
  const [copied, setCopied] = useState(false);
  const link = `${location.origin}/public/${receiptHash(props.receipt)}`;
  const copy = (): void => {
    navigator.clipboard?.writeText(link).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <main className="ticket-page">
      <article className="ticket">
        <header>
          <Mark size={36} />
          <h1>{say(P.receipt)}</h1>
        </header>
        <p className="muted">{say(P.receiptNumber)}</p>
        <p className="ticket-number figures" data-testid="number">
          {props.number}
        </p>
        <hr />
        <p className="muted">{say(P.receiptCode)}</p>
        <p className="ticket-code figures" data-testid="receipt">
          {props.receipt}
        </p>
        <p className="muted ticket-keep">{say(P.receiptKeep)}</p>
        <a className="ticket-link figures" href={receiptHash(props.receipt)}>
          {link}
        </a>
        {'clipboard' in navigator && (
          <Button className="large" onClick={copy}>
            {say(copied ? W.copied : P.copyLink)}
          </Button>
        )}
      </article>
      <Button className="large large-go" tone="primary" onClick={props.onFollow}>
        {say(P.follow)}
      </Button>
    </main>
  );
};
