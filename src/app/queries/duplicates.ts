import { distance_m } from '#core/base/geo.ts';
import type { LonLat } from '#core/base/geo.ts';
import type { Instant } from '#core/base/instant.ts';
import { text } from '#core/base/text.ts';
import type { Text } from '#core/base/text.ts';
import { maySee } from '#core/matter/access.ts';
import type { Actor } from '#core/matter/actor.ts';
import { positionOf } from '../dispatching.ts';
import type { Views } from '../views/views.ts';
import { rowOf } from './rows.ts';
import type { Row } from './rows.ts';

/** Reports about one thing come near each other in place and time. */
const NEAR_M = 1500;
const RECENT_MS = 4 * 3_600_000;
const ANSWERS_MAX = 5;
/** Least score that is worth a dispatcher's glance. */
const SCORE_MIN = 0.5;

export interface Resemblance {
  readonly row: Row;
  readonly distance_m: number | null;
  readonly age_s: number;
  readonly why: Text;
}

interface Asked {
  readonly kind: string;
  readonly at: LonLat | null;
  readonly words: string;
}

/**
 * Open matters of the kind that may be about the same: near in place (half the score within 1.5 km, falling with distance),
 * time (within four hours) and words (share of common character pairs). A hint for a person, never a decision.
 */
export const resembling = (views: Views, asked: Asked, actor: Actor, now: Instant): readonly Resemblance[] => {
  const kind = views.kinds.get(asked.kind);
  if (kind === undefined) return [];
  const pairs = pairsOf(asked.words);
  const found: (Resemblance & { readonly score: number })[] = [];
  for (const matter of views.book.open()) {
    const age_ms = now - matter.raised[0];
    if (matter.kind !== asked.kind || age_ms > RECENT_MS || !maySee(kind, actor, matter)) continue;
    const place = positionOf(kind, matter.facts);
    const apart_m = asked.at === null || place === null ? null : distance_m(asked.at, place);
    if (apart_m !== null && apart_m > NEAR_M) continue;
    const row = rowOf(kind, matter);
    const alike = overlap(pairs, pairsOf(`${row.title.zh} ${row.place ?? ''}`));
    const near = apart_m === null ? 0 : 1 - apart_m / NEAR_M;
    const score = near * 0.6 + alike + (1 - age_ms / RECENT_MS) * 0.2;
    if (score >= SCORE_MIN && near + alike > 0.3) {
      found.push({
        row,
        distance_m: apart_m,
        age_s: Math.round(age_ms / 1000),
        why: whyWords(apart_m, alike, age_ms),
        score,
      });
    }
  }
  return found
    .toSorted((a, b) => b.score - a.score)
    .slice(0, ANSWERS_MAX)
    .map(({ score: _, ...one }) => one);
};

const whyWords = (apart_m: number | null, alike: number, age_ms: number): Text => {
  const minutes = Math.max(1, Math.round(age_ms / 60_000));
  const zh = [`${minutes} 分钟前`];
  const en = [`${minutes} min ago`];
  if (apart_m !== null) {
    zh.unshift(`相距 ${Math.round(apart_m)} 米`);
    en.unshift(`${Math.round(apart_m)} m away`);
  }
  if (alike > 0.2) {
    zh.push('说法相近');
    en.push('similar words');
  }
  return text(zh.join('，'), en.join(', '));
};

/** Neighbouring characters, which serve Chinese and Latin script alike. */
const pairsOf = (words: string): ReadonlySet<string> => {
  const plain = words.toLowerCase().replaceAll(/[\s\p{P}]+/gu, '');
  const pairs = new Set<string>();
  for (let index = 0; index + 1 < plain.length; index += 1) pairs.add(plain.slice(index, index + 2));
  return pairs;
};

/** Share of the smaller set that both have, 0 to 1. */
const overlap = (a: ReadonlySet<string>, b: ReadonlySet<string>): number => {
  const smaller = Math.min(a.size, b.size);
  if (smaller === 0) return 0;
  let common = 0;
  for (const pair of a) if (b.has(pair)) common += 1;
  return common / smaller;
};
