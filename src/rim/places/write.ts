import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import type { Text } from '#core/base/text.ts';
import { text } from '#core/base/text.ts';
import { CodedError } from '#wire/errors.ts';

/**
 * Writes a file of a place directory whole or not at all: beside, fsynced, renamed, and the directory fsynced. Whoever reads meanwhile has the old one.
 * @throws CodedError place-write-failed; the file is then as it was
 */
export const writeWhole = (dir: string, name: string, content: Uint8Array | string): void =>
  writePieces(dir, name, [typeof content === 'string' ? Buffer.from(content) : content]);

/** The same for what is made piece by piece. A piece is written before the next is asked for. */
export const writePieces = (dir: string, name: string, pieces: Iterable<Uint8Array>): void => {
  const temporary = path.join(dir, `${name}.${process.pid}.new`);
  try {
    writeDurably(temporary, pieces);
    renameSync(temporary, path.join(dir, name));
    sync(dir);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new CodedError('place-write-failed', { values: { file: path.join(dir, name), what: reasonOf(error) } });
  }
};

const writeDurably = (file: string, pieces: Iterable<Uint8Array>): void => {
  const handle = openSync(file, 'w');
  try {
    for (const bytes of pieces) for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

const sync = (dir: string): void => {
  const handle = openSync(dir, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

const REASONS: Readonly<Record<string, Text>> = {
  ENOSPC: text('磁盘已满', 'the disk is full'),
  EDQUOT: text('磁盘配额已满', 'the disk quota is used up'),
  EACCES: text('没有权限', 'there is no permission'),
  EPERM: text('没有权限', 'there is no permission'),
  EROFS: text('磁盘是只读的', 'the disk is read-only'),
  ENOENT: text('不存在', 'it is not there'),
  ENOTDIR: text('目录不存在', 'the directory is not there'),
};

/** What the system says of a file, in words. */
export const reasonOf = (error: unknown): Text => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return REASONS[code] ?? text(`系统错误 ${code}`, `system error ${code}`);
};
