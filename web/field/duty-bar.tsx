import { type ReactNode, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { ForceView } from '#wire/api.ts';
import * as calls from '../api/calls.ts';
import { KEYS } from '../api/cache.ts';
import { merge } from '../stream/patch.ts';
import { useNow } from '../stream/now.ts';
import { duration } from '../text/format.ts';
import { useLanguage, useSay } from '../text/say.ts';
import { STATES, W } from '../text/words.ts';
import { Refusal } from '../ui/blank.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ForceIcon, Icon, StateIcon } from '../ui/icon.tsx';
import type { Sharing } from './position.ts';
import { F } from './words.ts';

/** Who I am on this phone, what state I am shown in, and whether my position is shared. */
export const DutyBar = (props: { readonly force: ForceView; readonly sharing: Sharing }): ReactNode => {
  const say = useSay();
  const { force } = props;
  const [asking, setAsking] = useState(false);
  return (
    <section className="duty">
      <ForceIcon kind={force.kind} state={force.state} size={22} />
      <div>
        <b>{say(force.name)}</b>
        <span className="duty-state" style={{ color: `var(--state-${force.state})` }}>
          <StateIcon state={force.state} /> {say(STATES[force.state])}
        </span>
        <SharingLine sharing={props.sharing} onDuty={force.on_duty} />
      </div>
      {force.on_duty && <Button onClick={() => setAsking(true)}>{say(F.goOff)}</Button>}
      {asking && <OffDuty force={force} onClose={() => setAsking(false)} />}
    </section>
  );
};

const SharingLine = (props: { readonly sharing: Sharing; readonly onDuty: boolean }): ReactNode => {
  const say = useSay();
  const lang = useLanguage();
  const now = useNow();
  const { state, sent_ms } = props.sharing;
  const words = (): string => {
    if (!props.onDuty || state === 'off') return say(F.notSharing);
    if (state === 'denied') return say(F.noGps);
    return sent_ms === null ? say(F.sharing) : say(F.sharingAge, { age: duration((now - sent_ms) / 1000, lang) });
  };
  return (
    <span className={`sharing sharing-${props.onDuty ? state : 'off'}`}>
      <Icon name="locate" size={13} /> {words()}
    </span>
  );
};

const OffDuty = (props: { readonly force: ForceView; readonly onClose: () => void }): ReactNode => {
  const say = useSay();
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const goOff = async (): Promise<void> => {
    setBusy(true);
    try {
      const force = await calls.duty(props.force.id, false);
      cache.setQueryData<readonly ForceView[]>(KEYS.forces, (held) =>
        held === undefined ? held : merge(held, [force]),
      );
      props.onClose();
    } catch (refused) {
      setError(refused);
      setBusy(false);
    }
  };
  return (
    <Dialog title={say(F.goOff)} onClose={props.onClose}>
      <p className="consequence">{say(F.goOffWhy)}</p>
      <Refusal error={error} />
      <div className="actions">
        <Button tone="danger" busy={busy} onClick={() => void goOff()}>
          {say(F.goOff)}
        </Button>
        <Button tone="quiet" onClick={props.onClose}>
          {say(W.cancel)}
        </Button>
      </div>
    </Dialog>
  );
};
