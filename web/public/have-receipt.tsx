import { type ReactNode, useState } from 'react';
import { useSay } from '../text/say.ts';
import { Button } from '../ui/button.tsx';
import { receiptHash, receiptTyped } from './receipt.ts';
import { P } from './words.ts';

/** The way back to a report made before, by its code or its link. */
export const HaveReceipt = (props: { readonly open?: boolean }): ReactNode => {
  const say = useSay();
  const [open, setOpen] = useState(props.open === true);
  const [code, setCode] = useState('');
  if (!open) {
    return (
      <Button tone="quiet" className="aside" onClick={() => setOpen(true)}>
        {say(P.haveReceipt)}
      </Button>
    );
  }
  return (
    <form
      className="have-receipt"
      onSubmit={(event) => {
        event.preventDefault();
        const receipt = receiptTyped(code);
        if (receipt !== null) location.assign(receiptHash(receipt));
      }}
    >
      <input
        className="input"
        autoFocus
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        aria-label={say(P.codeHere)}
        placeholder={say(P.codeHere)}
        value={code}
        onChange={(event) => setCode(event.target.value)}
      />
      <Button type="submit" tone="primary">
        {say(P.look)}
      </Button>
    </form>
  );
};
