import { spawnSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';

/** A file by which to tell that a Debian package is there. */
const PROOFS: Readonly<Record<string, string>> = {
  chromium: '/usr/bin/chromium',
  'fonts-noto-cjk': '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
  postgresql: '/usr/lib/postgresql/*/bin/postgres',
  'nats-server': '/usr/{bin,sbin}/nats-server',
};

const isMissing = (name: string): boolean => globSync(PROOFS[name] ?? name).length === 0;

/** Names of those packages that are not installed. */
export const missingPackages = (names: readonly string[]): string[] => [...new Set(names)].filter(isMissing);

export const installCommand = (names: readonly string[]): string =>
  `apt-get update && apt-get install -y --no-install-recommends ${names.join(' ')}`;

const mayInstall = (): boolean => process.getuid?.() === 0 && existsSync('/etc/debian_version');

/** Installs what is missing where that is allowed (root on Debian), and tells what is still missing afterwards. */
export const providePackages = (names: readonly string[]): string[] => {
  const missing = missingPackages(names);
  if (missing.length === 0 || !mayInstall()) return missing;
  console.log(`Installing for the tests: ${missing.join(', ')} …`);
  const done = spawnSync('sh', ['-c', installCommand(missing)], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    encoding: 'utf8',
  });
  if (done.status !== 0) console.log(`${done.stdout}\n${done.stderr}`.trim().split('\n').slice(-10).join('\n'));
  return missingPackages(missing);
};
