import { type ReactNode, useCallback, useMemo } from 'react';
import type { Kind } from '#core/matter/kind.ts';
import * as calls from '../api/calls.ts';
import { asked } from '../api/kinds.ts';
import { Helping, type Helps } from '../matter/context.tsx';
import { FactForm } from '../matter/fact-form.tsx';
import { usePlaceWords } from '../matter/place-words.ts';
import type { GeoPosition } from '../matter/values.ts';
import { useSay } from '../text/say.ts';
import { Refusal } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { RadioGroup } from '../ui/radio-group.tsx';
import { type Draft, emptyDraft } from './draft.ts';
import { IntakeHints } from './intake-hints.tsx';
import { type Filing, useFiling } from './use-filing.ts';
import { D } from './words.ts';

interface Props {
  readonly kinds: readonly Kind[];
  readonly draft: Draft;
  readonly onDraft: (change: (draft: Draft) => Draft) => void;
  readonly onFiled: (id: string) => void;
  readonly onClose: () => void;
  readonly onOpen: (id: string) => void;
  readonly pick: (onPicked: (at: GeoPosition) => void) => void;
  readonly show: (at: GeoPosition) => void;
}

/** The form of a call, over the map's left half; who could go counts beneath it while the caller speaks. */
export const Intake = (props: Props): ReactNode => {
  const say = useSay();
  const { draft, onDraft } = props;
  const kind = props.kinds.find((one) => one.id === draft.kind) ?? props.kinds[0];
  const filing = useFiling(kind, draft, props.onFiled);
  const helps = useMapHelps(kind, props);
  if (kind === undefined) return null;
  return (
    <form
      className="intake"
      aria-label={say(D.intake)}
      onSubmit={(event) => {
        event.preventDefault();
        void filing.file();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void filing.file();
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
      }}
    >
      <IntakeHead {...props} kind={kind} />
      <div className="intake-body">
        <Helping value={helps}>
          <FactForm
            key={`${kind.id}-${draft.id}`}
            fields={asked(kind, kind.raise.takes)}
            facts={draft.facts}
            onChange={(change) => onDraft((held) => ({ ...held, facts: change(held.facts) }))}
          />
        </Helping>
      </div>
      <IntakeHints
        kind={kind}
        facts={draft.facts}
        linkTo={draft.linkTo}
        onLink={(linkTo) => onDraft((held) => ({ ...held, linkTo }))}
        onOpen={props.onOpen}
      />
      <IntakeFoot {...props} filing={filing} />
    </form>
  );
};

const NOTHING: calls.Facts = {};

/** Lets the form's fields point at the big map, and puts the chosen place in words where none were typed. */
const useMapHelps = (kind: Kind | undefined, { pick, show, onDraft }: Props): Helps => {
  const change = useCallback(
    (next: (facts: calls.Facts) => calls.Facts) => onDraft((held) => ({ ...held, facts: next(held.facts) })),
    [onDraft],
  );
  const words = usePlaceWords({ place: kind?.row.place, position: kind?.row.position }, NOTHING, change);
  return useMemo(
    () => ({
      pick,
      upload: calls.upload,
      places: true,
      chosen: (at, name) => {
        if (name !== null) show(at);
        words(at, name);
      },
    }),
    [pick, show, words],
  );
};

const IntakeHead = (props: Props & { readonly kind: Kind }): ReactNode => {
  const say = useSay();
  return (
    <header className="pane-head">
      <h2>{say(props.kind.raise.name)}</h2>
      {props.kinds.length > 1 && (
        <RadioGroup
          className="choices"
          label={say(D.sort)}
          chosen={props.kind.id}
          onChoose={(id) => props.onDraft((held) => ({ ...held, kind: id ?? held.kind }))}
          options={props.kinds.map((one) => ({ key: one.id, className: 'chip', body: say(one.name) }))}
        />
      )}
      <Button
        tone="quiet"
        icon="close"
        keycap="Esc"
        title={say(D.keepDraft)}
        aria-label={say(D.keepDraft)}
        onClick={props.onClose}
      />
    </header>
  );
};

const IntakeFoot = (props: Props & { readonly filing: Filing }): ReactNode => {
  const say = useSay();
  const { filing, draft } = props;
  return (
    <footer className="intake-foot">
      {filing.gap !== null && (
        <p className="refusal" role="alert">
          {filing.gap}
        </p>
      )}
      <Refusal error={filing.error} />
      <div className="actions">
        <Button tone="primary" type="submit" keycap="Ctrl ↵" busy={filing.busy}>
          {draft.linkTo === null ? say(D.file) : say(D.fileLinked, { id: draft.linkTo })}
        </Button>
        <Button tone="quiet" onClick={() => props.onDraft((held) => emptyDraft(held.kind))}>
          {say(D.clear)}
        </Button>
      </div>
    </footer>
  );
};
