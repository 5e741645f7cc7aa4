import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Session } from '#wire/api.ts';
import * as calls from '../api/calls.ts';
import { onExpired, setCsrf } from '../api/client.ts';
import { ApiError } from '../api/problem.ts';
import { useSay } from '../text/say.ts';
import { SESSION } from '../text/words.ts';
import { Failed, Loading } from '../ui/blank.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { LoginForm, LoginPage } from './login.tsx';

interface Held {
  readonly session: Session;
  readonly leave: () => Promise<void>;
}
const Context = createContext<Held | null>(null);

export const useSession = (): Held => {
  const held = use(Context);
  if (held === null) throw new Error('useSession outside of SessionGate');
  return held;
};

type Stage = 'asking' | 'none' | { readonly failed: unknown } | Session;

/**
 * Shows its children to whoever is signed in. When the session ends meanwhile, the sign-in opens above them:
 * they stay as they are, and the call that met the end is sent again afterwards.
 */
export const SessionGate = (props: { readonly face: string; readonly children: ReactNode }): ReactNode => {
  const say = useSay();
  const cache = useQueryClient();
  const [stage, setStage] = useState<Stage>('asking');
  const [expired, setExpired] = useState(false);
  const waiting = useRef<(() => void)[]>([]);

  const enter = useCallback((session: Session) => {
    setCsrf(session.csrf);
    setStage(session);
    setExpired(false);
    for (const go of waiting.current.splice(0)) go();
  }, []);
  const ask = useCallback(async () => {
    try {
      enter(await calls.session());
    } catch (error) {
      setStage(error instanceof ApiError && error.status === 401 ? 'none' : { failed: error });
    }
  }, [enter]);
  useEffect(() => void ask(), [ask]);

  const signedIn = typeof stage === 'object' && 'csrf' in stage;
  useEffect(() => {
    if (!signedIn) return;
    onExpired(
      () =>
        new Promise<void>((resolve) => {
          waiting.current.push(resolve);
          setExpired(true);
        }),
    );
    return () => onExpired(null);
  }, [signedIn]);

  const leave = useCallback(async () => {
    onExpired(null);
    await calls.logout().catch(() => undefined);
    setCsrf(null);
    cache.clear();
    setStage('none');
  }, [cache]);
  const held = useMemo(() => (signedIn ? { session: stage, leave } : null), [signedIn, stage, leave]);

  if (stage === 'asking') return <Loading />;
  if (stage === 'none') return <LoginPage face={props.face} onEnter={enter} />;
  if (held === null) return <Failed error={'failed' in stage ? stage.failed : null} onRetry={() => void ask()} />;
  return (
    <Context value={held}>
      {props.children}
      {expired && (
        <Dialog title={say(SESSION.again)}>
          <p className="muted">{say(SESSION.againHint)}</p>
          <LoginForm onEnter={enter} name={held.session.account} />
        </Dialog>
      )}
    </Context>
  );
};
