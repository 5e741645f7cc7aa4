/**
 * Makes data/zhoushan/tides.json from the shared source data: `node tools/zhoushan/tides.ts <directory of shared data>`.
 * The two gauges stand in for the archipelago, where none is in reach; their names say so.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Station {
  readonly name: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly chart_datum: string;
  readonly datums: Readonly<Record<string, number>>;
  readonly source: object;
  readonly license: object;
  readonly harmonic_constituents: readonly {
    readonly name: string;
    readonly amplitude: number;
    readonly phase: number;
  }[];
}

const NAMES: Readonly<Record<string, string>> = { Kanmen: '坎门', Lusi: '吕四' };

const shared = process.argv[2];
if (shared === undefined) {
  process.stderr.write('usage: node tools/zhoushan/tides.ts <directory of shared data>\n');
  process.exit(2);
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));

const stationText = (station: Station): string => {
  const { name, latitude, longitude, chart_datum, datums, source, license, harmonic_constituents } = station;
  const zh = NAMES[name];
  if (zh === undefined) throw new Error(`no Chinese name for ${name}`);
  const head = JSON.stringify({
    id: name.toLowerCase(),
    name: { zh: `${zh}（替代站，示意）`, en: `${name} (stand-in, illustrative)` },
    latitude,
    longitude,
    chart_datum,
    datums: Object.fromEntries(Object.entries(datums).map(([datum, level]) => [datum, rounded(level, 3)])),
    source,
    license,
  });
  const constituents = harmonic_constituents.map((one) =>
    JSON.stringify({ name: one.name, amplitude: rounded(one.amplitude, 4), phase: rounded(one.phase, 2) }),
  );
  return `${head.slice(0, -1)},"harmonic_constituents":[\n${constituents.join(',\n')}]}`;
};

const source = JSON.parse(readFileSync(join(shared, 'zhoushan', 'tide_stations_ticon4.json'), 'utf8')) as {
  readonly licence: string;
  readonly stations: readonly Station[];
};
const head = JSON.stringify({
  licence: source.licence,
  note: 'Neither gauge lies in the archipelago: they show what tides do. Not for navigation.',
}).slice(0, -1);
const content = `${head},"stations":[\n${source.stations.map(stationText).join(',\n')}\n]}\n`;
writeFileSync(join(import.meta.dirname, '..', '..', 'data', 'zhoushan', 'tides.json'), content);
process.stdout.write(`tides.json: ${source.stations.length} stations, ${Math.round(content.length / 1024)} kB\n`);
