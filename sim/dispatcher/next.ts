import type { MatterRow } from '#wire/api.ts';
import type { Drill, Wave } from '../drills/drill.ts';
import { bilingual } from '../words.ts';

/** What a dispatcher would do next in a drill. */
export type Wanted =
  | {
      readonly type: 'step';
      readonly matter: string;
      readonly step: string;
      readonly facts: Readonly<Record<string, unknown>>;
    }
  | { readonly type: 'offer'; readonly matter: string; readonly wave: Wave };

const TIERS = ['station', 'district', 'city'];
/** Engagements that came to something, or still may. */
const COUNTS = ['offered', 'accepted', 'on_the_way', 'on_scene', 'transporting', 'delivered', 'released'];
const ALIVE = COUNTS.filter((state) => state !== 'released');
const DEBTS = ['asked', 'late', 'coming'];

/**
 * The next thing to do, from nothing but how the matters stand: whoever brought them there, the drill goes on from it.
 * @param root the incident
 * @param related what it led to: whistles, a non-police matter
 * @returns null while the drill waits for crews and departments, or has ended
 */
export const nextWanted = (drill: Drill, root: MatterRow, related: readonly MatterRow[]): Wanted | null => {
  for (const row of related) {
    const wanted = row.kind === 'support-request' ? inSupport(drill, row) : inCivil(drill, row);
    if (wanted !== null) return wanted;
  }
  if (!root.open) return null;
  if (root.state === 'resolved') return step(root, 'feed_back', { feedback: bilingual(drill.feedback) });
  if (root.state === 'fed_back') return step(root, 'close');
  return inSend(drill, root) ?? inWhistle(drill, root, related) ?? inEnd(drill, root, related);
};

const step = (row: MatterRow, name: string, facts: Readonly<Record<string, unknown>> = {}): Wanted => ({
  type: 'step',
  matter: row.id,
  step: name,
  facts,
});

/** Calls the tiers and sends the waves in order. */
const inSend = (drill: Drill, root: MatterRow): Wanted | null => {
  const engaged = root.parts.filter((part) => COUNTS.includes(part.state)).length;
  let sent = 0;
  for (const wave of drill.waves) {
    if (TIERS.indexOf(root.level) < TIERS.indexOf(wave.tier)) {
      return step(root, 'reinforce', { reason: bilingual(wave.why ?? drill.narrative) });
    }
    sent += wave.count;
    if (engaged < sent) return { type: 'offer', matter: root.id, wave };
  }
  return null;
};

const inWhistle = (drill: Drill, root: MatterRow, related: readonly MatterRow[]): Wanted | null => {
  const { whistle } = drill;
  if (whistle === undefined || related.some((row) => row.kind === 'support-request')) return null;
  return step(root, 'whistle', { departments: whistle.departments, ask: bilingual(whistle.ask) });
};

const inEnd = (drill: Drill, root: MatterRow, related: readonly MatterRow[]): Wanted | null => {
  const busy = root.parts.some((part) => ALIVE.includes(part.state)) || related.some((row) => row.open);
  if (busy) return null;
  if (drill.divert !== undefined) return step(root, 'divert', { reason: bilingual(drill.divert.why) });
  return step(root, 'resolve', { ending: drill.ending, result: bilingual(drill.result) });
};

const inSupport = (drill: Drill, row: MatterRow): Wanted | null => {
  const owed = row.parts.some((part) => DEBTS.includes(part.state));
  if (row.state !== 'answered' || owed) return null;
  const thanks = drill.whistle === undefined ? {} : { thanks: bilingual(drill.whistle.thanks) };
  const helped = row.parts.some((part) => part.state === 'done');
  return step(row, 'close', { ending: helped ? 'helped' : 'not_helped', ...thanks });
};

const inCivil = (drill: Drill, row: MatterRow): Wanted | null => {
  const { divert } = drill;
  if (divert === undefined || !row.open) return null;
  if (row.state === 'received') {
    return step(row, 'route', {
      agency: divert.agency,
      tier: divert.tier,
      topic: divert.topic,
      reason: bilingual(divert.why),
    });
  }
  if (row.state !== 'fed_back') return null;
  return step(row, 'follow_up', { satisfaction: 'satisfied', call_back: bilingual(divert.call_back) });
};
