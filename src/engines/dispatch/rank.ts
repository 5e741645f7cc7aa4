import type { LonLat } from '#core/base/geo.ts';
import type { Text } from '#core/base/text.ts';
import type { Arrival, Travel, Traveller } from '#engines/travel/spi.ts';
import { travellerAt } from '#engines/travel/traveller.ts';
import { STALE_AFTER_S } from '#world/forces/force.ts';
import type { Force, Skill } from '#world/forces/force.ts';
import { GEAR } from '#world/forces/gear.ts';
import { FORCE_KINDS, TIERS } from '#world/forces/kinds.ts';
import { listWords, reason, skillWords, tierWords, timeWords } from './reasons.ts';
import type { Available, Candidate, Excluded, Need, Ranking, Reason } from './spi.ts';

/** A force still in the running, with what decides its place. */
interface Runner {
  readonly one: Available;
  readonly arrival: Extract<Arrival, { reason: null }>;
  readonly lacking: readonly Skill[];
  readonly gear: readonly string[];
  readonly cover: number;
  /** Why it is out of this matter already; null when it never was in it, or worked on it. */
  readonly turned: Text | null;
}

/**
 * Ranks the forces for a need. Pure: the same input gives the same order, whatever order the forces came in.
 *
 * Who is left out: forces already in the matter, off duty or unavailable; tiers not called yet; station forces of another
 * district while only the station tier is called (from the district tier on, neighbours may help); forces called for a skill
 * (agencies, volunteers, aircraft …) that have none of those asked for; police forces with none of them once a free force with
 * all of them is there as soon; forces that cannot get there by any way. Distance alone never leaves anyone out.
 *
 * Order, each only where the ones before are equal: free before engaged elsewhere; not yet asked before those who declined, did not
 * answer or were called back; whole minutes to arrival (rounded down);
 * fewer skills lacking; more fitting gear; fewer tasks in hand; more cover left; seconds to arrival; id.
 */
export const rank = (need: Need, forces: readonly Available[], travel: Travel): Ranking => {
  const excluded: Excluded[] = [];
  const possible: Available[] = [];
  for (const one of forces) {
    const reasons = reasonsAgainst(need, one);
    if (reasons.length === 0) possible.push(one);
    else excluded.push({ force: one.force.id, reasons });
  }
  const arrivals = travel.toPlace(
    possible.map((one) => travellerOf(one.force, one.position?.at ?? one.force.home)),
    need.at,
    { leave_at: need.now },
  );
  const free = freeByGroup(forces);
  const runners: Runner[] = [];
  possible.forEach((one, i) => {
    const arrival = arrivals[i];
    if (arrival === undefined || arrival.reason !== null) {
      const why = arrival?.reason.words ?? { zh: '未知', en: 'unknown' };
      excluded.push({ force: one.force.id, reasons: [reason('no-way', { why })] });
      return;
    }
    runners.push({
      one,
      arrival,
      lacking: need.skills.filter((skill) => !one.force.skills.includes(skill)),
      gear: one.force.gear.filter((code) => GEAR[code]?.serves.some((skill) => need.skills.includes(skill)) === true),
      turned: need.turned[one.force.id] ?? null,
      cover: (free.get(groupOf(one)) ?? 0) - (isFree(one) ? 1 : 0),
    });
  });
  const skilled_s = soonestSkilled_s(runners);
  const kept = runners.filter((runner) => !isUnskilled(need, runner) || runner.arrival.duration_s < skilled_s);
  for (const { one } of runners.filter((runner) => !kept.includes(runner))) {
    excluded.push({ force: one.force.id, reasons: [reason('skilled-sooner', { skills: skillWords(need.skills) })] });
  }
  kept.sort(compare);
  return {
    candidates: kept.map((runner, i) => candidate(need, runner, i + 1)),
    excluded: excluded.toSorted((a, b) => (a.force < b.force ? -1 : a.force > b.force ? 1 : 0)),
  };
};

/** A force as travel sees it. */
export const travellerOf = (force: Pick<Force, 'id' | 'kind' | 'home'>, at: LonLat): Traveller => {
  const { profile, turnout_s } = FORCE_KINDS[force.kind];
  return { ...travellerAt(profile, at, force.id), turnout_s, home: force.home };
};

const isUnskilled = (need: Need, runner: Runner): boolean =>
  need.skills.length > 0 && runner.lacking.length === need.skills.length;

/** When the first free force with every skill asked for is there; Infinity when there is none. */
const soonestSkilled_s = (runners: readonly Runner[]): number =>
  Math.min(
    Number.POSITIVE_INFINITY,
    ...runners
      .filter(({ one, lacking }) => lacking.length === 0 && isFree(one))
      .map(({ arrival }) => arrival.duration_s),
  );

