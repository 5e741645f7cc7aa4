import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

/** A file system of a few megabytes in memory. */
export interface SmallDisk {
  readonly dir: string;
  /** Why it could not be mounted here; false when it is. */
  readonly skip: string | false;
  /** Takes every free block. */
  readonly fill: () => void;
  /** Gives back what `fill` took. */
  readonly free: () => void;
  readonly remove: () => void;
}

export const mountSmall = (megabytes: number): SmallDisk => {
  const dir = mkdtempSync(join(tmpdir(), 'qundao-full-'));
  const ballast = join(dir, 'ballast');
  const skip = mount(dir, megabytes);
  return {
    dir,
    skip,
    fill: () => {
      for (let size = 1 << 20; size >= 1; size = Math.floor(size / 2)) while (grow(ballast, size));
    },
    free: () => rmSync(ballast),
    remove: () => {
      if (skip === false) execFileSync('umount', [dir]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
};

const mount = (dir: string, megabytes: number): string | false => {
  if (userInfo().uid !== 0) return 'needs root to mount a small file system';
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'qundao-test', dir], { stdio: 'ignore' });
    return false;
  } catch {
    return 'mounting a small file system is not permitted here';
  }
};

const grow = (file: string, size: number): boolean => {
  try {
    writeFileSync(file, Buffer.alloc(size), { flag: 'a' });
    return true;
  } catch {
    return false;
  }
};
