import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { text } from '#core/base/text.ts';
import { SYSTEM } from '#app/system.ts';
import { forceRecordSchema } from '#wire/force-record.ts';
import type { Force } from '#world/forces/force.ts';
import { openInWords } from '../opening.ts';
import { JSON_OPTION, Refused, ZHOUSHAN_DIR, answer, messageOf, readConfig, readVersion } from '../shell.ts';
import type { Answering } from '../shell.ts';
import { addImportGtfs } from './import-gtfs.ts';
import { addImportOsm } from './import-osm.ts';

export const importCommand = (program: Command): void => {
  const group = program.command('import').description("bring in a deployer's own data");
  addImportOsm(group);
  addImportGtfs(group);
  group
    .command('forces <file>')
    .description(
      'register the forces of a JSON file ({"forces": […]}, as data/zhoushan/forces.json); the site must be stopped',
    )
    .option('--on-duty', 'put the new ones on duty at once')
    .option(...JSON_OPTION)
    .action(async (file: string, options: Answering & { readonly onDuty?: true }) => {
      const forces = readForces(file);
      const config = { ...readConfig(false), log_level: 'silent' as const };
      const opened = await openInWords({
        config,
        place_dir: ZHOUSHAN_DIR,
        web_dir: null,
        version: readVersion(),
        accounts: [],
        demonstration: false,
      });
      try {
        await opened.site.forces.register(forces, SYSTEM);
        if (options.onDuty === true)
          await opened.site.forces.startShift(
            forces.map((force) => force.id),
            SYSTEM,
          );
      } finally {
        await opened.close();
      }
      answer(options, { registered: forces.length }, [`已登记 registered: ${forces.length}`]);
    });
};

const FORMAT = text(
  '文件须为 {"forces": […]}，格式同 data/zhoushan/forces.json。',
  'The file must be {"forces": […]}, as data/zhoushan/forces.json.',
);

const refusedFor = (file: string, problems: string): Refused =>
  new Refused(
    'import-invalid',
    text(
      `${file}：什么都没有导入。${FORMAT.zh}\n${problems}`,
      `${file}: nothing was imported. ${FORMAT.en}\n${problems}`,
    ),
  );

/** @throws Refused with every record that is wrong and why; nothing is imported then */
const readForces = (file: string): readonly Force[] => {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw refusedFor(file, messageOf(error));
  }
  const records = (value as { readonly forces?: unknown } | null)?.forces;
  if (!Array.isArray(records)) throw refusedFor(file, 'forces: missing');
  const problems: string[] = [];
  const forces = records.flatMap((record: unknown, index) => {
    const parsed = forceRecordSchema.safeParse(record);
    if (parsed.success) return [parsed.data as unknown as Force];
    problems.push(...parsed.error.issues.map((issue) => `forces[${index}].${issue.path.join('.')}: ${issue.message}`));
    return [];
  });
  if (problems.length > 0) throw refusedFor(file, problems.join('\n'));
  return forces;
};
