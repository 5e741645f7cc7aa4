import path from 'node:path';
import { checkCalls } from './tidy/calls.ts';
import { checkDead, missingEntryPoints } from './tidy/dead.ts';
import { checkLengths } from './tidy/lengths.ts';
import { checkArrows } from './tidy/rings.ts';
import type { Problem } from './tidy/source.ts';
import { isCode, parseCode, readProject } from './tidy/source.ts';
import { checkMarks, checkWords } from './tidy/words.ts';

/** Style that executes. Prints what is out of order, one line each; exit code 1 when anything is. */
const root = path.dirname(import.meta.dirname);
const texts = readProject(root);
const code = texts.filter(isCode).map(parseCode);
const paths = new Set(texts.map((file) => file.path));

const problems: Problem[] = [
  ...code.flatMap((file) => [
    ...checkLengths(file),
    ...checkCalls(file),
    ...checkArrows(file, (other) => paths.has(other)),
    ...checkMarks(file),
  ]),
  ...checkDead(code, texts),
  ...texts.flatMap(checkWords),
];

const missing = missingEntryPoints(code, texts);
if (missing.length > 0) console.log(`tidy: dead files are not looked for while ${missing.join(', ')} is missing`);
for (const { path: file, line, rule, message } of problems) console.log(`${file}:${line} ${rule}: ${message}`);
console.log(`tidy: ${problems.length} problems in ${texts.length} files`);
process.exitCode = problems.length === 0 ? 0 : 1;
