import type { CodeFile, Node, Problem, TextFile } from './source.ts';
import { isNode, isTestCode, lineOf, walk } from './source.ts';

/** What a reader of the project must never meet: places and tools of the workshop it was made in. */
const FORBIDDEN: readonly (readonly [pattern: RegExp, why: string])[] = [
  [/(?<![\w.])\/(?:work|home|Users|root)\/[\w.-]+/g, 'a path of one machine'],
  [/[A-Za-z]:\\Users\\/g, 'a path of one machine'],
  [
    /\b(?:registry\.(?:npmjs\.org|yarnpkg\.com|npmmirror\.com)|pypi\.org|proxy\.golang\.org)\b/g,
    'the host of a registry',
  ],
  [/\bissues? #?\d+\b|\bissues show\b/gi, 'an issue of a tracker'],
  [/\b(?:this|previous|next|last|earlier|another) (?:coding|work(?:ing)?) session\b/gi, 'a working session'],
  [
    /\b(?:Claude|Anthropic|ChatGPT|OpenAI|GPT-\d\w*|Copilot|language models?|AI assistant|sub-?agents?)\b/gi,
    'a tool of the workshop',
  ],
];
/** The files that must name the words in order to refuse them. */
const EXEMPT = /^tools\/tidy\/words(\.test)?\.ts$/;
const MARKS = new RegExp(`\\b(?:${['TO' + 'DO', 'FIX' + 'ME', 'XX' + 'X', 'HA' + 'CK'].join('|')})\\b`, 'g');

export const checkWords = (file: TextFile): Problem[] => {
  if (EXEMPT.test(file.path)) return [];
  const rules = [...FORBIDDEN, [MARKS, 'a mark of unfinished work'] as const];
  return rules.flatMap(([pattern, why]) =>
    [...file.text.matchAll(pattern)].map((match) => ({
      path: file.path,
      line: lineOf(file, match.index),
      rule: 'words',
      message: `"${match[0]}" is ${why}`,
    })),
  );
};

const SUITES = new Set(['test', 'it', 'describe', 'suite']);

/** No test that shuts out the others, and none left out without a reason in words. */
export const checkMarks = (file: CodeFile): Problem[] => {
  if (!isTestCode(file)) return [];
  const problems: Problem[] = [];
  walk(file.program, (node) => {
    const message =
      node.type === 'CallExpression' ? callMark(node) : node.type === 'Property' ? propertyMark(node) : null;
    if (message !== null)
      problems.push({ path: file.path, line: lineOf(file, node.start), rule: 'test-marks', message });
  });
  return problems;
};

const nameIn = (node: unknown): string => (isNode(node) && node.type === 'Identifier' ? (node['name'] as string) : '');

const isReason = (node: Node | undefined): boolean =>
  (node?.type === 'Literal' && typeof node['value'] === 'string' && node['value'] !== '') ||
  node?.type === 'TemplateLiteral';

const callMark = (call: Node): string | null => {
  const callee = call['callee'] as Node;
  if (callee.type !== 'MemberExpression') return null;
  const object = callee['object'] as Node;
  const owner = nameIn(object.type === 'MemberExpression' ? object['object'] : object);
  const method = nameIn(callee['property']);
  if (method === 'only' && SUITES.has(owner)) return '`.only` shuts out the other tests';
  if (method !== 'skip' || !(SUITES.has(owner) || owner === 't' || owner === 'context')) return null;
  const given = call['arguments'] as Node[];
  const reasoned = SUITES.has(owner) ? given.length === 2 && isReason(given[1]) : given.length > 0;
  return reasoned ? null : '`.skip` without a reason in words';
};

const propertyMark = (property: Node): string | null => {
  const value = property['value'];
  if (!isNode(value) || value.type !== 'Literal' || value['value'] !== true) return null;
  if (nameIn(property['key']) === 'only') return '`only: true` shuts out the other tests';
  return nameIn(property['key']) === 'skip' ? '`skip: true` without a reason in words' : null;
};
