import { isUtf8 } from 'node:buffer';
import { Transform } from 'node:stream';
import { feedError } from './problems.ts';

const NEWLINE = 10;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/**
 * Passes bytes on in whole lines once they are known to be UTF-8, without the byte order mark some programs put first.
 * Fails with gtfs-encoding and the number of the first line that is not.
 */
export const wholeLines = (file: string): Transform => {
  let rest: Buffer = Buffer.alloc(0);
  let [line, isFirst] = [1, true];
  const checked = (bytes: Buffer): Buffer => {
    if (!isUtf8(bytes)) throw feedError('gtfs-encoding', { file, line: line + badLine(bytes) });
    line += linesIn(bytes);
    const from = isFirst && bytes.subarray(0, BOM.length).equals(BOM) ? BOM.length : 0;
    isFirst = false;
    return bytes.subarray(from);
  };
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        const all = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
        const end = all.lastIndexOf(NEWLINE) + 1;
        rest = all.subarray(end);
        done(null, end === 0 ? undefined : checked(all.subarray(0, end)));
      } catch (error) {
        done(error as Error);
      }
    },
    flush(done) {
      try {
        done(null, rest.length === 0 ? undefined : checked(rest));
      } catch (error) {
        done(error as Error);
      }
    },
  });
};

const linesIn = (bytes: Buffer): number => {
  let count = 0;
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, at + 1)) count += 1;
  return count;
};

/** How many lines stand before the first one that is not UTF-8. */
const badLine = (bytes: Buffer): number => {
  let [count, from] = [0, 0];
  for (let at = bytes.indexOf(NEWLINE); at !== -1; at = bytes.indexOf(NEWLINE, from)) {
    if (!isUtf8(bytes.subarray(from, at))) break;
    count += 1;
    from = at + 1;
  }
  return count;
};
