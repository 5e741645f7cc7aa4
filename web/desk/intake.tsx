import { App } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import type { Text } from '#core/base/text.ts';
import type { Kind } from '#core/matter/kind.ts';
import * as calls from '../api/calls.ts';
import { newKey } from '../api/client.ts';
import { asked } from '../api/kinds.ts';
import { placeAt } from '../api/places.ts';
import { wordsOf } from '../api/problem.ts';
import { Helping, type Helps } from '../matter/context.tsx';
import { FactForm, filled, missing } from '../matter/fact-form.tsx';
import { type GeoPosition, isBlank } from '../matter/values.ts';
import { useSay } from '../text/say.ts';
import { W } from '../text/words.ts';
import { Refusal } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { IntakeHints } from './intake-hints.tsx';
import { D } from './words.ts';

/** A call being taken; it outlives the form, so that folding it away loses nothing. */
export interface Draft {
  readonly kind: string;
  readonly facts: calls.Facts;
  readonly linkTo: string | null;
  readonly key: string;
}
export const emptyDraft = (kind: string): Draft => ({ kind, facts: {}, linkTo: null, key: newKey() });

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

/** A place without a name is no error: the position is enough. */
const nameOf = async (at: GeoPosition, name: Text | null): Promise<Text | null> => name ?? placeAt(at).catch(() => null);

export const Intake = (props: Props): ReactNode => {
  const say = useSay();
  const { notification } = App.useApp();
  const { draft, onDraft } = props;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [gap, setGap] = useState<string | null>(null);
  const kind = props.kinds.find((one) => one.id === draft.kind) ?? props.kinds[0];
  const { pick, show } = props;
  const placeFact = kind?.row.place;
  const helps = useMemo(
    (): Helps => ({
      pick,
      upload: calls.upload,
      places: true,
      chosen: (at, name) => {
        if (name !== null) show(at);
        void nameOf(at, name).then((words) => {
          if (words === null || placeFact === undefined) return;
          onDraft((held) => (isBlank(held.facts[placeFact]) ? { ...held, facts: { ...held.facts, [placeFact]: say(words) } } : held));
        });
      },
    }),
    [pick, show, placeFact, onDraft, say],
  );
  if (kind === undefined) return null;
  const fields = asked(kind, kind.raise.takes);
  const file = async (): Promise<void> => {
    const first = missing(fields, draft.facts);
    setGap(first === null ? null : say(W.notFilled, { name: first.fact.name }));
    if (first !== null || busy) return;
    setBusy(true);
    setError(null);
    try {
      const done = await calls.raise(kind.id, filled(draft.facts), draft.key);
      if (draft.linkTo !== null) await link(done.matter, draft.linkTo);
      notification.success({ title: say(D.filed, { id: done.matter }), duration: 3 });
      props.onFiled(done.matter);
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  // The call itself is filed by now; a link that fails must not look as if it were not.
  const link = async (matter: string, to: string): Promise<void> => {
    try {
      await calls.takeStep(matter, 'link', { facts: { related: [to] } }, `${draft.key}-link`);
    } catch (refused) {
      const { words, advice } = wordsOf(refused);
      notification.warning({ title: say(words), description: say(advice), duration: 0 });
    }
  };
  return (
    <form
      className="intake"
      aria-label={say(D.intake)}
      onSubmit={(event) => {
        event.preventDefault();
        void file();
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void file();
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
      }}
    >
      <header className="pane-head">
        <h2>{say(kind.raise.name)}</h2>
        {props.kinds.length > 1 && (
          <div className="choices" role="radiogroup">
            {props.kinds.map((one) => (
              <button key={one.id} type="button" role="radio" className="chip" aria-checked={one.id === kind.id} onClick={() => onDraft((held) => ({ ...held, kind: one.id }))}>
                {say(one.name)}
              </button>
            ))}
          </div>
        )}
        <Button tone="quiet" icon="close" keycap="Esc" title={say(D.keepDraft)} aria-label={say(D.keepDraft)} onClick={props.onClose} />
      </header>
      <div className="intake-body">
        <Helping value={helps}>
          <FactForm key={kind.id} fields={fields} facts={draft.facts} onChange={(change) => onDraft((held) => ({ ...held, facts: change(held.facts) }))} />
        </Helping>
      </div>
      <IntakeHints kind={kind} facts={draft.facts} linkTo={draft.linkTo} onLink={(linkTo) => onDraft((held) => ({ ...held, linkTo }))} onOpen={props.onOpen} />
      <footer className="intake-foot">
        {gap !== null && (
          <p className="refusal" role="alert">
            {gap}
          </p>
        )}
        <Refusal error={error} />
        <div className="actions">
          <Button tone="primary" type="submit" keycap="Ctrl ↵" busy={busy}>
            {draft.linkTo === null ? say(D.file) : say(D.fileLinked, { id: draft.linkTo })}
          </Button>
          <Button tone="quiet" onClick={() => onDraft((held) => emptyDraft(held.kind))}>
            {say(D.clear)}
          </Button>
        </div>
      </footer>
    </form>
  );
};
