// Makes a fresh clone ready to run: dependencies as the lock says, the right Node, and (with --web) the screens.
// Plain JavaScript without dependencies, because it runs before anything is installed, on any Node from version 20.
// Messages go to stderr, so that the output of the command that follows stays clean.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_MAJOR = 26;
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const inRoot = (...parts) => path.join(root, ...parts);
const say = (line) => process.stderr.write(`${line}\n`);

const fail = (...lines) => {
  for (const line of lines) say(line);
  process.exit(1);
};

const hashOf = (files, salt) => {
  const sum = createHash('sha256').update(salt);
  for (const file of files) sum.update(path.relative(root, file)).update('\0').update(readFileSync(file)).update('\0');
  return sum.digest('hex');
};

const stampOf = (file) => (existsSync(file) ? readFileSync(file, 'utf8').trim() : '');

const filesUnder = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .flatMap((entry) => {
          const full = path.join(folder, entry.name);
          if (entry.isDirectory()) return filesUnder(full);
          return entry.name.endsWith('.test.ts') ? [] : [full];
        })
        .sort()
    : [];

// `npm ci` removes node_modules while it runs. It must therefore not itself run on the Node that lives in there.
const outsideEnvironment = () => {
  const environment = { ...process.env };
  const key = Object.keys(environment).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const own = inRoot('node_modules');
  environment[key] = (environment[key] ?? '')
    .split(path.delimiter)
    .filter((part) => !part.startsWith(own))
    .join(path.delimiter);
  return environment;
};

const installDependencies = () => {
  const stamp = inRoot('node_modules', '.qundao-lock');
  const wanted = hashOf([inRoot('package-lock.json')], `${process.platform}-${process.arch}`);
  if (stampOf(stamp) === wanted) return;
  say('Installing dependencies (once per version of package-lock.json) …');
  const started = Date.now();
  const result = spawnSync('npm', ['ci', '--include=dev', '--loglevel=error', '--no-audit', '--no-fund'], {
    cwd: root,
    env: outsideEnvironment(),
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) {
    fail(
      'npm ci did not succeed; its message is above.',
      'Check the network and the free disk space, then run the same command again.',
    );
  }
  writeFileSync(stamp, `${wanted}\n`);
  say(`Dependencies are installed (${Math.round((Date.now() - started) / 1000)} s).`);
};

const checkNode = () => {
  const binary = inRoot('node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  const result = spawnSync(binary, ['-v'], { encoding: 'utf8', shell: process.platform === 'win32' });
  const version = (result.stdout ?? '').trim();
  if (version.startsWith(`v${NODE_MAJOR}.`)) return;
  fail(
    `Node ${NODE_MAJOR} should have come with the dependencies, but node_modules/.bin/node is ${version || 'missing'}.`,
    'npm may have blocked install scripts. Allow the one of the package "node" and try again:',
    '  rm -rf node_modules && npm config delete ignore-scripts && npm start',
  );
};

const buildScreens = () => {
  const stamp = inRoot('dist', '.screens');
  const sources = ['web', 'src/core', 'src/world', 'src/kinds', 'src/engines', 'src/wire'];
  const files = [inRoot('package-lock.json'), ...sources.flatMap((folder) => filesUnder(inRoot(folder)))];
  const wanted = hashOf(files, 'screens');
  if (stampOf(stamp) === wanted && existsSync(inRoot('dist', 'web'))) return;
  say('Building the screens …');
  const started = Date.now();
  rmSync(stamp, { force: true });
  const vite = inRoot('node_modules', 'vite', 'bin', 'vite.js');
  const node = inRoot('node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node');
  const result = spawnSync(node, [vite, 'build', '--config', 'web/vite.config.ts', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (result.status !== 0) fail('The screens could not be built; the message is above.');
  mkdirSync(inRoot('dist'), { recursive: true });
  writeFileSync(stamp, `${wanted}\n`);
  say(`The screens are built (${Math.round((Date.now() - started) / 1000)} s).`);
};

installDependencies();
checkNode();
if (process.argv.includes('--web')) buildScreens();
