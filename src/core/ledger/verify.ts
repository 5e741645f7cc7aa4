import type { Hash, SiteId } from '#core/base/ids.ts';
import { err, ok } from '#core/base/result.ts';
import type { Result } from '#core/base/result.ts';
import type { Text } from '#core/base/text.ts';
import type { Chain } from './chain.ts';
import type { Digest, Verifier } from './digest.ts';
import { ENVELOPE_VERSION, GENESIS } from './envelope.ts';
import type { SignedHead, StoredEvent } from './envelope.ts';
import { REASONS, flaw } from './flaw.ts';
import type { Flaw, FlawCode } from './flaw.ts';
import { headText, verifyHead } from './heads.ts';
import { pushLeaf, rootOfPeaks } from './merkle.ts';
import { parseEvent } from './parse.ts';
import type { Tree } from './tree.ts';

/** A ledger that is what its signatures vouch for. */
export interface Verified {
  /** Where the ledger stands, ready to be extended. */
  readonly chain: Chain;
  /** Over all its events, ready to grow; its root is the head's. */
  readonly tree: Tree;
  /** Different checkpoints that were compared. */
  readonly checkpoints: number;
  /** Events of later envelope versions: hashed and chained, not interpreted. */
  readonly later: number;
}

export interface VerifySetup {
  readonly digest: Digest;
  readonly verifier: Verifier;
  readonly site: SiteId;
  /** The durable head; null only for an empty ledger. */
  readonly head: SignedHead | null;
  /** Every signed head known from anywhere, in any order, repeated ones too. */
  readonly checkpoints: readonly SignedHead[];
}

/**
 * Feed it the stored events in order; stop at the first flaw. A flaw may be told a little after the event it names, when it
 * takes the following events to say which of two was changed.
 */
export interface Verification {
  readonly next: (event: StoredEvent) => Flaw | null;
  readonly finish: () => Result<Verified, Flaw>;
}

/** How an event fits after the one before. */
type Fit = 'fits' | 'unlinked' | 'later' | { readonly place: number } | { readonly code: FlawCode; readonly why: Text };

/** Two neighbours that do not follow each other; which of them is bad is not yet known. */
interface Break {
  /** The second of the two. */
  readonly seq: number;
  /** True while every event since follows the one before. */
  linked: boolean;
}

export const startVerify = (setup: VerifySetup): Verification => {
  const verification = new RunningVerification(setup);
  return { next: (event) => verification.next(event), finish: () => verification.finish() };
};

class RunningVerification {
  readonly #setup: VerifySetup;
  readonly #boundaries: readonly SignedHead[];
  readonly #signedSize: number;
  readonly #prefix: string;
  readonly #peaks: Hash[] = [];
  #size = 0;
  #last: Hash = GENESIS;
  /** Hash of the event before the last. */
  #before: Hash = GENESIS;
  /** Events vouched for by the latest boundary that agreed. */
  #vouched = 0;
  #later = 0;
  #upcoming = 0;
  #broken: Break | null = null;
  #misplaced: { readonly seq: number; readonly place: number } | null = null;

  constructor(setup: VerifySetup) {
    this.#setup = setup;
    this.#boundaries = uniqueBySize(setup.head === null ? setup.checkpoints : [...setup.checkpoints, setup.head]);
    this.#signedSize = setup.head?.size ?? 0;
    this.#prefix = `{"v":${ENVELOPE_VERSION},"site":"${setup.site}","seq":`;
  }

