import type { CodeFile, Node, Problem } from './source.ts';
import { isTestCode, lineOf, walk } from './source.ts';

export const MAX_FUNCTION_LINES = 70;
export const MAX_FILE_LINES = 400;

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);
const TEST_CALLS = new Set(['test', 'it', 'describe', 'suite', 'before', 'after', 'beforeEach', 'afterEach']);

/** No function above 70 lines, no file above 400. In tests, the callbacks of `describe` and `test` count on their own. */
export const checkLengths = (file: CodeFile): Problem[] => {
  const problems: Problem[] = [];
  const lines = file.text.replace(/\n$/, '').split('\n').length;
  if (lines > MAX_FILE_LINES)
    problems.push({
      path: file.path,
      line: 1,
      rule: 'file-length',
      message: `${lines} lines; at most ${MAX_FILE_LINES}`,
    });
  walk(file.program, (node, parent) => {
    if (!FUNCTIONS.has(node.type)) return;
    const count = isTestCode(file) ? linesOf(file, node) - linesOfTestCallbacks(file, node) : linesOf(file, node);
    if (count <= MAX_FUNCTION_LINES) return;
    const message = `${nameOf(node, parent)} has ${count} lines; at most ${MAX_FUNCTION_LINES}`;
    problems.push({ path: file.path, line: lineOf(file, node.start), rule: 'function-length', message });
  });
  return problems;
};

const linesOf = (file: CodeFile, node: Node): number => file.text.slice(node.start, node.end).split('\n').length;

const linesOfTestCallbacks = (file: CodeFile, outer: Node): number => {
  const spans: Node[] = [];
  walk(outer, (node, parent) => {
    if (node === outer || !FUNCTIONS.has(node.type) || parent?.type !== 'CallExpression') return;
    if (!isTestCall(parent) || spans.some((span) => span.start <= node.start && node.end <= span.end)) return;
    spans.push(node);
  });
  return spans.reduce((sum, span) => sum + linesOf(file, span) - 1, 0);
};

const isTestCall = (call: Node): boolean => {
  const callee = call['callee'] as Node;
  const named = callee.type === 'MemberExpression' ? (callee['property'] as Node) : callee;
  return named.type === 'Identifier' && TEST_CALLS.has(named['name'] as string);
};

const nameOf = (node: Node, parent: Node | null): string => {
  const own = (node['id'] ?? parent?.['id'] ?? parent?.['key'] ?? null) as Node | null;
  return own?.type === 'Identifier' ? `\`${own['name'] as string}\`` : 'a function';
};
