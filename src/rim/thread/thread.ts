import { Worker, parentPort } from 'node:worker_threads';

/** What a thread can be asked: the names of its methods, each with what it takes and answers. */
export type Methods = Readonly<Record<string, (...args: never[]) => unknown>>;

interface Asked {
  readonly id: number;
  readonly name: string;
  readonly args: readonly unknown[];
}
type Reply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: { readonly fault: unknown } };

/** In the thread: answers what is asked, one after the other. @param faultOf what of an error crosses to the other side */
export const answerAsks = (methods: Methods, faultOf: (error: unknown) => unknown): void => {
  parentPort?.on('message', ({ id, name, args }: Asked) => {
    let reply: Reply;
    try {
      reply = { id, value: (methods[name] as (...all: unknown[]) => unknown)(...args) };
    } catch (error) {
      reply = { id, failure: { fault: faultOf(error) } };
    }
    parentPort?.postMessage(reply);
  });
};

/** A thread with methods, from outside: every call answers a promise, in the order of the calls. */
export class Thread<M extends Methods> {
  readonly #worker: Worker;
  readonly #pending = new Map<number, { resolve: (value: never) => void; reject: (error: unknown) => void }>();
  readonly #errorOf: (fault: unknown) => Error;
  #nextId = 1;
  #ended: Error | null = null;

  /** @param errorOf makes an error of what `faultOf` let cross; of null when the thread ended */
  constructor(file: URL, workerData: unknown, errorOf: (fault: unknown) => Error) {
    this.#errorOf = errorOf;
    this.#worker = new Worker(file, { workerData });
    this.#worker.on('message', (reply: Reply) => this.#settle(reply));
    this.#worker.on('error', (error: Error) => this.#end(error));
    this.#worker.on('exit', () => this.#end(errorOf(null)));
  }

  ask<N extends keyof M & string>(name: N, ...args: Parameters<M[N]>): Promise<ReturnType<M[N]>> {
    if (this.#ended !== null) return Promise.reject(this.#ended);
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker.postMessage({ id, name, args } satisfies Asked);
    });
  }

  /** What was asked and is not answered yet is told that the thread ended. */
  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #settle(reply: Reply): void {
    const pending = this.#pending.get(reply.id);
    this.#pending.delete(reply.id);
    if ('failure' in reply) pending?.reject(this.#errorOf(reply.failure.fault));
    else pending?.resolve(reply.value as never);
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#pending.values()) reject(this.#ended);
    this.#pending.clear();
  }
}
