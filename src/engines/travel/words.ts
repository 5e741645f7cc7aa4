import type { Text } from '#core/base/text.ts';
import type { Mobility } from '#world/forces/force.ts';
import type { NoWay } from './spi.ts';

const OFF_NETWORK: Text = {
  zh: '位置不在地图范围内或不在可通行处，请核对位置',
  en: 'the position is outside the mapped area or where nothing can move; check the position',
};
const NO_LANDING: Text = {
  zh: '附近没有可登岸的水面，请改派陆上或空中力量',
  en: 'no water to land from is near; send a land or air force instead',
};
const OUT_OF_RANGE: Text = {
  zh: '往返超出航程，请派更近的力量',
  en: 'there and back is beyond its range; send one that is nearer',
};
const CLOSED: Text = {
  zh: '必经的道路、桥梁或码头已封闭，请改派水上或空中力量，或解除封闭',
  en: 'the only road, bridge or pier is closed; send a boat or aircraft, or lift the closure',
};
const NO_CONNECTION: Text = {
  zh: '没有相连的道路或水路，请改派水上或空中力量',
  en: 'no road or water way leads there; send a boat or aircraft instead',
};
const IMMOBILE: Text = { zh: '该力量不移动，请派其他力量', en: 'this force does not move; send another' };

/** Why nothing gets there, in words that say what to do. */
export const noWay = (code: NoWay['code'], mobility: Mobility): NoWay => {
  if (mobility === 'none') return { code, words: IMMOBILE };
  const words = {
    'off-network': OFF_NETWORK,
    'no-landing': NO_LANDING,
    'out-of-range': OUT_OF_RANGE,
    closed: CLOSED,
    'no-connection': NO_CONNECTION,
  }[code];
  return { code, words };
};
