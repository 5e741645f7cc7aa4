import { closeSync, fdatasyncSync, openSync, readFileSync, rmSync, statfsSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { percentile } from './figures.ts';

/** What the figures were taken on. No names of hosts or folders. */
export const machine = (): string => {
  const [cpu] = os.cpus();
  return `${os.cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${Math.round(os.totalmem() / 2 ** 30)} GB, ${os.type()} ${os.release().split('-')[0] ?? ''}, Node ${process.version}, SQLite ${process.versions['sqlite'] ?? ''}`;
};

/** Load of the machine over the last minute, to judge a figure by: the benchmarks want it idle. */
export const load = (): number => os.loadavg()[0] ?? 0;

export interface FsyncTimes {
  readonly p50_ms: number;
  readonly p99_ms: number;
}

/** One 4 KiB write and fdatasync after the other in a folder. */
export const fsyncTimes = (dir: string, count = 500): FsyncTimes => {
  const file = path.join(dir, 'fsync-probe');
  const descriptor = openSync(file, 'w');
  const block = Buffer.alloc(4096, 1);
  const times: number[] = [];
  try {
    for (let index = 0; index < count; index += 1) {
      const began = performance.now();
      writeSync(descriptor, block);
      fdatasyncSync(descriptor);
      times.push(performance.now() - began);
    }
  } finally {
    closeSync(descriptor);
    rmSync(file);
  }
  return { p50_ms: percentile(times, 0.5), p99_ms: percentile(times, 0.99) };
};

/** Resident memory of a process and of all below it, in MB. */
export interface Resident {
  /** What they share counted once (PSS). */
  readonly once_mb: number;
  /** Each counted by itself and added up (RSS). */
  readonly sum_mb: number;
}

export const residentTree = (pid: number): Resident => {
  const rss_kb = readKb(`/proc/${pid}/status`, /^VmRSS:\s+(\d+)/m) ?? 0;
  const pss_kb = readKb(`/proc/${pid}/smaps_rollup`, /^Pss:\s+(\d+)/m) ?? rss_kb;
  const below = childrenOf(pid).map(residentTree);
  return {
    once_mb: below.reduce((sum, one) => sum + one.once_mb, pss_kb / 1024),
    sum_mb: below.reduce((sum, one) => sum + one.sum_mb, rss_kb / 1024),
  };
};

const childrenOf = (pid: number): readonly number[] => {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
};

const readKb = (file: string, pattern: RegExp): number | null => {
  try {
    const found = pattern.exec(readFileSync(file, 'utf8'));
    return found === null ? null : Number(found[1]);
  } catch {
    return null;
  }
};

/** True when a folder lies in memory: an fsync there costs nothing and a figure means nothing. */
export const isInMemory = (dir: string): boolean => statfsSync(dir).type === 0x01021994;