  next(event: StoredEvent): Flaw | null {
    const size = this.#size;
    const early = size === 0 ? this.#atBoundary() : null;
    if (early !== null) return early;
    if (event.seq !== size + 1) {
      return this.#misplacement(null) ?? this.#judgeOr(flaw('missing', size + 1, size + 1, REASONS.gap));
    }
    if (event.seq > this.#signedSize) return this.#judgeOr(flaw('spliced', event.seq, event.seq, REASONS.afterHead));
    const leaf = this.#setup.digest.leaf(event.text);
    if (leaf !== event.hash) return this.#judgeOr(flaw('edited', event.seq, event.seq, REASONS.hash));
    const plain = this.#misplaced === null && isPlain(event, this.#prefix, this.#last);
    return plain ? this.#take(leaf) : this.#examine(event, leaf);
  }

  finish(): Result<Verified, Flaw> {
    const early = (this.#size === 0 ? this.#atBoundary() : null) ?? this.#misplacement(null);
    if (early !== null) return err(early);
    const beyond = this.#boundaries[this.#upcoming];
    if (beyond !== undefined) {
      if (!verifyHead(this.#setup.verifier, beyond)) {
        return err(flaw('bad-signature', beyond.size, beyond.size, REASONS.signature));
      }
      return err(this.#judgeOr(flaw('truncated', this.#size + 1, beyond.size, REASONS.cut)));
    }
    const size = this.#size;
    return ok({
      chain: { site: this.#setup.site, size, last: this.#last },
      tree: { size, peaks: [...this.#peaks] },
      checkpoints: this.#boundaries.length,
      later: this.#later,
    });
  }

  #take(leaf: Hash): Flaw | null {
    pushLeaf(this.#setup.digest, this.#peaks, this.#size, leaf);
    this.#before = this.#last;
    this.#last = leaf;
    this.#size += 1;
    return this.#boundaries[this.#upcoming]?.size === this.#size ? this.#atBoundary() : null;
  }

  /** Compares with every signed head of the present size. */
  #atBoundary(): Flaw | null {
    const size = this.#size;
    for (;;) {
      const signed = this.#boundaries[this.#upcoming];
      if (signed?.size !== size) return null;
      if (signed.site !== this.#setup.site) return flaw('foreign-site', size, size, REASONS.headSite);
      if (!verifyHead(this.#setup.verifier, signed)) return flaw('bad-signature', size, size, REASONS.signature);
      if (this.#misplaced !== null) return this.#misplacement(null);
      if (this.#broken !== null) return judge(this.#broken, signed.last === this.#last);
      if (signed.last !== this.#last || signed.root !== rootOfPeaks(this.#setup.digest, this.#peaks)) {
        return flaw('fork', Math.min(this.#vouched + 1, size), size, REASONS.fork);
      }
      this.#vouched = size;
      this.#upcoming += 1;
    }
  }

  /** An event that does not simply fit. */
  #examine(event: StoredEvent, leaf: Hash): Flaw | null {
    if (this.#misplaced !== null) return this.#misplacement(placeOf(event));
    const fit = fitOf(event, this.#setup.site, this.#last);
    if (fit === 'later') this.#later += 1;
    if (fit === 'unlinked') {
      const certain = this.#unlinked(event.seq);
      if (certain !== null) return certain;
    } else if (typeof fit === 'object' && 'place' in fit) {
      const twice =
        fit.place === this.#size && (this.#broken?.seq === this.#size || event.text.endsWith(prevTail(this.#before)));
      if (twice) return flaw('spliced', this.#size, this.#size, REASONS.inserted);
      if (this.#broken !== null) return judge(this.#broken, false);
      this.#misplaced = { seq: event.seq, place: fit.place };
    } else if (typeof fit === 'object') {
      return this.#judgeOr(flaw(fit.code, event.seq, event.seq, fit.why));
    }
    return this.#take(leaf);
  }

  /** Event `seq` does not follow the one before: the flaw when it is certain which of them is bad. */
  #unlinked(seq: number): Flaw | null {
    const before = seq - 1;
    if (this.#broken?.seq === before) return flaw('edited', before, before, REASONS.unlinked);
    if (this.#broken !== null) this.#broken.linked = false;
    else if (this.#vouched === before) return flaw('edited', seq, seq, REASONS.unlinked);
    else this.#broken = { seq, linked: true };
    return null;
  }

  #misplacement(following: number | null): Flaw | null {
    if (this.#misplaced === null) return null;
    const { seq, place } = this.#misplaced;
    const allMoved = place > seq && (following === null || following === place + 1);
    return allMoved ? flaw('missing', seq, seq, REASONS.gap) : flaw('reordered', seq, seq, REASONS.order);
  }

  #judgeOr(other: Flaw): Flaw {
    if (this.#broken === null) return other;
    return flaw('edited', this.#broken.seq - 1, this.#broken.seq, REASONS.either);
  }
}

/**
 * Which of two neighbours is bad. When every event from the second on leads to a signed hash, the second is genuine, and the
 * first is not what it remembers. When they lead to something else that was signed, the second begins what was put in.
 */
const judge = (found: Break, signed: boolean): Flaw => {
  const { seq } = found;
  if (!found.linked) return flaw('edited', seq - 1, seq, REASONS.either);
  return signed ? flaw('edited', seq - 1, seq - 1, REASONS.replaced) : flaw('spliced', seq, seq, REASONS.unlinked);
};

const prevTail = (prev: Hash): string => `,"prev":"${prev}"}`;

/**
 * The usual case, without parsing: the key order of chain.ts, the right site, place, matter and previous hash. Written for
 * speed, as it runs for every event at every start; what it does not recognise is parsed.
 */
const isPlain = (event: StoredEvent, prefix: string, last: Hash): boolean => {
  const { text, matter } = event;
  const end = text.length - 2;
  if (!text.endsWith(last, end) || !text.endsWith('"}') || !text.endsWith(PREV_KEY, end - last.length)) return false;
  if (!text.startsWith(prefix)) return false;
  let at = prefix.length;
  let seq = 0;
  for (let digit = text.charCodeAt(at) - ZERO; digit >= 0 && digit <= 9; digit = text.charCodeAt(at) - ZERO) {
    seq = seq * 10 + digit;
    at += 1;
  }
  if (seq !== event.seq || !text.startsWith(TIME_KEY, at)) return false;
  const matterAt = text.indexOf(MATTER_KEY, at) + MATTER_KEY.length;
  if (matter === null) return text.startsWith('null,', matterAt);
  return text.startsWith(matter, matterAt + 1) && text.startsWith('",', matterAt + 1 + matter.length);
};
const ZERO = 48;
const TIME_KEY = ',"time":[';
const MATTER_KEY = '],"matter":';
const PREV_KEY = ',"prev":"';

const fitOf = (event: StoredEvent, site: SiteId, last: Hash): Fit => {
  const parsed = parseEvent(event.text);
  if (!parsed.ok) return { code: 'edited', why: REASONS.shape };
  if (!parsed.value.known) return 'later';
  const { envelope } = parsed.value;
  if (envelope.site !== site) return { code: 'foreign-site', why: REASONS.site };
  if (envelope.seq !== event.seq) return { place: envelope.seq };
  if (envelope.matter !== event.matter) return { code: 'edited', why: REASONS.matter };
  return envelope.prev === last ? 'fits' : 'unlinked';
};

const placeOf = (event: StoredEvent): number | null => {
  const parsed = parseEvent(event.text);
  return parsed.ok && parsed.value.known ? parsed.value.envelope.seq : null;
};

/** Smallest first; the same head only once. Two different heads of one size both stay: one of them will be found false. */
const uniqueBySize = (heads: readonly SignedHead[]): readonly SignedHead[] =>
  [...new Map(heads.map((head) => [headText(head), head])).values()].toSorted((a, b) => a.size - b.size);
