import { type ReactNode, useState } from 'react';
import type { Kind } from '#core/matter/kind.ts';
import type { MatterView } from '#wire/api.ts';
import * as calls from '../api/calls.ts';
import { useForces } from '../api/cache.ts';
import { mayErase } from '../api/kinds.ts';
import { useNames } from '../api/people.ts';
import { useSession } from '../session/session.tsx';
import { moment } from '../text/format.ts';
import { useNow } from '../stream/now.ts';
import { useSay } from '../text/say.ts';
import { E } from '../text/erase-words.ts';
import { M } from '../text/matter-words.ts';
import { W } from '../text/words.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { EraseDialog } from './erase.tsx';
import { Photos } from './photos.tsx';
import { usePlaceName } from './place-name.ts';
import { PurposeDialog } from './purpose-dialog.tsx';
import { wordsOfValue } from './values.ts';

/** What is known, who stated it and when. The room's own facts are drawn by the room. */
const IN_ROOM: ReadonlySet<string> = new Set(['said', 'files', 'related', 'drill']);

export const FactList = (props: { readonly kind: Kind; readonly matter: MatterView }): ReactNode => {
  const { session } = useSession();
  const [erasing, setErasing] = useState(false);
  const say = useSay();
  const { kind, matter } = props;
  const [asking, setAsking] = useState(false);
  const [unsealed, setUnsealed] = useState<calls.Facts>({});
  const names = Object.keys(kind.facts).filter(
    (name) => !IN_ROOM.has(name) && (matter.facts[name]?.stated.length ?? 0) > 0,
  );
  const sealed = names.filter(
    (name) => matter.facts[name]?.stated.some((one) => one.sealed) === true && !(name in unsealed),
  );
  const holdsSealed = names.some((name) => matter.facts[name]?.stated.some((one) => one.sealed) === true);
  return (
    <section className="facts" aria-label={say(M.facts)}>
      {names.length === 0 && <p className="muted">{say(M.noFacts)}</p>}
      <dl>
        {names.map((name) => (
          <FactRow key={name} name={name} kind={kind} matter={matter} unsealed={unsealed} />
        ))}
      </dl>
      {matter.erased && <p className="muted">{say(M.erased)}</p>}
      {sealed.length > 0 && !matter.erased && (
        <Button tone="quiet" icon="lock" onClick={() => setAsking(true)}>
          {say(M.readSealed)}
        </Button>
      )}
      {holdsSealed && !matter.erased && mayErase(session.roles) && (
        <Button tone="quiet" onClick={() => setErasing(true)}>
          {say(E.open)}
        </Button>
      )}
      {erasing && <EraseDialog matter={matter.id} onClose={() => setErasing(false)} />}
      {asking && (
        <UnsealDialog matter={matter.id} facts={sealed} onRead={setUnsealed} onClose={() => setAsking(false)} />
      )}
    </section>
  );
};

const FactRow = (props: {
  readonly name: string;
  readonly kind: Kind;
  readonly matter: MatterView;
  readonly unsealed: calls.Facts;
}): ReactNode => {
  const say = useSay();
  const now_ms = useNow();
  const forces = useForces().data ?? [];
  const { name, kind, matter } = props;
  const fact = kind.facts[name];
  const state = matter.facts[name];
  const placeName = usePlaceName();
  const nameOf = useNames(state?.stated.map((one) => one.by) ?? []);
  if (fact === undefined || state === undefined) return null;
  const reading = { say, now_ms, forces };
  const wordsOf = (value: unknown): string =>
    name === kind.row.place ? placeName(String(value)) : wordsOfValue(fact, value, reading);
  return (
    <>
      <dt>{say(fact.name)}</dt>
      <dd className={state.conflict ? 'conflict' : undefined} data-fact={name}>
        {state.conflict && <p className="refusal">{say(M.conflict)}</p>}
        {state.stated.map((one, index) => {
          const value = one.sealed ? props.unsealed[name] : one.value;
          const values = (Array.isArray(value) ? value : [value]) as readonly unknown[];
          const hidden = value === null || value === undefined;
          const origin = say(M.stated, { who: nameOf(one.by), when: moment(one.at_ms, now_ms) });
          return (
            <div key={index} className="stated" title={origin}>
              {hidden && (
                <span className="sealed">
                  <Icon name="lock" size={13} /> {say(M.sealed)}
                </span>
              )}
              {!hidden && fact.type === 'file' && <Photos files={values.map(String)} matter={matter.id} />}
              {!hidden && fact.type !== 'file' && <span>{values.map(wordsOf).join(say(W.listJoint))}</span>}
              {(state.stated.length > 1 || one.sealed) && <span className="stated-by figures">{origin}</span>}
            </div>
          );
        })}
      </dd>
    </>
  );
};

const UnsealDialog = (props: {
  readonly matter: string;
  readonly facts: readonly string[];
  readonly onRead: (facts: calls.Facts) => void;
  readonly onClose: () => void;
}): ReactNode => {
  const say = useSay();
  const read = async (purpose: string): Promise<void> => {
    props.onRead((await calls.unseal(props.matter, props.facts, purpose)).facts);
    props.onClose();
  };
  return (
    <PurposeDialog
      title={say(M.readTitle)}
      label={say(M.purpose)}
      example={say(M.purposeExample)}
      verb={say(M.read)}
      tone="primary"
      focus
      work={read}
      onClose={props.onClose}
    >
      <p className="muted">{say(M.readHint)}</p>
    </PurposeDialog>
  );
};
