import type { SiteId } from '#core/base/ids.ts';
import { between } from '#core/base/random.ts';
import type { Random } from '#core/base/random.ts';
import type { Message } from '#sites/message.ts';

/** What links do to messages while there is trouble; all chances in [0, 1]. */
export interface Trouble {
  readonly drop: number;
  readonly repeat: number;
  readonly damage: number;
  readonly delay_ms: readonly [least: number, most: number];
}
export const CALM: Trouble = { drop: 0, repeat: 0, damage: 0, delay_ms: [20, 60] };

/** Links between neighbours, each direction by itself: what a message meets on its way. */
export class Net {
  readonly #random: Random;
  readonly #cut = new Set<string>();
  trouble: Trouble = CALM;

  constructor(random: Random) {
    this.#random = random;
  }

  cut(from: SiteId, to: SiteId): void {
    this.#cut.add(`${from}>${to}`);
  }

  heal(): void {
    this.#cut.clear();
    this.trouble = CALM;
  }

  isCut(from: SiteId, to: SiteId): boolean {
    return this.#cut.has(`${from}>${to}`);
  }

  /** The copies of a message that arrive, and after how long each. */
  carry(
    from: SiteId,
    to: SiteId,
    message: Message,
  ): readonly { readonly after_ms: number; readonly message: Message }[] {
    const { drop, repeat, damage, delay_ms } = this.trouble;
    if (this.isCut(from, to) || this.#random() < drop) return [];
    const copies = this.#random() < repeat ? 2 : 1;
    return Array.from({ length: copies }, () => ({
      after_ms: between(this.#random, ...delay_ms),
      message: this.#random() < damage ? damaged(message, this.#random) : message,
    }));
  }
}

/** One letter of it is another. */
const damaged = (message: Message, random: Random): Message => {
  if (message.type === 'give') {
    const at = between(random, 0, Math.max(0, message.texts.length - 1));
    const texts = message.texts.map((text, index) => (index === at ? flipped(text, random) : text));
    return { ...message, texts };
  }
  if (message.type === 'tell') {
    const heads = message.heads.map((head) =>
      random() < 0.5
        ? { ...head, root: flipped(head.root, random) as typeof head.root }
        : { ...head, size: head.size + 1 },
    );
    return { ...message, heads };
  }
  if (message.type === 'proof') return { ...message, root: flipped(message.root, random) as typeof message.root };
  return message;
};

const flipped = (text: string, random: Random): string => {
  const at = between(random, 0, Math.max(0, text.length - 1));
  return `${text.slice(0, at)}${text[at] === '7' ? '8' : '7'}${text.slice(at + 1)}`;
};
