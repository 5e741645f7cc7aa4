import type { ReactNode } from 'react';
import { textOf } from '../matter/values.ts';
import { useSay } from '../text/say.ts';
import type { AskProps } from './report.tsx';
import { P } from './words.ts';

export const AskPhone = ({ fields, facts, set }: AskProps): ReactNode => {
  const say = useSay();
  const { phone } = fields;
  return (
    phone !== undefined && (
      <input
        className="input"
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        aria-label={say(P.phone)}
        placeholder={say(P.phone)}
        maxLength={20}
        data-fact={phone.name}
        value={textOf(facts[phone.name])}
        onChange={(event) => set(phone.name, event.target.value)}
      />
    )
  );
};
