import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** What stands between a client and a server: it carries everything, until it is told to lose something. */
export interface Cable {
  /** Port on 127.0.0.1. */
  readonly port: number;
  /** From now on the server's answers are lost: it hears, and is not heard. */
  readonly loseAnswers: () => void;
  /** From now on the client's questions are lost. */
  readonly loseQuestions: () => void;
  /** Cuts all connections and lets no new one through. */
  readonly cut: () => void;
  /** Carries everything again, over new connections. */
  readonly mend: () => void;
  readonly close: () => void;
}

/** @param socket path of the server's socket */
export const layCable = async (socket: string): Promise<Cable> => {
  const ends = new Set<Socket>();
  const state = { answers: true, questions: true, whole: true };
  const server = createServer((near) => {
    if (!state.whole) {
      near.destroy();
      return;
    }
    const far = connect(socket);
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(end);
      end.on('error', () => other.destroy());
      end.on('close', () => {
        ends.delete(end);
        other.destroy();
      });
    }
    near.on('data', (bytes) => state.questions && far.write(bytes));
    far.on('data', (bytes) => state.answers && near.write(bytes));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const cut = (): void => {
    state.whole = false;
    for (const end of ends) end.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    loseAnswers: () => (state.answers = false),
    loseQuestions: () => (state.questions = false),
    cut,
    mend: () => Object.assign(state, { answers: true, questions: true, whole: true }),
    close: () => {
      cut();
      server.close();
    },
  };
};
