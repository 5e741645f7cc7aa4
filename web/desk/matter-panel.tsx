import { Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Kind } from '#core/matter/kind.ts';
import type { MatterView } from '#wire/api.ts';
import { useEvents, useKinds, useMatter, useSite } from '../api/cache.ts';
import { kindOf } from '../api/kinds.ts';
import { Clocks } from '../matter/clocks.tsx';
import { FactList } from '../matter/fact-list.tsx';
import { StateLine, Urgency } from '../matter/head.tsx';
import { Measures } from '../matter/measures.tsx';
import { Links, Parts } from '../matter/parts.tsx';
import { Room } from '../matter/room.tsx';
import { StepBar } from '../matter/step-bar.tsx';
import { sendingLeads } from '../matter/step-list.ts';
import { isDrill } from '../matter/values.ts';
import { ElsewhereNote } from '../sites/sites-state.tsx';
import { useElsewhere } from '../sites/use-sites.ts';
import { useSay } from '../text/say.ts';
import { DrillBanner } from '../ui/chrome.tsx';
import { Empty, Failed, Loading } from '../ui/blank.tsx';
import { Candidates } from './candidates.tsx';
import type { Rights } from './use-rights.ts';
import { D } from './words.ts';

interface Props {
  readonly id: string | null;
  readonly sees: Rights['sees'];
  readonly candidate: string | null;
  /** Forces being sent to this matter now. */
  readonly busy: readonly string[];
  readonly way: string | null;
  readonly onWay: (key: string) => void;
  readonly onCandidate: (force: string | null) => void;
  readonly onDispatch: (force: string) => void;
  readonly onForce: (force: string) => void;
  readonly onOpen: (id: string) => void;
}

/** The chosen matter: what it is, what may be done now, what is known; below, who can go. */
export const MatterPanel = (props: Props): ReactNode => {
  const say = useSay();
  const matter = useMatter(props.id);
  // In the demonstration everything is a drill, and the whole page says so.
  const site = useSite().data;
  const kind = kindOf(useKinds().data, matter.data?.kind ?? '');
  const elsewhere = useElsewhere(matter.data?.site ?? '');
  if (props.id === null) {
    return (
      <section className="matter matter-none">
        {props.sees !== 'none' && <Empty words={D.pickMatter} hint={D.pickMatterHint} />}
      </section>
    );
  }
  if (matter.data === undefined || kind === undefined) {
    return (
      <section className="matter">
        {matter.isError ? <Failed error={matter.error} onRetry={() => void matter.refetch()} /> : <Loading rows={6} />}
      </section>
    );
  }
  const held = matter.data;
  return (
    <section key={held.id} className="matter" data-matter={held.id} aria-label={held.id}>
      {isDrill(held) && site?.demonstration === false && <DrillBanner matter />}
      <header className="matter-head">
        <h1>
          <Urgency value={held.urgency} />
          <span>{say(held.title)}</span>
        </h1>
        <StateLine kind={kind} matter={held} />
        {elsewhere !== null && <ElsewhereNote site={elsewhere} />}
        <Clocks kind={kind} matter={held} />
        <StepBar kind={kind} matter={held} subject={null} />
      </header>
      <div className="matter-body">
        <Parts kind={kind} matter={held} onForce={props.onForce} />
        <Links matter={held} onOpen={props.onOpen} />
        <Measures kind={kind} matter={held} />
        <FactsOrRoom kind={kind} matter={held} />
      </div>
      {kind.dispatch !== undefined && held.steps.some((one) => one.step === kind.dispatch?.offer) && (
        <Candidates
          matter={held}
          chosen={props.candidate}
          onChoose={props.onCandidate}
          way={props.way}
          onWay={props.onWay}
          busy={props.busy}
          onDispatch={props.onDispatch}
          leads={sendingLeads(kind, held)}
        />
      )}
    </section>
  );
};

/** What is known, or what is said about it. Part of one matter's panel: every matter opens on its facts. */
const FactsOrRoom = (props: { readonly kind: Kind; readonly matter: MatterView }): ReactNode => {
  const say = useSay();
  const { kind, matter } = props;
  const [tab, setTab] = useState<'facts' | 'room'>('facts');
  const events = useEvents(matter.id).data ?? [];
  const said = events.filter((event) => 'said' in event.facts || 'files' in event.facts).length;
  return (
    <>
      <Segmented
        size="small"
        aria-label={say(D.factsOrRoom)}
        value={tab}
        onChange={setTab}
        options={[
          { value: 'facts' as const, label: say(D.facts) },
          { value: 'room' as const, label: said > 0 ? `${say(D.room)} ${said}` : say(D.room) },
        ]}
      />
      {tab === 'facts' ? <FactList kind={kind} matter={matter} /> : <Room matter={matter} />}
    </>
  );
};
