import type { MatterId } from '#core/base/ids.ts';
import type { Json, JsonObject } from '#core/base/json.ts';
import { SEAL_KEY_BYTES, isSealed, seal, unseal } from '#core/ledger/seals.ts';
import type { Cipher, RandomBytes } from '#core/ledger/seals.ts';
import type { Kind } from '#core/matter/kind.ts';
import type { SealKeys } from './ports.ts';

/** Seals personal facts on their way into the ledger, and opens them for those who may. */
export class Sealing {
  readonly #cipher: Cipher;
  readonly #random: RandomBytes;
  readonly #keys: SealKeys;

  constructor(cipher: Cipher, random: RandomBytes, keys: SealKeys) {
    this.#cipher = cipher;
    this.#random = random;
    this.#keys = keys;
  }

  /** True when the body can be sealed at once: nothing in it is personal, or the matter has its key. */
  isReady(kind: Kind, matter: MatterId, body: JsonObject): boolean {
    return personalIn(kind, body) === null || this.#keys.get(matter) !== null;
  }

  /** Sees to it that the body can be sealed. A key is durable before it is used. */
  async makeReady(kind: Kind, matter: MatterId, body: JsonObject): Promise<void> {
    if (!this.isReady(kind, matter, body)) await this.#keys.put(matter, this.#random(SEAL_KEY_BYTES));
  }

  /**
   * The body of a happening with every personal fact sealed.
   * @throws RangeError when it is not ready
   */
  sealBody(kind: Kind, matter: MatterId, body: JsonObject): JsonObject {
    const personal = personalIn(kind, body);
    if (personal === null) return body;
    const key = this.#keys.get(matter);
    if (key === null) throw new RangeError('the key of the seals is not there');
    const stated = body['facts'] as JsonObject;
    const sealed: Record<string, Json> = { ...stated };
    for (const name of personal) {
      sealed[name] = seal(this.#cipher, this.#random, key, matter, name, stated[name] ?? null) as unknown as Json;
    }
    return { ...body, facts: sealed };
  }

  /** Values as they were before sealing, for carrying them into another matter. Erased ones are left out. */
  open(matter: MatterId, facts: Readonly<Record<string, { readonly from: string; readonly value: Json }>>): JsonObject {
    const open: Record<string, Json> = {};
    for (const [name, { from, value }] of Object.entries(facts)) {
      const opened = Array.isArray(value)
        ? value.map((one: Json) => this.read(matter, from, one)).filter((one) => one !== undefined)
        : this.read(matter, from, value);
      if (opened !== undefined) open[name] = opened;
    }
    return open;
  }

  /** The value behind a seal, or undefined when its key is destroyed or it was tampered with. */
  read(matter: MatterId, fact: string, value: Json): Json | undefined {
    if (!isSealed(value)) return value;
    const key = this.#keys.get(matter);
    return key === null ? undefined : unseal(this.#cipher, key, matter, fact, value);
  }

  erase(matter: MatterId): Promise<void> {
    return this.#keys.destroy(matter);
  }
}

/** Names of the personal facts a body states; null when there are none. */
const personalIn = (kind: Kind, body: JsonObject): readonly string[] | null => {
  const facts = body['facts'];
  if (typeof facts !== 'object' || facts === null || Array.isArray(facts)) return null;
  const personal = Object.keys(facts).filter((name) => kind.facts[name]?.personal === true);
  return personal.length === 0 ? null : personal;
};
