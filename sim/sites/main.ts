import process from 'node:process';
import { parseArgs } from 'node:util';
import { simulate } from './simulate.ts';

/** `node sim/sites/main.ts --seed N --days D`: prints what came of it as one line of JSON. */
const { values } = parseArgs({ options: { seed: { type: 'string' }, days: { type: 'string' } } });
process.stdout.write(`${JSON.stringify(simulate(Number(values.seed), Number(values.days)))}\n`);
