import type { Language, Text } from '#core/base/text.ts';
import { partEdges } from './check-loop.ts';
import { edgesOf } from './graph.ts';
import type { Edge } from './graph.ts';
import type { Kind } from './kind.ts';

/** The states of a kind as a Mermaid `stateDiagram-v2`; steps label the arrows, clocks are marked ⏰. */
export const diagram = (kind: Kind, language: Language): string => {
  const closed = Object.keys(kind.states).filter((state) => kind.states[state]?.open === false);
  return [
    'stateDiagram-v2',
    ...Object.entries(kind.states).map(([name, state]) => named(name, state.name[language])),
    `  [*] --> ${kind.initial}: ${plain(kind.raise.name[language])}`,
    ...arrows(kind, edgesOf(kind), language),
    ...closed.map((state) => `  ${state} --> [*]`),
  ].join('\n');
};

/** The same for one part: what one force or agency goes through within a matter. */
export const partDiagram = (kind: Kind, name: string, language: Language): string => {
  const part = kind.parts[name];
  if (part === undefined) throw new RangeError(`${kind.id} has no part ${name}`);
  const begins = Object.values(kind.steps)
    .filter((step) => step.part?.of === name && step.part.from === 'none')
    .map((step) => `  [*] --> ${step.part?.to}: ${plain(step.name[language])}`);
  const raised = kind.raise.parts;
  if (raised?.of === name) begins.unshift(`  [*] --> ${raised.to}: ${plain(kind.raise.name[language])}`);
  return [
    'stateDiagram-v2',
    ...Object.entries(part.states).map(([state, { name: words }]) => named(state, words[language])),
    ...begins,
    ...arrows(kind, partEdges(kind, name, part), language),
    ...Object.keys(part.states)
      .filter((state) => part.states[state]?.active === false)
      .map((state) => `  ${state} --> [*]`),
  ].join('\n');
};

const named = (name: string, words: string): string => `  state "${plain(words)}" as ${name}`;

/** One arrow for each pair of states, with all that leads along it. */
const arrows = (kind: Kind, edges: readonly Edge[], language: Language): readonly string[] => {
  const labels = new Map<string, Set<string>>();
  for (const edge of edges) {
    const pair = `${edge.from} --> ${edge.to}`;
    const label = labels.get(pair) ?? new Set();
    label.add(plain(wordsOf(kind, edge)[language]));
    labels.set(pair, label);
  }
  return [...labels].map(([pair, label]) => `  ${pair}: ${[...label].join(' / ')}`);
};

const wordsOf = (kind: Kind, edge: Edge): Text => {
  const step = edge.step === null ? undefined : kind.steps[edge.step];
  if (step !== undefined) return step.name;
  const name = kind.clocks[edge.clock ?? '']?.name ?? { zh: '', en: '' };
  return { zh: `⏰${name.zh}`, en: `⏰ ${name.en}` };
};

/** Mermaid reads quotes, colons, semicolons and number signs as its own. */
const plain = (words: string): string =>
  words
    .replaceAll(/[":;#]/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
