import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Keeper } from '#engines/travel/keeper.ts';
import { readSections, sectionOf, writeSections } from '#engines/travel/road/sections.ts';
import { roadsLayer } from './roads-layer.ts';
import { loadRoads, ROADS_FILE } from './roads.ts';

/** Raised whenever the layer is drawn otherwise. */
const LAYER_VERSION = 3001;

/** The layer of built roads, compressed: kept, as drawing those of a large map takes seconds. */
export const builtRoadsLayer = (dir: string, keeper: Keeper): Uint8Array => {
  const print = endOf(path.join(dir, ROADS_FILE));
  return keeper.keep('roads-layer', {
    read: (bytes) => {
      const sections = readSections(LAYER_VERSION, bytes);
      const [kept, text] = sections.ok ? [sections.value.get('print'), sections.value.get('gzip')] : [];
      return print.every((number, i) => kept?.[i] === number) && text instanceof Uint8Array ? text : null;
    },
    make: () => gzipSync([...roadsLayer(loadRoads(dir).data)].join('')),
    write: (text) => writeSections(LAYER_VERSION, [sectionOf('print', print), sectionOf('gzip', text)]),
  });
};

/** Length and last four bytes of the file: these are its own checksum. */
const endOf = (file: string): Uint32Array => {
  const handle = openSync(file, 'r');
  try {
    const { size } = fstatSync(handle);
    const end = new Uint32Array(1);
    readSync(handle, end, 0, 4, Math.max(0, size - 4));
    return Uint32Array.of(size, end[0] as number);
  } finally {
    closeSync(handle);
  }
};
