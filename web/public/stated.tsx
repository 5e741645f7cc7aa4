import { type ReactNode, useState } from 'react';
import type { Fact, Kind } from '#core/matter/kind.ts';
import type { Follow } from '#wire/api.ts';
import { asked, type Asked, firstOf } from '../api/kinds.ts';
import { useSay } from '../text/say.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { SentPhotos } from './sent-photos.tsx';
import { P } from './words.ts';

/** What a report holds in words: told by those who handle it, judged and written by the reporter. */
interface Props {
  readonly follow: Follow;
  readonly kind: Kind | undefined;
}

const SHOWN: readonly Fact['type'][] = ['line', 'paragraph', 'choice', 'file'];

/** Facts the holder of the receipt states after the report, other than the judgement. */
const addedBy = (kind: Kind): readonly Asked[] =>
  Object.entries(kind.steps)
    .filter(([id, step]) => id !== kind.rating && step.who.some((grant) => grant.bound === 'receipt'))
    .flatMap(([, step]) => asked(kind, step.takes));

/** Facts the judgement takes. */
const judged = (kind: Kind): readonly Asked[] => asked(kind, kind.steps[kind.rating ?? '']?.takes ?? {});

/** What those who handle it have told the reporter: open facts that the reporter did not state. */
export const toldIn = ({ follow, kind }: Props): readonly string[] => {
  if (kind === undefined) return [];
  const own = new Set([...asked(kind, kind.raise.takes), ...addedBy(kind), ...judged(kind)].map((one) => one.name));
  return Object.entries(kind.facts)
    .filter(([name, fact]) => fact.type === 'paragraph' && !own.has(name) && follow.facts[name] !== undefined)
    .flatMap(([name]) => wordsIn(follow.facts[name]));
};

export const Told = ({ told }: { readonly told: readonly string[] }): ReactNode => {
  const say = useSay();
  if (told.length === 0) return null;
  return (
    <section className="answer" data-testid="told">
      <h2>{say(P.told)}</h2>
      {told.map((one, index) => (
        <p key={index}>{one}</p>
      ))}
    </section>
  );
};

const wordsIn = (value: unknown): readonly string[] => [value].flat(2).map(String);

const STARS = [1, 2, 3, 4, 5];

/** The judgement as it was given, stars and words. */
export const Rated = ({ follow, kind }: Props): ReactNode => {
  const say = useSay();
  if (!follow.rated || kind === undefined) return null;
  const facts = judged(kind);
  const stars = Number(follow.facts[firstOf(facts, 'integer')?.name ?? ''] ?? 0);
  const words = follow.facts[firstOf(facts, 'paragraph')?.name ?? ''];
  return (
    <section className="rated" data-testid="rated">
      <p className="chosen">
        <Icon name="check" /> {say(P.thanks)}
      </p>
      {stars > 0 && (
        <p className="stars" role="img" aria-label={say(P.starsGiven, { n: stars })}>
          {STARS.map((count) => (
            <span key={count} className={count <= stars ? 'star star-on' : 'star'}>
              <Icon name="star" size={26} />
            </span>
          ))}
          <span className="figures muted">{say(P.starsGiven, { n: stars })}</span>
        </p>
      )}
      {words !== undefined && <p className="words">{wordsIn(words).join('\n')}</p>}
    </section>
  );
};

/** What the reporter wrote, then and since, in the declared order. */
export const Reported = ({ follow, kind, receipt }: Props & { readonly receipt: string }): ReactNode => {
  const say = useSay();
  const [open, setOpen] = useState(false);
  if (kind === undefined) return null;
  const given = ({ name, fact }: Asked): boolean => follow.facts[name] !== undefined && SHOWN.includes(fact.type);
  const raised = asked(kind, kind.raise.takes).filter(given);
  const added = addedBy(kind).filter((one) => given(one) && !raised.some((other) => other.name === one.name));
  if (raised.length === 0) return null;
  return (
    <section className="reported">
      <Button tone="quiet" icon={open ? 'close' : 'next'} aria-expanded={open} onClick={() => setOpen(!open)}>
        {say(P.reported)}
      </Button>
      {open && (
        <dl>
          {raised.map((one) => (
            <Stated
              key={one.name}
              name={say(one.fact.name)}
              fact={one.fact}
              receipt={receipt}
              value={follow.facts[one.name]}
            />
          ))}
          {added.map((one) => (
            <Stated
              key={one.name}
              name={say(P.addedBefore)}
              fact={one.fact}
              receipt={receipt}
              value={follow.facts[one.name]}
            />
          ))}
        </dl>
      )}
    </section>
  );
};

const Stated = (props: {
  readonly name: string;
  readonly fact: Fact;
  readonly receipt: string;
  readonly value: unknown;
}): ReactNode => {
  const say = useSay();
  const values = wordsIn(props.value);
  return (
    <div>
      <dt className="muted">{props.name}</dt>
      {props.fact.type === 'file' && (
        <dd>
          <SentPhotos receipt={props.receipt} files={values} />
        </dd>
      )}
      {(props.fact.type === 'file' ? [] : values).map((one, index) => {
        const choice = props.fact.choices?.[one];
        return <dd key={index}>{choice === undefined ? one : say(choice)}</dd>;
      })}
    </div>
  );
};
