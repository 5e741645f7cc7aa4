import { writeFileSync } from 'node:fs';
import { SETTINGS } from './config.ts';
import type { Setting } from './config.ts';

const head = `# Configuration · 配置

Generated from \`src/main/config.ts\` by \`npm run docs\`; a test keeps the two together.

All settings are environment variables, read once at the start. A wrong value stops the start and is named with an example. An empty
variable counts as absent. 所有设置都是环境变量，启动时读取一次；值不对则拒绝启动并说明。

| variable | standard | what it is | a right value |
| --- | --- | --- | --- |
`;

const cell = (value: string): string => value.replaceAll('|', '\\|');

/** The page of all settings, as Markdown. */
export const configPage = (): string =>
  head +
  Object.entries(SETTINGS)
    .map(
      ([name, { about, must, standard, told = `\`${standard}\``, example }]: [string, Setting<unknown>]) =>
        `| \`${name}\` | ${cell(told)} | ${cell(`${about.zh}<br>${about.en}`)} | ` +
        `${cell(`${must.zh}<br>${must.en}`)}<br>\`${name}=${cell(example)}\` |\n`,
    )
    .join('');

if (import.meta.main) writeFileSync('docs/operating/configuration.md', configPage());
