import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { text } from '#core/base/text.ts';
import { Refused } from '../shell.ts';

const ELSEWHERE = ['/usr/sbin', '/usr/local/bin', '/usr/bin'];

/** @throws Refused with the command that installs it */
export const natsServer = (): string => {
  const places = [...(process.env['PATH'] ?? '').split(path.delimiter), ...ELSEWHERE];
  const found = places.map((dir) => path.join(dir, 'nats-server')).find((file) => existsSync(file));
  if (found !== undefined) return found;
  throw new Refused(
    'nats-missing',
    text(
      '没有找到 nats-server，节点之间要靠它通信。在 Debian 或 Ubuntu 上用这一条命令安装：sudo apt-get install -y nats-server',
      'nats-server was not found; sites talk to each other by it. One command installs it on Debian and Ubuntu: sudo apt-get install -y nats-server',
    ),
  );
};

/** Starts a server by its settings; it waits by itself for the one above it. */
export const startNats = (program: string, config: string, log: string): ChildProcess =>
  spawn(program, ['-c', config, '-l', log], { stdio: 'ignore' });
