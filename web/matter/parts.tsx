import type { ReactNode } from 'react';
import type { Text } from '#core/base/text.ts';
import type { Kind } from '#core/matter/kind.ts';
import type { MatterRow, MatterView } from '#wire/api.ts';
import { partStateName } from '../api/kinds.ts';
import { useForces } from '../api/cache.ts';
import { clock, duration } from '../text/format.ts';
import { useNow } from '../stream/now.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { M } from '../text/matter-words.ts';
import { ForceIcon } from '../ui/icon.tsx';
import { StepBar } from './step-bar.tsx';

/** Everyone with a share in the matter: state in words, since when, and the steps for each. */
export const Parts = (props: {
  readonly kind: Kind;
  readonly matter: MatterView;
  readonly onForce?: (force: string) => void;
}): ReactNode => {
  const { kind, matter } = props;
  const say = useSay();
  if (Object.keys(kind.parts).length === 0) return null;
  return (
    <section className="parts">
      {matter.open && matter.parts.length === 0 && kind.dispatch !== undefined && (
        <p className="muted">{say(M.noForces)}</p>
      )}
      {matter.parts
        .toSorted((a, b) => Number(b.active) - Number(a.active) || b.since_ms - a.since_ms)
        .map((part) => (
          <PartRow key={`${part.part}/${part.subject}`} part={part} {...props} />
        ))}
    </section>
  );
};

const PartRow = (props: {
  readonly part: MatterRow['parts'][number];
  readonly kind: Kind;
  readonly matter: MatterView;
  readonly onForce?: (force: string) => void;
}): ReactNode => {
  const { part, kind, matter, onForce } = props;
  const say = useSay();
  const lang = useLanguage();
  const now = useNow();
  const force = useForces().data?.find((one) => one.id === part.subject);
  return (
    <div className={part.active ? 'part' : 'part part-over'} data-subject={part.subject}>
      <button type="button" className="part-who" onClick={() => onForce?.(part.subject)}>
        <ForceIcon kind={force?.kind ?? 'agency'} state={force?.state ?? 'off_duty'} size={15} />
        <b>{force === undefined ? part.subject : say(force.name)}</b>
      </button>
      <span className="part-state">{say(partStateName(kind, part.part, part.state))}</span>
      <span className="muted figures">
        {clock(part.since_ms)} · {duration((now - part.since_ms) / 1000, lang)}
      </span>
      <StepBar kind={kind} matter={matter} subject={part.subject} small />
    </div>
  );
};

/** What the other matter is to this one, by relation: the link starts here, or there. */
const LINKS_FROM_HERE: Readonly<Record<string, Text>> = {
  duplicate: M.duplicateOf,
  follows: M.carriesOn,
  supports: M.supports,
};
const LINKS_TO_HERE: Readonly<Record<string, Text>> = {
  duplicate: M.duplicate,
  follows: M.carriedOn,
  supports: M.supportedBy,
};

/** Links to other matters. */
export const Links = (props: { readonly matter: MatterView; readonly onOpen: (id: string) => void }): ReactNode => {
  const say = useSay();
  if (props.matter.links.length === 0) return null;
  return (
    <ul className="links" aria-label={say(M.links)}>
      {props.matter.links.map((link) => (
        <li key={`${link.to}-${link.relation}-${String(link.outgoing)}`}>
          <span className="muted">
            {say((link.outgoing ? LINKS_FROM_HERE : LINKS_TO_HERE)[link.relation] ?? M.related)}
          </span>{' '}
          <button type="button" className="link-button figures" onClick={() => props.onOpen(link.to)}>
            {link.to}
          </button>
        </li>
      ))}
    </ul>
  );
};
