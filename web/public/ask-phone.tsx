import type { ReactNode } from 'react';
import type { Asked } from '../api/kinds.ts';
import { Field } from '../matter/fields.tsx';
import { textOf } from '../matter/values.ts';
import { useSay } from '../text/say.ts';
import type { AskProps } from './report.tsx';
import { P } from './words.ts';

export const AskPhone = (props: AskProps): ReactNode => {
  const say = useSay();
  const { phone, more } = props.fields;
  const optional = more.filter((one) => !one.required);
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
          onChange={(event) => props.set(phone.name, event.target.value)}
        />
      )}
      <Others {...props} fields={more.filter((one) => one.required)} />
      {optional.length > 0 && (
        <details className="question-more">
          <summary>{say(P.moreToSay)}</summary>
          <Others {...props} fields={optional} />
        </details>
      )}
    </>
  );
};

/** What else the declaration asks, as any form asks it. */
const Others = ({
  fields,
  facts,
  set,
}: Omit<AskProps, 'fields'> & { readonly fields: readonly Asked[] }): readonly ReactNode[] =>
  fields.map(({ name, fact, required }) => (
    <div key={name} data-fact={name}>
      <Field name={name} fact={fact} required={required} value={facts[name]} onChange={(value) => set(name, value)} />
    </div>
  ));
