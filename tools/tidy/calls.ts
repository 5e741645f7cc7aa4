import { PURE, ringOf } from './rings.ts';
import type { CodeFile, Node, Problem } from './source.ts';
import { isNode, isTestCode, lineOf, walk } from './source.ts';

/** Pure rings get time, chance and output passed in: the compiler cannot refuse these, so this does. */
export const checkCalls = (file: CodeFile): Problem[] => {
  const ring = ringOf(file.path);
  if (ring === null || !PURE.has(ring) || isTestCode(file)) return [];
  const problems: Problem[] = [];
  walk(file.program, (node) => {
    const found = banned(node);
    if (found === null) return;
    const message = `${found} is not for the pure ring ${ring}: pass it in`;
    problems.push({ path: file.path, line: lineOf(file, node.start), rule: 'pure', message });
  });
  return problems;
};

const isNamed = (node: unknown, name: string): boolean =>
  isNode(node) && node.type === 'Identifier' && node['name'] === name;

const banned = (node: Node): string | null => {
  if (node.type === 'TSAnyKeyword') return 'the type any';
  if (node.type === 'NewExpression' || node.type === 'CallExpression') {
    const none = (node['arguments'] as unknown[]).length === 0;
    if (isNamed(node['callee'], 'Date') && (none || node.type === 'CallExpression')) return 'the current date';
  }
  if (node.type !== 'MemberExpression') return null;
  const { object, property } = node;
  if (isNamed(object, 'Date') && isNamed(property, 'now')) return 'Date.now';
  if (isNamed(object, 'Math') && isNamed(property, 'random')) return 'Math.random';
  return ['process', 'console', 'performance', 'globalThis'].find((name) => isNamed(object, name)) ?? null;
};
