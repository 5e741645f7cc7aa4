import type { Entries } from './error-entry.ts';
import { entry } from './error-entry.ts';

/** Why nothing gets there. */
export const TRAVEL = {
  'off-network': entry(
    422,
    ['起点附近没有可走的路或水域。', 'There is no road or water near the start.'],
    ['请核对位置，或改派其他力量。', 'Check the position, or send another force.'],
  ),
  'no-landing': entry(
    422,
    ['目的地附近没有可以靠岸或降落的地方。', 'There is nowhere to land near the destination.'],
    ['请考虑直升机、无人机或岛上力量。', 'Think of a helicopter, a drone or forces on the island.'],
  ),
  'out-of-range': entry(
    422,
    ['超出航程。', 'The destination is out of range.'],
    ['请改派航程更远或更近处的力量。', 'Send a force with more range, or one that is nearer.'],
  ),
  closed: entry(
    422,
    ['通道已关闭。', 'The way is closed.'],
    ['请改用其他码头或方式，或等待开放。', 'Use another pier or means, or wait until it opens.'],
  ),
  'no-connection': entry(
    422,
    ['没有通往目的地的路线。', 'No way leads to the destination.'],
    ['请改派其他种类的力量。', 'Send a force of another kind.'],
  ),
  'sea-state': entry(
    422,
    ['海况超过限制。', 'The sea is rougher than the limit.'],
    [
      '请等待海况转好，或改派能抗风浪的船只或航空力量。',
      'Wait for a calmer sea, or send a boat that bears it, or an aircraft.',
    ],
  ),
  weather: entry(
    422,
    ['风或能见度超过限制。', 'Wind or visibility is beyond the limit.'],
    ['请等待天气转好，或改派其他力量。', 'Wait for better weather, or send another force.'],
  ),
  tide: entry(
    422,
    ['潮位不合适。', 'The tide is not right.'],
    ['请等待涨潮或落潮，或改用其他码头。', 'Wait for the tide, or use another pier.'],
  ),
  daylight: entry(
    422,
    ['只在白天通行。', 'It is open by daylight only.'],
    ['请等到天亮，或改用其他方式。', 'Wait for daylight, or use other means.'],
  ),
  'no-departure': entry(
    422,
    ['近期没有班次。', 'Nothing departs soon.'],
    ['请改派自有船只或航空力量，或等待下一班。', 'Send a boat or an aircraft, or wait for the next departure.'],
  ),
} as const satisfies Entries;