const isEngaged = (one: Available): boolean => one.engaged.length > 0 || one.state !== 'available';
const isFree = (one: Available): boolean => one.state === 'available' && one.engaged.length === 0;
const groupOf = (one: Available): string => `${one.force.tier}:${one.force.district ?? 'city'}`;

const freeByGroup = (forces: readonly Available[]): ReadonlyMap<string, number> => {
  const free = new Map<string, number>();
  for (const one of forces) if (isFree(one)) free.set(groupOf(one), (free.get(groupOf(one)) ?? 0) + 1);
  return free;
};

/** Everything that keeps a force out before ways are looked at; empty when nothing does. */
const reasonsAgainst = (need: Need, one: Available): readonly Reason[] => {
  const { force } = one;
  if (need.already.includes(force.id)) return [reason('already')];
  const reasons: Reason[] = [];
  if (one.state === 'off_duty') reasons.push(reason('off-duty'));
  if (one.state === 'unavailable') reasons.push(reason('unavailable'));
  if (TIERS.indexOf(force.tier) > TIERS.indexOf(need.tier))
    reasons.push(reason('tier', { tier: tierWords(force.tier) }));
  else if (need.tier === 'station' && isElsewhere(need, one)) reasons.push(reason('district-first'));
  if (FORCE_KINDS[force.kind].sent_for === 'skill' && !need.skills.some((skill) => force.skills.includes(skill))) {
    reasons.push(need.skills.length === 0 ? reason('not-asked') : reason('skill', { skills: skillWords(need.skills) }));
  }
  return reasons;
};

/** True when both belong to a district and to different ones. At open sea nobody is elsewhere. */
const isElsewhere = (need: Need, one: Available): boolean =>
  need.district !== null && one.force.district !== null && one.force.district !== need.district;

const compare = (a: Runner, b: Runner): number =>
  Number(isEngaged(a.one)) - Number(isEngaged(b.one)) ||
  Number(a.turned !== null) - Number(b.turned !== null) ||
  Math.floor(a.arrival.duration_s / 60) - Math.floor(b.arrival.duration_s / 60) ||
  a.lacking.length - b.lacking.length ||
  b.gear.length - a.gear.length ||
  a.one.engaged.length - b.one.engaged.length ||
  b.cover - a.cover ||
  a.arrival.duration_s - b.arrival.duration_s ||
  (a.one.force.id < b.one.force.id ? -1 : 1);

const candidate = (need: Need, runner: Runner, rank: number): Candidate => {
  const { one, arrival } = runner;
  const doubt = uncertainty(need, one);
  return {
    force: one.force.id,
    rank,
    eta_s: arrival.duration_s,
    distance_m: arrival.distance_m,
    uncertain: doubt !== null,
    reasons: [
      reason('arrival', { time: timeWords(arrival.duration_s), km: (arrival.distance_m / 1000).toFixed(1) }),
      ...abilityReasons(need, runner),
      ...standingReasons(need, runner),
      ...(doubt === null ? [] : [doubt]),
    ],
  };
};

const abilityReasons = (need: Need, { one, lacking, gear }: Runner): readonly Reason[] => {
  const has = need.skills.filter((skill) => one.force.skills.includes(skill));
  const reasons: Reason[] = [];
  if (has.length > 0) reasons.push(reason('skills', { skills: skillWords(has) }));
  if (lacking.length > 0) reasons.push(reason('lacks-some', { skills: skillWords(lacking) }));
  if (gear.length > 0) {
    reasons.push(reason('gear', { gear: listWords(gear.map((code) => GEAR[code]?.name ?? { zh: code, en: code })) }));
  }
  return reasons;
};

const standingReasons = (need: Need, { one, cover, turned }: Runner): readonly Reason[] => {
  const reasons: Reason[] = [];
  if (one.engaged.length > 0) reasons.push(reason('engaged', { matters: one.engaged.join(', ') }));
  else if (isEngaged(one)) reasons.push(reason('busy'));
  if (turned !== null) reasons.push(reason('turned', { why: turned }));
  if (isElsewhere(need, one)) reasons.push(reason('other-district'));
  reasons.push(cover === 0 ? reason('no-cover') : reason('cover', { count: cover }));
  return reasons;
};

/** Why the arrival time is not to be trusted; null when it is. */
const uncertainty = (need: Need, one: Available): Reason | null => {
  const { position } = one;
  if (position === null) return reason('home-only');
  const age_s = (need.now - position.time) / 1000;
  return age_s > STALE_AFTER_S ? reason('stale', { age: timeWords(age_s) }) : null;
};
