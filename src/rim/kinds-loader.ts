import { globSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkKind } from '#core/matter/check.ts';
import { complete } from '#core/matter/common.ts';
import type { Kind } from '#core/matter/kind.ts';
import { ROLES } from '#kinds/roles.ts';

const FOLDER = path.join(import.meta.dirname, '../kinds');

/**
 * Every kind of the deployment by its id, as the machine runs it. A kind is a file `kinds/<group>/<name>.ts` whose default
 * export declares it; files without one are helpers. Adding a kind is adding one file.
 * @throws Error with all that is wrong in words, when a declaration cannot be run
 */
export const loadKinds = async (): Promise<ReadonlyMap<string, Kind>> => {
  const files = globSync('*/*.ts', { cwd: FOLDER }).filter((file) => !file.endsWith('.test.ts'));
  const modules = await Promise.all(
    files.toSorted().map((file) => import(pathToFileURL(path.join(FOLDER, file)).href) as Promise<{ default?: Kind }>),
  );
  const kinds = modules.flatMap((module) => (module.default === undefined ? [] : [complete(module.default)]));
  const byId = new Map(kinds.map((kind) => [kind.id, kind]));
  const problems = kinds.flatMap((kind) => checkKind(kind, kinds, Object.keys(ROLES)));
  if (byId.size < kinds.length) problems.push('two files declare kinds with the same id');
  if (problems.length > 0) throw new Error(`The declarations of kinds cannot be run:\n${problems.join('\n')}`);
  return byId;
};
