import { text } from '#core/base/text.ts';
import type { Fact, Kind, Step } from './kind.ts';

/** Facts and steps every kind has without declaring them: the room of the matter, and links between matters. */
const COMMON_FACTS = {
  said: { name: text('留言', 'Message'), type: 'paragraph', merge: 'log' },
  files: { name: text('附件', 'Files'), type: 'file', merge: 'log' },
  related: { name: text('关联事项', 'Related matter'), type: 'matter', merge: 'set' },
} as const satisfies Record<string, Fact>;

const commonSteps = (kind: Kind): Readonly<Record<string, Step>> => ({
  say: {
    name: text('发言', 'Say'),
    from: 'open',
    who: kind.speaks,
    takes: { said: 'required', files: 'optional' },
  },
  attach: { name: text('附文件', 'Attach'), from: 'open', who: kind.speaks, takes: { files: 'required' } },
  link: {
    name: text('关联', 'Link'),
    from: 'open',
    who: kind.speaks,
    takes: { related: 'required' },
    links: { fact: 'related', relation: 'related' },
  },
});

/** Names of the steps every kind has. */
export const COMMON_STEPS: readonly string[] = ['say', 'attach', 'link'];

/**
 * The declaration as the machine runs it: with the common facts and steps added.
 * @throws RangeError when a kind declares a name that is common to all
 */
export const complete = (kind: Kind): Kind => {
  const steps = commonSteps(kind);
  for (const name of [...Object.keys(COMMON_FACTS), ...Object.keys(steps)]) {
    if (kind.facts[name] !== undefined || kind.steps[name] !== undefined) {
      throw new RangeError(`${kind.id} declares ${name}, which every kind has`);
    }
  }
  return { ...kind, facts: { ...kind.facts, ...COMMON_FACTS }, steps: { ...kind.steps, ...steps } };
};
