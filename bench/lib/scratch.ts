import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { isInMemory } from './machine.ts';

/** A folder on a real disk, gone at the end: under QUNDAO_BENCH_DIR, else where the system keeps temporary files. */
export const scratch = (): string => {
  const parent = process.env['QUNDAO_BENCH_DIR'] ?? tmpdir();
  if (isInMemory(parent)) throw new Error(`${parent} lies in memory; set QUNDAO_BENCH_DIR to a folder on a disk`);
  const dir = mkdtempSync(path.join(parent, 'qundao-bench-'));
  process.once('exit', () => rmSync(dir, { recursive: true, force: true }));
  return dir;
};

export const PLACE_DIR = path.join(import.meta.dirname, '../../data/zhoushan');
