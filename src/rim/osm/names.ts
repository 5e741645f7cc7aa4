import type { Text } from '#core/base/text.ts';
import type { Tags } from './block.ts';

const CHINESE = /\p{Script=Han}/u;

/** Name of a way or line in both languages: its own in each, its plain name otherwise, its number where it has no name. */
export const nameOf = (tags: Tags): Text | null => {
  const plain = tags.get('name') ?? tags.get('official_name') ?? tags.get('ref');
  const zh =
    tags.get('name:zh') ?? tags.get('name:zh-Hans') ?? tags.get('name:zh-Hant') ?? plain ?? tags.get('name:en');
  const latin = plain !== undefined && CHINESE.test(plain) ? tags.get('name:zh_pinyin') : undefined;
  const en = tags.get('name:en') ?? tags.get('int_name') ?? latin ?? plain ?? zh;
  return zh === undefined || en === undefined ? null : { zh, en };
};

/** Gives the same object for the same name, so that a road of a hundred ways keeps its name once. */
export const createNames = (): ((tags: Tags) => Text | null) => {
  const known = new Map<string, Text>();
  return (tags) => {
    const name = nameOf(tags);
    if (name === null) return null;
    const key = `${name.zh}\n${name.en}`;
    const same = known.get(key);
    if (same !== undefined) return same;
    known.set(key, name);
    return name;
  };
};
