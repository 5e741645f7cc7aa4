import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Kind } from '#core/matter/kind.ts';
import type * as calls from '../api/calls.ts';
import { FactForm, filled, missing } from '../matter/fact-form.tsx';
import { useNow } from '../stream/now.ts';
import { useSay } from '../text/say.ts';
import { W } from '../text/words.ts';
import { type Closable, closableName, sortWords } from '../travel/closable.ts';
import { closingFields, factsOfThing } from '../travel/closures.ts';
import { useConditions } from '../travel/data.ts';
import { T } from '../travel/words.ts';
import { Refusal } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { RadioGroup } from '../ui/radio-group.tsx';
import type { TravelPaneProps } from './travel-pane.tsx';
import { useClosing } from './use-closing.ts';

const HOURS = [1, 2, 6, 24] as const;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** Why and until when something is closed. The map knows the rest. */
export const ClosingForm = (props: TravelPaneProps & { readonly kind: Kind; readonly thing: Closable }): ReactNode => {
  const say = useSay();
  const { kind, thing, travel } = props;
  const [facts, setFacts] = useState<calls.Facts>({});
  const [gap, setGap] = useState<string | null>(null);
  const { busy, error, file } = useClosing();
  const form = useRef<HTMLFormElement>(null);
  // What is typed now is meant for the form: on the map or nowhere, a letter would be a key of the desk.
  useEffect(() => form.current?.querySelector<HTMLElement>('[role=radio][tabindex="0"]')?.focus(), []);
  const fields = closingFields(kind);
  const name = closableName(thing);
  const known = useConditions().data?.closures.find((one) => one.what === thing.id);
  const until = kind.closes?.until;
  const go = async (): Promise<void> => {
    const first = missing(fields, facts);
    setGap(first === null ? null : say(W.notFilled, { name: first.fact.name }));
    if (first !== null) return;
    if (await file(kind, { ...factsOfThing(kind, thing, name), ...filled(facts) }, say(name))) travel.stopClosing();
  };
  return (
    <form
      ref={form}
      className="travel-body closing-form"
      aria-label={say(kind.raise.name)}
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void go();
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
      }}
    >
      <ThingHead thing={thing} onOther={() => travel.close(null)} />
      {known !== undefined && (
        <p className="consequence">
          {say(T.alreadyClosed)}{' '}
          <button type="button" className="link-button figures" onClick={() => props.onOpen(known.matter)}>
            {known.matter}
          </button>
        </p>
      )}
      {until !== undefined && (
        <HowLong value={facts[until]} onChange={(at) => setFacts((held) => ({ ...held, [until]: at }))} />
      )}
      <FactForm fields={fields} facts={facts} onChange={setFacts} />
      {gap !== null && (
        <p className="refusal" role="alert">
          {gap}
        </p>
      )}
      <Refusal error={error} />
      <div className="actions">
        <Button tone="primary" type="submit" keycap="Ctrl ↵" busy={busy}>
          {say(kind.raise.name)}
        </Button>
        <Button tone="quiet" keycap="Esc" onClick={travel.stopClosing}>
          {say(W.cancel)}
        </Button>
      </div>
    </form>
  );
};

/** The end of a closure by the hour: nobody types a date at three in the morning. */
const HowLong = (props: {
  readonly value: unknown;
  readonly onChange: (until_ms: number | undefined) => void;
}): ReactNode => {
  const say = useSay();
  const now = useNow();
  const [given, setGiven] = useState<{ readonly key: string; readonly until_ms: number } | null>(null);
  const chosen = props.value === undefined ? 'open' : given?.until_ms === props.value ? given.key : null;
  const choose = (key: string | null): void => {
    const until_ms = Math.ceil(now / MINUTE_MS) * MINUTE_MS + Number(key) * HOUR_MS;
    if (key === null || key === 'open') return props.onChange(undefined);
    setGiven({ key, until_ms });
    props.onChange(until_ms);
  };
  return (
    <div className="field">
      <span className="field-name">{say(T.howLong)}</span>
      <RadioGroup
        className="choices"
        label={say(T.howLong)}
        chosen={chosen}
        onChoose={choose}
        options={[
          ...HOURS.map((hours) => ({ key: String(hours), className: 'chip', body: say(T.hours, { n: hours }) })),
          { key: 'open', className: 'chip', body: say(T.untilOpened) },
        ]}
      />
    </div>
  );
};

const ThingHead = (props: { readonly thing: Closable; readonly onOther: () => void }): ReactNode => {
  const say = useSay();
  const { thing } = props;
  return (
    <p className="thing-head" data-thing={thing.id}>
      <Icon name="closed" size={16} />
      <span>
        <b>{say(closableName(thing))}</b>
        <span className="muted">
          {say(sortWords(thing))} · {thing.id}
        </span>
      </span>
      <Button tone="quiet" onClick={props.onOther}>
        {say(T.other)}
      </Button>
    </p>
  );
};
