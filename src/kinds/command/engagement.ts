import { text } from '#core/base/text.ts';
import type { Clock, Condition, Part, Rule, Step } from '#core/matter/kind.ts';
import { COMMAND, forSubject } from '../grants.ts';

/** A force working a matter: offered → accepted → on the way → on scene → (taking someone somewhere) → released. */
export const ENGAGEMENT: Part = {
  name: text('投入力量', 'Engagement'),
  states: {
    offered: { name: text('待接受', 'Offered'), active: true, clocks: ['answer'] },
    accepted: { name: text('已接受', 'Accepted'), active: true },
    on_the_way: { name: text('途中', 'On the way'), active: true },
    on_scene: { name: text('到场', 'On scene'), active: true },
    transporting: { name: text('转送中', 'Transporting'), active: true },
    delivered: { name: text('已送达', 'At destination'), active: true },
    released: { name: text('已撤离', 'Released'), active: false, keeps: true },
    declined: { name: text('不能前往', 'Declined'), active: false },
    expired: { name: text('未应答', 'No answer'), active: false },
    withdrawn: { name: text('已撤回', 'Withdrawn'), active: false },
  },
};

const ACTIVE = ['offered', 'accepted', 'on_the_way', 'on_scene', 'transporting', 'delivered'];
export const UNDER_WAY: readonly string[] = ['received', 'under_way', 'on_scene', 'left'];
/** Radio practice: who has the force, or the command room that hears it, records what it does. */
const BY_FORCE = [
  forSubject('responder'),
  forSubject('volunteer'),
  forSubject('agency'),
  forSubject('device'),
  ...COMMAND,
];

export const NOBODY_LEFT: Condition = { none: 'engagement', in: ACTIVE };
/** With nobody left the matter waits for a dispatcher: to send someone or, where someone was there already, to say how it ended. */
const BACK_WHEN_ALONE: readonly Rule[] = [
  { when: { all: [{ state: ['under_way'] }, NOBODY_LEFT] }, to: 'received' },
  { when: { all: [{ state: ['on_scene'] }, NOBODY_LEFT] }, to: 'left' },
];

/** What a force in each state is to every screen. */
export const SHOWS = {
  offered: 'assigned',
  accepted: 'assigned',
  on_the_way: 'on_the_way',
  on_scene: 'on_scene',
  transporting: 'unavailable',
  delivered: 'unavailable',
} as const;

export const ANSWER_CLOCK: Clock = {
  name: text('应答', 'Answer to the offer'),
  runs: 'wall',
  limit_s: 120,
  fires: { part_to: 'expired', to: BACK_WHEN_ALONE, tells: COMMAND },
};

const moves = (from: readonly string[], to: string): NonNullable<Step['part']> => ({ of: 'engagement', from, to });

export const ENGAGEMENT_STEPS: Readonly<Record<string, Step>> = {
  offer: {
    name: text('派单', 'Dispatch'),
    from: UNDER_WAY,
    part: { of: 'engagement', from: 'none', to: 'offered' },
    to: [{ when: { state: ['received', 'left'] }, to: 'under_way' }],
    who: COMMAND,
    takes: {},
    primary: true,
  },
  accept: {
    name: text('接受', 'Accept'),
    from: UNDER_WAY,
    part: moves(['offered'], 'accepted'),
    who: BY_FORCE,
    takes: {},
  },
  go: {
    name: text('接受并出发', 'Accept and go'),
    from: UNDER_WAY,
    part: moves(['offered', 'accepted'], 'on_the_way'),
    who: BY_FORCE,
    takes: {},
    primary: true,
  },
  arrive: {
    name: text('到场', 'Arrive'),
    from: UNDER_WAY,
    part: moves(['offered', 'accepted', 'on_the_way'], 'on_scene'),
    to: 'on_scene',
    who: BY_FORCE,
    takes: {},
    primary: true,
  },
  transport: {
    name: text('转送', 'Transport'),
    from: UNDER_WAY,
    part: moves(['on_scene'], 'transporting'),
    who: BY_FORCE,
    takes: { destination: 'optional' },
  },
  deliver: {
    name: text('送达', 'Deliver'),
    from: UNDER_WAY,
    part: moves(['transporting'], 'delivered'),
    who: BY_FORCE,
    takes: {},
    primary: true,
  },
  clear: {
    name: text('完成', 'Clear'),
    from: UNDER_WAY,
    part: moves(['accepted', 'on_the_way', 'on_scene', 'transporting', 'delivered'], 'released'),
    to: BACK_WHEN_ALONE,
    who: BY_FORCE,
    takes: { report: 'optional' },
    primary: true,
  },
  decline: {
    name: text('不能前往', 'Decline'),
    from: UNDER_WAY,
    part: moves(['offered'], 'declined'),
    to: BACK_WHEN_ALONE,
    who: BY_FORCE,
    takes: { reason: 'optional' },
  },
  withdraw: {
    name: text('撤回', 'Withdraw'),
    from: UNDER_WAY,
    part: moves(['offered', 'accepted', 'on_the_way'], 'withdrawn'),
    to: BACK_WHEN_ALONE,
    who: COMMAND,
    takes: { reason: 'optional' },
  },
};
