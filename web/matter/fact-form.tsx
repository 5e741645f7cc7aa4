import type { ReactNode } from 'react';
import type { Asked } from '../api/kinds.ts';
import type { Facts } from '../api/calls.ts';
import { Field } from './fields.tsx';
import { isBlank } from './values.ts';

/** First required fact still empty, or null when the form may be sent. */
export const missing = (fields: readonly Asked[], facts: Facts): Asked | null =>
  fields.find((one) => one.required && isBlank(facts[one.name])) ?? null;

/** What to send: only what was filled in. */
export const filled = (facts: Facts): Facts =>
  Object.fromEntries(Object.entries(facts).filter(([, value]) => !isBlank(value)));

/** The fields a step or a raise takes, in the order declared. */
export const FactForm = (props: {
  readonly fields: readonly Asked[];
  readonly facts: Facts;
  /** Takes a change, not a result: an upload that ends late must not undo what was typed meanwhile. */
  readonly onChange: (change: (facts: Facts) => Facts) => void;
  /** Name of the fact in which the caret starts; the first one unless told. */
  readonly focus?: string;
}): ReactNode => {
  const focus = props.focus ?? props.fields[0]?.name;
  return (
    <div className="facts-form">
      {props.fields.map((one) => (
        <Field
          key={one.name}
          name={one.name}
          fact={one.fact}
          required={one.required}
          focus={one.name === focus}
          value={props.facts[one.name]}
          onChange={(change) => props.onChange((held) => ({ ...held, [one.name]: change(held[one.name]) }))}
        />
      ))}
    </div>
  );
};
