import type { Session } from '#rim/auth/sessions.ts';
import { callerOf } from './context.ts';
import type { App, Served } from './context.ts';
import { isOfSite } from './session.ts';

/** A screen whose session ended is told by this close code; it asks to sign in again. */
const SESSION_ENDED = 4401;
const TOO_SLOW = 4408;
/** A link that carries nothing this long is dead; the screen notices and comes back. */
const PING_MS = 20_000;

/** `GET /api/stream?after=`: WebSocket, messages of `streamMessageSchema`. */
export const streamRoutes = (app: App, served: Served): void => {
  app.get('/api/stream', { websocket: true, schema: { hide: true } }, (socket, request) => {
    const caller = callerOf(request);
    // Looking on is no use of a session: a desk left open for the night is signed out like any other.
    const current = (): Session | null => {
      const session = served.auth.peek(caller.token);
      return session !== null && isOfSite(served, session) ? session : null;
    };
    const leave = served.hub.join(
      {
        actor: () => current()?.actor ?? null,
        send: (message) => socket.send(message),
        lag: () => socket.bufferedAmount,
        drop: () => socket.close(current() === null ? SESSION_ENDED : TOO_SLOW),
      },
      positionAsked(request.query),
    );
    let answered = true;
    const ping = setInterval(() => {
      if (!answered) return socket.terminate();
      if (current() === null) return socket.close(SESSION_ENDED);
      answered = false;
      socket.ping();
    }, PING_MS);
    socket.on('pong', () => {
      answered = true;
    });
    socket.on('message', () => undefined);
    socket.on('close', () => {
      clearInterval(ping);
      leave();
    });
    socket.on('error', () => socket.terminate());
  });
};

/** The position a screen resumes from; null when it has just loaded everything. */
const positionAsked = (query: unknown): number | null => {
  const { after } = query as { readonly after?: string };
  const asked = after === undefined || after === '' ? Number.NaN : Number(after);
  return Number.isSafeInteger(asked) && asked >= 0 ? asked : null;
};
