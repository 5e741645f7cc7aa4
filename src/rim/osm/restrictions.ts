import { MODE_BIT } from '#engines/travel/road/data.ts';
import type { Member, Tags } from './block.ts';

/** A turn restriction as mapped, by ids of OpenStreetMap. */
export interface Restriction {
  readonly id: number;
  /** `no`: these ways may not follow each other. `only`: nothing else may follow. */
  readonly sort: 'no' | 'only';
  readonly from: readonly number[];
  readonly to: readonly number[];
  /** The node between, or the ways between in order. */
  readonly via_node: number | null;
  readonly via_ways: readonly number[];
  /** Bits of modes it binds. */
  readonly modes: number;
}

/** Why a restriction is not used. */
export interface Unused {
  readonly reason: 'restriction-conditional' | 'restriction-kind' | 'restriction-members' | 'restriction-modes';
  readonly detail: string;
}

export const isRestriction = (tags: Tags): boolean => /^restriction(?::|$)/.test(tags.get('type') ?? '');

const DRIVERS = MODE_BIT.motorcycle | MODE_BIT.car | MODE_BIT.truck | MODE_BIT.emergency;

/** Modes a `restriction:<mode>` binds; what is not here (buses, bicycles) does not travel by these roads. */
const BOUND: Readonly<Record<string, number>> = {
  '': DRIVERS,
  vehicle: DRIVERS,
  motor_vehicle: DRIVERS,
  motorcar: MODE_BIT.car | MODE_BIT.emergency,
  motorcycle: MODE_BIT.motorcycle,
  hgv: MODE_BIT.truck,
  emergency: MODE_BIT.emergency,
  foot: MODE_BIT.foot,
};

/** Modes `except=` frees. Emergency vehicles obey like everybody, unless they are named: a turn is often forbidden because it cannot be made. */
const FREED: Readonly<Record<string, number>> = { ...BOUND, motorcar: MODE_BIT.car };

const KINDS = /^(no|only)_(left_turn|right_turn|straight_on|u_turn|entry|exit|turn)$/;

/** The restrictions of one relation (a general one and one for lorries may stand side by side), and what of it is not used and why. */
export const readRestriction = (
  id: number,
  members: readonly Member[],
  tags: Tags,
): { readonly used: readonly Restriction[]; readonly unused: readonly Unused[] } => {
  const used: Restriction[] = [];
  const unused: Unused[] = [];
  const given = [...tags].filter(([key]) => /^restriction(?::|$)/.test(key));
  if (given.length === 0) unused.push({ reason: 'restriction-kind', detail: '' });
  for (const [key, value] of given) {
    const mode = key.slice('restriction:'.length);
    const kind = KINDS.exec(value);
    if (mode.endsWith('conditional') || tags.has('day_on') || tags.has('hour_on')) {
      unused.push({ reason: 'restriction-conditional', detail: '' });
    } else if (kind === null) unused.push({ reason: 'restriction-kind', detail: `${key}=${value}` });
    else {
      const modes = (BOUND[mode] ?? 0) & ~freed(tags.get('except'));
      const parts = partsOf(members);
      if (modes === 0) unused.push({ reason: 'restriction-modes', detail: mode });
      else if (parts === null || !fits(parts, value)) unused.push({ reason: 'restriction-members', detail: value });
      else used.push({ id, sort: kind[1] === 'no' ? 'no' : 'only', ...parts, modes });
    }
  }
  return { used, unused };
};

const freed = (except: string | undefined): number => {
  let modes = 0;
  for (const word of except?.split(';') ?? []) modes |= FREED[word.trim()] ?? 0;
  return modes;
};

type Parts = Pick<Restriction, 'from' | 'to' | 'via_node' | 'via_ways'>;

const partsOf = (members: readonly Member[]): Parts | null => {
  const ids = (type: Member['type'], role: string): readonly number[] =>
    members.filter((member) => member.type === type && member.role === role).map((member) => member.id);
  const [from, to, nodes, ways] = [ids('way', 'from'), ids('way', 'to'), ids('node', 'via'), ids('way', 'via')];
  if (from.length === 0 || to.length === 0) return null;
  if (nodes.length === 1 && ways.length === 0) return { from, to, via_node: nodes[0] as number, via_ways: [] };
  return nodes.length === 0 && ways.length > 0 ? { from, to, via_node: null, via_ways: ways } : null;
};

/** Several ways may lead in only where entering, and out only where leaving is forbidden. */
const fits = ({ from, to }: Parts, value: string): boolean =>
  (from.length === 1 || value === 'no_entry') && (to.length === 1 || value === 'no_exit');
