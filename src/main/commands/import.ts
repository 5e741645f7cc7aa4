import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { SYSTEM } from '#app/system.ts';
import { forceRecordSchema } from '#wire/force-record.ts';
import type { Force } from '#world/forces/force.ts';
import { openInWords } from '../opening.ts';
import { Refused, ZHOUSHAN_DIR, print, readConfig, readVersion } from '../shell.ts';

export const importCommand = (program: Command): void => {
  program
    .command('import')
    .description("bring in a deployer's own data")
    .command('forces <file>')
    .description(
      'register the forces of a JSON file ({"forces": […]}, as data/zhoushan/forces.json); the site must be stopped',
    )
    .option('--on-duty', 'put the new ones on duty at once')
    .option('--json', 'answer as JSON')
    .action(async (file: string, options: { readonly onDuty?: true; readonly json?: true }) => {
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
      print(
        options.json === true ? JSON.stringify({ registered: forces.length }) : `已登记 registered: ${forces.length}`,
      );
    });
};

/** @throws Refused with every record that is wrong and why; nothing is imported then */
const readForces = (file: string): readonly Force[] => {
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Refused(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  const records = (value as { readonly forces?: unknown } | null)?.forces;
  if (!Array.isArray(records)) throw new Refused(`${file}: {"forces": […]} is missing`);
  const problems: string[] = [];
  const forces = records.flatMap((record: unknown, index) => {
    const parsed = forceRecordSchema.safeParse(record);
    if (parsed.success) return [parsed.data as unknown as Force];
    problems.push(
      ...parsed.error.issues.map((issue) => `${file}: forces[${index}].${issue.path.join('.')}: ${issue.message}`),
    );
    return [];
  });
  if (problems.length > 0) throw new Refused(problems.join('\n'));
  return forces;
};
