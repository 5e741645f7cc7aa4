import { type ReactNode, useState } from 'react';
import type { Asked } from '../api/kinds.ts';
import { Field } from '../matter/fields.tsx';
import { isBlank, textOf } from '../matter/values.ts';
import { useSay } from '../text/say.ts';
import type { AskProps } from './report.tsx';
import { P } from './words.ts';

export const AskPhone = (props: AskProps): ReactNode => {
  const say = useSay();
  const { phone, more } = props.fields;
  const optional = more.filter((one) => !one.required);
  const [begun] = useState(() => optional.some((one) => !isBlank(props.facts[one.name])));
  return (
    <>
      {phone !== undefined && (
        <input
          className="input"
          type="tel"
          inputMode="tel"
          autoComplete="tel"
          aria-label={say(P.phone)}
          placeholder={say(P.phone)}
          maxLength={20}
          data-fact={phone.name}
          value={textOf(props.facts[phone.name])}
          onChange={(event) => props.set(phone.name, () => event.target.value)}
        />
      )}
      <Others {...props} fields={more.filter((one) => one.required)} />
      {optional.length > 0 && (
        <details className="question-more" open={begun}>
          <summary>{say(P.moreToSay)}</summary>
          <Others {...props} fields={optional} />
        </details>
      )}
    </>
  );
};

/** What else the declaration asks, as any form asks it. */
const Others = (props: Omit<AskProps, 'fields'> & { readonly fields: readonly Asked[] }): readonly ReactNode[] =>
  props.fields.map((one) => (
    <Field key={one.name} {...one} value={props.facts[one.name]} onChange={(change) => props.set(one.name, change)} />
  ));
