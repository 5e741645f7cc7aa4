import { type ReactNode, useId } from 'react';
import type { Fact } from '#core/matter/kind.ts';
import { useNow } from '../stream/now.ts';
import { useSay } from '../text/say.ts';
import { M } from '../text/matter-words.ts';
import { URGENCY, W } from '../text/words.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { RadioGroup } from '../ui/radio-group.tsx';
import { FileField } from './file-field.tsx';
import type { Change } from './files.ts';
import { MatterField } from './matter-field.tsx';
import { PositionField } from './position-field.tsx';
import { UnitField } from './unit-field.tsx';
import { textOf } from './values.ts';

export interface FieldProps {
  readonly name: string;
  readonly fact: Fact;
  readonly value: unknown;
  readonly onChange: (change: Change<unknown>) => void;
  readonly required: boolean;
  readonly focus?: boolean;
}

/** The field of one fact, by the fact's declared type. */
export const Field = (props: FieldProps): ReactNode => {
  const say = useSay();
  const { fact } = props;
  const label = `${props.name}-${useId()}`;
  return (
    <div className={`field field-${fact.type}`} role="group" aria-labelledby={label} data-fact={props.name}>
      <span className="field-name" id={label}>
        {say(fact.name)}
        {!props.required && <em>{say(W.optional)}</em>}
        {fact.personal === true && <em className="field-sealed">{say(M.sealed)}</em>}
      </span>
      <Input {...props} label={label} onChange={(value) => props.onChange(() => value)} change={props.onChange} />
      {fact.hint !== undefined && <span className="field-hint">{say(fact.hint)}</span>}
    </div>
  );
};

const Input = (props: InputProps): ReactNode => {
  switch (props.fact.type) {
    case 'paragraph':
      return <Paragraph {...props} />;
    case 'integer':
    case 'number':
      return isStars(props.fact) ? <Stars {...props} /> : <NumberInput {...props} />;
    case 'boolean':
      return <Flag {...props} />;
    case 'choice':
      return <Choice {...props} />;
    case 'instant':
      return <InstantInput {...props} />;
    case 'position':
      return <PositionField {...props} />;
    case 'unit':
      return <UnitField {...props} />;
    case 'matter':
      return <MatterField {...props} />;
    case 'file':
      return <FileField value={props.value} label={props.label} onChange={props.change} />;
    default:
      return <Line {...props} />;
  }
};
interface InputProps extends Omit<FieldProps, 'onChange'> {
  readonly label: string;
  readonly onChange: (value: unknown) => void;
  /** For what is added to by and by. */
  readonly change: FieldProps['onChange'];
}

const Line = ({ fact, value, onChange, label, required, focus }: InputProps): ReactNode => (
  <input
    className="input"
    aria-labelledby={label}
    aria-required={required}
    autoFocus={focus === true}
    type={fact.type === 'phone' ? 'tel' : 'text'}
    inputMode={fact.type === 'phone' ? 'tel' : 'text'}
    autoComplete="off"
    maxLength={fact.type === 'phone' ? 20 : (fact.max_length ?? 200)}
    value={textOf(value)}
    onChange={(event) => onChange(event.target.value)}
  />
);

const Paragraph = ({ fact, value, onChange, label, required, focus }: InputProps): ReactNode => (
  <textarea
    className="input"
    aria-labelledby={label}
    aria-required={required}
    autoFocus={focus === true}
    rows={3}
    maxLength={fact.max_length ?? 4000}
    value={textOf(value)}
    onChange={(event) => onChange(event.target.value)}
  />
);

const NumberInput = ({ fact, value, onChange, label, required }: InputProps): ReactNode => {
  const say = useSay();
  return (
    <span className="with-unit">
      <input
        className="input figures"
        aria-labelledby={label}
        aria-required={required}
        type="number"
        inputMode={fact.type === 'integer' ? 'numeric' : 'decimal'}
        step={fact.type === 'integer' ? 1 : 'any'}
        min={fact.min}
        max={fact.max}
        value={typeof value === 'number' ? value : ''}
        onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.valueAsNumber)}
      />
      {fact.unit !== undefined && <span className="muted">{say(fact.unit)}</span>}
    </span>
  );
};

/** A whole number from one to five is given as stars. */
const isStars = (fact: Fact): boolean => fact.type === 'integer' && fact.min === 1 && fact.max === 5;
const STARS = [1, 2, 3, 4, 5];
const Stars = ({ fact, value, onChange, label }: InputProps): ReactNode => {
  const say = useSay();
  const given = typeof value === 'number' ? value : 0;
  return (
    <RadioGroup
      className="stars"
      labelledBy={label}
      typed
      chosen={given === 0 ? null : String(given)}
      onChoose={(key) => onChange(Number(key))}
      options={STARS.map((count) => ({
        key: String(count),
        label: `${say(fact.name)} ${count}`,
        className: count <= given ? 'star star-on' : 'star',
        body: <Icon name="star" size={30} />,
      }))}
    />
  );
};

const Flag = ({ value, onChange, label }: InputProps): ReactNode => {
  const say = useSay();
  return (
    <RadioGroup
      className="choices"
      labelledBy={label}
      clearable
      chosen={typeof value === 'boolean' ? String(value) : null}
      onChoose={(key) => onChange(key === null ? undefined : key === 'true')}
      options={[true, false].map((option) => ({
        key: String(option),
        className: 'chip',
        body: say(option ? W.yes : W.no),
      }))}
    />
  );
};

/** Few choices stand side by side, one click each; many fold into a list. Grades are also chosen by their digit. */
const CHIPS_MAX = 18;
const Choice = ({ fact, value, onChange, label, required }: InputProps): ReactNode => {
  const say = useSay();
  const choices = Object.entries(fact.choices ?? {});
  const graded = choices.length > 0 && choices.every(([key]) => key in URGENCY);
  if (choices.length > CHIPS_MAX) {
    return (
      <select
        className="input"
        aria-labelledby={label}
        value={textOf(value)}
        onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
      >
        <option value="">{say(M.choose)}</option>
        {choices.map(([key, words]) => (
          <option key={key} value={key}>
            {say(words)}
          </option>
        ))}
      </select>
    );
  }
  return (
    <RadioGroup
      className="choices"
      labelledBy={label}
      clearable={!required}
      typed={graded}
      chosen={typeof value === 'string' ? value : null}
      onChoose={(key) => onChange(key ?? undefined)}
      options={choices.map(([key, words]) => ({
        key,
        className: 'chip',
        urgency: graded ? key : undefined,
        body: say(words),
      }))}
    />
  );
};

/** `datetime-local` speaks the machine's own zone without naming it. */
const toLocal = (at_ms: number): string => {
  const at = new Date(at_ms);
  return new Date(at_ms - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
};
export const InstantInput = ({
  value,
  onChange,
  label,
}: Pick<InputProps, 'value' | 'onChange' | 'label'>): ReactNode => {
  const say = useSay();
  const now = useNow();
  return (
    <span className="with-unit">
      <input
        className="input figures"
        type="datetime-local"
        aria-labelledby={label}
        value={typeof value === 'number' ? toLocal(value) : ''}
        onChange={(event) => onChange(event.target.value === '' ? undefined : new Date(event.target.value).getTime())}
      />
      <Button tone="quiet" onClick={() => onChange(Math.floor(now / 60_000) * 60_000)}>
        {say(M.now)}
      </Button>
    </span>
  );
};
