import type { CodeFile, Problem, TextFile } from './source.ts';
import { isUnitTest, resolveImport, walk } from './source.ts';

const LOOKED_AT = /^(src|web|sim)\//;
/** One kind is one file, found by listing the folder. */
const BY_CONVENTION = /^src\/kinds\/[a-z-]+\/|\.d\.ts$|\.config\.ts$/;

/**
 * No file that nothing leads to. The ways start at the entry points: the scripts of package.json, the pages, the benchmarks,
 * the tools and the tests across rings. A file that only its own unit test imports is dead.
 */
export const checkDead = (code: readonly CodeFile[], texts: readonly TextFile[]): Problem[] => {
  const files = new Map(code.map((file) => [file.path, file]));
  const exists = (file: string): boolean => files.has(file);
  if (missingEntryPoints(code, texts).length > 0) return [];
  const alive = new Set<string>();
  const queue = [...entryPoints(code, texts)].filter(exists);
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (alive.has(next)) continue;
    alive.add(next);
    const file = files.get(next);
    if (file !== undefined) queue.push(...usedBy(file, exists));
  }
  return code
    .filter((file) => LOOKED_AT.test(file.path) && !isUnitTest(file) && !alive.has(file.path))
    .map((file) => ({ path: file.path, line: 1, rule: 'dead-file', message: 'no entry point leads here' }));
};

/** Entry points that package.json names and that are not there. While one is missing, nothing can be called dead. */
export const missingEntryPoints = (code: readonly CodeFile[], texts: readonly TextFile[]): string[] =>
  scriptsOf(texts).filter((target) => !code.some((file) => file.path === target));

const scriptsOf = (texts: readonly TextFile[]): string[] =>
  scriptTargets(texts.find((file) => file.path === 'package.json')?.text ?? '{}');

const entryPoints = (code: readonly CodeFile[], texts: readonly TextFile[]): string[] => [
  ...scriptsOf(texts),
  ...texts.filter((file) => file.path.endsWith('.html')).flatMap(pageScripts),
  ...code.map((file) => file.path).filter((file) => /^(bench|tools|test)\//.test(file) || BY_CONVENTION.test(file)),
];

/** Files that a script of package.json runs. */
export const scriptTargets = (packageJson: string): string[] => {
  const { scripts = {} } = JSON.parse(packageJson) as { scripts?: Record<string, string> };
  return [...new Set(Object.values(scripts).flatMap((script) => script.match(/[\w./-]+\.(?:ts|tsx|mjs)\b/g) ?? []))];
};

/** Pages name their scripts from the folder `web` (`/desk/main.tsx`) or from beside themselves (`./main.tsx`). */
const pageScripts = (page: TextFile): string[] =>
  [...page.text.matchAll(/src="([^"]+\.tsx?)"/g)].flatMap(([, source = '']) =>
    source.startsWith('/')
      ? [`web${source}`]
      : [resolveImport(page.path, source.replace(/^(?!\.)/, './'), () => true) ?? ''],
  );

/** What a file imports, and what it names in a text as a path (workers, child processes). */
const usedBy = (file: CodeFile, exists: (file: string) => boolean): string[] => {
  const used = file.imports.map((one) => resolveImport(file.path, one.specifier, exists) ?? '');
  walk(file.program, (node) => {
    const value = node.type === 'Literal' ? node['value'] : null;
    if (typeof value !== 'string' || !/\.(ts|tsx|mjs)$/.test(value)) return;
    used.push(resolveImport(file.path, value.startsWith('.') ? value : `./${value}`, exists) ?? '', value);
  });
  return used.filter(exists);
};
