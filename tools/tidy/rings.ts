import type { CodeFile, Problem } from './source.ts';
import { isTestCode, lineOf, resolveImport } from './source.ts';

/** Folder of each ring, the more particular first. */
const FOLDERS: readonly (readonly [prefix: string, ring: string])[] = [
  ['src/core/base/', 'base'],
  ['src/core/ledger/', 'ledger'],
  ['src/core/matter/', 'matter'],
  ['src/world/', 'world'],
  ['src/kinds/', 'kinds'],
  ['src/engines/', 'engines'],
  ['src/sites/', 'sites'],
  ['src/app/', 'app'],
  ['src/wire/', 'wire'],
  ['src/rim/', 'rim'],
  ['src/main/', 'main'],
  ['web/', 'web'],
  ['sim/', 'sim'],
  ['bench/', 'bench'],
  ['tools/', 'tools'],
];

/** What a ring may import besides itself. The arrows point inwards; docs/ARCHITECTURE.md draws them. */
const DOMAIN = ['base', 'ledger', 'matter', 'world', 'kinds', 'engines', 'sites'];
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  base: [],
  ledger: ['base'],
  matter: ['base', 'ledger'],
  world: ['base'],
  kinds: ['base', 'ledger', 'matter'],
  engines: ['base', 'world'],
  sites: ['base', 'ledger', 'matter'],
  app: DOMAIN,
  wire: DOMAIN,
  rim: [...DOMAIN, 'app', 'wire'],
  main: [...DOMAIN, 'app', 'wire', 'rim'],
  web: [...DOMAIN, 'wire'],
  sim: ['base', 'ledger', 'world', 'engines', 'sites', 'wire'],
  bench: [...DOMAIN, 'app', 'wire', 'rim', 'main', 'sim'],
  tools: [...DOMAIN, 'wire'],
};

/** Rings without time, chance, disk or network of their own. */
export const PURE = new Set(['base', 'ledger', 'matter', 'world', 'kinds', 'engines', 'sites', 'app', 'wire']);

/** Ring of a file; null for tests across rings and what belongs to none. */
export const ringOf = (file: string): string | null => FOLDERS.find(([prefix]) => file.startsWith(prefix))?.[1] ?? null;

/** No import against the arrows. Unit tests may look anywhere; what they test may not. */
export const checkArrows = (file: CodeFile, exists: (file: string) => boolean): Problem[] => {
  const ring = ringOf(file.path);
  if (ring === null || isTestCode(file)) return [];
  return file.imports.flatMap(({ specifier, start }) => {
    const line = lineOf(file, start);
    const target = resolveImport(file.path, specifier, exists);
    if (target === null) return builtIn(file.path, ring, specifier, line);
    if (!exists(target)) return [];
    const other = ringOf(target);
    if (other === ring || (other !== null && (MAY_IMPORT[ring] ?? []).includes(other))) return [];
    const message = `${ring} may not import ${other ?? 'test'} (${specifier})`;
    return [{ path: file.path, line, rule: 'arrows', message }];
  });
};

const builtIn = (path: string, ring: string, specifier: string, line: number): Problem[] =>
  PURE.has(ring) && specifier.startsWith('node:')
    ? [{ path, line, rule: 'arrows', message: `${ring} is pure and may not import ${specifier}` }]
    : [];
