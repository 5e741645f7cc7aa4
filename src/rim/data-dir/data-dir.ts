import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Text } from '#core/base/text.ts';
import { text } from '#core/base/text.ts';

/** A directory that cannot be made or written; the words say why. */
export class DataDirError extends Error {
  override readonly name = 'DataDirError';
  readonly words: Text;
  constructor(words: Text) {
    super(words.en);
    this.words = words;
  }
}

/**
 * Makes the data directory when it is not there, for its owner only; one that is there keeps its mode. The folders above it are made
 * one by one: made all at once, below a file system that makes none, Node tries for ever.
 * @throws DataDirError when it cannot be made, is no directory, or may not be written
 */
export const prepareDataDir = (dir: string): void => {
  const whole = path.resolve(dir);
  try {
    for (const folder of missingAbove(whole)) make(folder, 0o777);
    if (!existsSync(whole)) make(whole, 0o700);
    if (!statSync(whole).isDirectory()) throw new DataDirError(NO_DIRECTORY);
    accessSync(whole, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw error instanceof DataDirError ? error : new DataDirError(wordsOf(error));
  }
};

/** Another process may have made it in the same moment. */
const make = (folder: string, mode: number): void => {
  try {
    mkdirSync(folder, { mode });
  } catch (error) {
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
};

/** Folders on the way that are not there, the highest first. */
const missingAbove = (dir: string): readonly string[] => {
  const above = path.dirname(dir);
  return above === dir || existsSync(above) ? [] : [...missingAbove(above), above];
};

const NO_DIRECTORY = text('路径上有一个文件，不是目录', 'there is a file on its path, not a directory');
const DENIED = text('没有读写权限', 'this user may not read and write there');
const WORDS: Readonly<Record<string, Text>> = {
  ENOTDIR: NO_DIRECTORY,
  EEXIST: NO_DIRECTORY,
  EACCES: DENIED,
  EPERM: DENIED,
  EROFS: text('所在的文件系统是只读的', 'its file system is read-only'),
  ENOENT: text('所在的文件系统里不能新建目录', 'its file system makes no directories'),
  ENOSPC: text('磁盘已满', 'the disk is full'),
};

const wordsOf = (error: unknown): Text => {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return WORDS[code] ?? text(message, message);
};
