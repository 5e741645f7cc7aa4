import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'vite';

/** A text file of the project. */
export interface TextFile {
  /** From the project's root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** A node of the syntax tree (ESTree with TypeScript), as far as the rules look into it. */
export interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

/** A code file with its syntax tree. */
export interface CodeFile extends TextFile {
  readonly program: Node;
  readonly comments: readonly { readonly value: string; readonly start: number }[];
  /** What it imports or re-exports, as written, with where. */
  readonly imports: readonly { readonly specifier: string; readonly start: number }[];
}

export interface Problem {
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly rule: string;
  readonly message: string;
}

const IGNORED = new Set([
  'node_modules',
  '.git',
  '.types',
  '.cache',
  'dist',
  'var',
  'test-results',
  'playwright-report',
]);
const TEXT = /\.(ts|tsx|mjs|js|css|html|md|json|jsonc|yml|yaml|sh|conf)$|(^|\/)(LICENSE|run)$/;
const CODE = /\.(ts|tsx|mjs)$/;
/** Larger files are data. */
const MAX_TEXT_BYTES = 1_000_000;

/** Every text file under `root`, generated folders and data files left out, in a fixed order. */
export const readProject = (root: string, folder = ''): TextFile[] =>
  readdirSync(path.join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const relative = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return IGNORED.has(entry.name) ? [] : readProject(root, relative);
      const full = path.join(root, relative);
      if (!TEXT.test(relative) || statSync(full).size > MAX_TEXT_BYTES) return [];
      return [{ path: relative, text: readFileSync(full, 'utf8') }];
    });

export const isCode = (file: TextFile): boolean =>
  CODE.test(file.path) && !file.path.startsWith('data/') && !file.path.includes('.generated.');

export const isUnitTest = (file: TextFile): boolean => /\.test\.tsx?$/.test(file.path);
export const isTestCode = (file: TextFile): boolean => isUnitTest(file) || file.path.startsWith('test/');

/** Parses a code file. Throws with the file's name when it is not TypeScript. */
export const parseCode = (file: TextFile): CodeFile => {
  const parsed = parseSync(file.path, file.text);
  const [error] = parsed.errors;
  if (error !== undefined) throw new SyntaxError(`${file.path}: ${error.message}`);
  const { module } = parsed;
  const imports = [
    ...module.staticImports.map((one) => ({ specifier: one.moduleRequest.value, start: one.start })),
    ...module.staticExports.flatMap((one) =>
      one.entries.flatMap((entry) =>
        entry.moduleRequest === null ? [] : [{ specifier: entry.moduleRequest.value, start: one.start }],
      ),
    ),
    ...module.dynamicImports.map((one) => ({
      specifier: file.text.slice(one.moduleRequest.start + 1, one.moduleRequest.end - 1),
      start: one.start,
    })),
  ];
  return { ...file, program: parsed.program as unknown as Node, comments: parsed.comments, imports };
};

/** Line (from 1) of a character position. */
export const lineOf = (file: TextFile, position: number): number => {
  let line = 1;
  for (let at = file.text.indexOf('\n'); at !== -1 && at < position; at = file.text.indexOf('\n', at + 1)) line += 1;
  return line;
};

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string';

/** Calls `visit` for every node with its parent, outer ones first. */
export const walk = (
  node: Node,
  visit: (node: Node, parent: Node | null) => void,
  parent: Node | null = null,
): void => {
  visit(node, parent);
  for (const value of Object.values(node)) {
    const children: unknown[] = Array.isArray(value) ? value : [value];
    for (const child of children) if (isNode(child)) walk(child, visit, node);
  }
};

/** The project file an import means, or null for a package. `exists` tells which files there are. */
export const resolveImport = (from: string, specifier: string, exists: (file: string) => boolean): string | null => {
  const bare = specifier.replace(/\?.*$/, '');
  const target = bare.startsWith('#')
    ? `src/${bare.slice(1)}`
    : bare.startsWith('.')
      ? path.posix.normalize(path.posix.join(path.posix.dirname(from), bare))
      : null;
  if (target === null) return null;
  return [target, `${target}.ts`, `${target}.tsx`, `${target}/index.ts`].find(exists) ?? target;
};
