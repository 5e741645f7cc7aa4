import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import { M } from '../text/matter-words.ts';
import { useSay } from '../text/say.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { type HeldNotice, lasts_ms, type Notice, shownNotices } from './notice-list.ts';

interface Board {
  readonly shown: readonly HeldNotice[];
  readonly close: (id: number) => void;
}
const Shown = createContext<Board>({ shown: [], close: () => undefined });
const Tell = createContext<(notice: Notice) => void>(() => undefined);

/** Tells the person at the desk what came of something. */
export const useTell = (): ((notice: Notice) => void) => use(Tell);
export const useShownNotices = (): Board => use(Shown);

export const NoticeBoard = (props: { readonly children: ReactNode }): ReactNode => {
  const [held, setHeld] = useState<readonly HeldNotice[]>([]);
  const tell = useCallback((notice: Notice) => {
    setHeld((before) => [...before, { ...notice, id: (before.at(-1)?.id ?? 0) + 1 }]);
  }, []);
  const close = useCallback((id: number) => setHeld((before) => before.filter((one) => one.id !== id)), []);
  const board = useMemo(() => ({ shown: shownNotices(held), close }), [held, close]);
  return (
    <Tell value={tell}>
      <Shown value={board}>{props.children}</Shown>
    </Tell>
  );
};

/** The newest notices, over the map's foot: they cover neither list nor form. */
export const Notices = (): ReactNode => {
  const { shown, close } = useShownNotices();
  return (
    <div className="notices" role="status">
      {shown.map((notice) => (
        <NoticeRow key={notice.id} notice={notice} onClose={close} />
      ))}
    </div>
  );
};

const ICON = { done: 'check', warning: 'alert', failed: 'alert' } as const;

const NoticeRow = (props: { readonly notice: HeldNotice; readonly onClose: (id: number) => void }): ReactNode => {
  const say = useSay();
  const { notice, onClose } = props;
  useEffect(() => {
    const after_ms = lasts_ms(notice);
    if (after_ms === null) return;
    const timer = setTimeout(() => onClose(notice.id), after_ms);
    return () => clearTimeout(timer);
  }, [notice, onClose]);
  const { action } = notice;
  return (
    <article className={`notice notice-${notice.tone}`} role={notice.tone === 'failed' ? 'alert' : undefined}>
      <p>
        <Icon name={ICON[notice.tone]} size={14} /> <b>{notice.title}</b>
        {notice.about !== undefined && <span className="muted figures"> {notice.about}</span>}
      </p>
      {action !== undefined && (
        <Button
          onClick={() => {
            onClose(notice.id);
            action.go();
          }}
        >
          {action.words}
        </Button>
      )}
      <Button
        tone="quiet"
        icon="close"
        aria-label={say(M.toldSeen)}
        title={say(M.toldSeen)}
        onClick={() => onClose(notice.id)}
      />
    </article>
  );
};
