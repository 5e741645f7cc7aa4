import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

const here = decodeURIComponent(new URL('.', import.meta.url).pathname);
const server = 'http://127.0.0.1:8080';

/** Text that shrinks to a third or less; what is small already is left alone. */
const SHRINKS = /\.(?:js|css|html|svg|json)$/;
const SMALL_BYTES = 1024;
/** Near the best there is, in a tenth of the time. */
const QUALITY = 9;

/** Lays a compressed copy beside every file, for the server to hand out: a thin link to an island carries a quarter then. */
const smaller = (): Plugin => ({
  name: 'smaller',
  apply: 'build',
  writeBundle: ({ dir }) => {
    for (const name of readdirSync(dir ?? '', { recursive: true, encoding: 'utf8' })) {
      const file = path.join(dir ?? '', name);
      if (!SHRINKS.test(name)) continue;
      const bytes = readFileSync(file);
      if (bytes.length < SMALL_BYTES) continue;
      const quality = { [constants.BROTLI_PARAM_QUALITY]: QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length };
      writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: quality }));
      writeFileSync(`${file}.gz`, gzipSync(bytes, { level: QUALITY }));
    }
  },
});

/** One code base, one bundle per face. The server serves `dist/web` as it is; in development everything else goes to it. */
export default defineConfig({
  root: here,
  base: '/',
  tsconfig: `${here}../tsconfig/web.json`,
  plugins: [react(), smaller()],
  build: {
    outDir: `${here}../dist/web`,
    emptyOutDir: true,
    target: 'es2023',
    chunkSizeWarningLimit: 1500,
    rollupOptions: {
      input: {
        start: `${here}index.html`,
        desk: `${here}desk/index.html`,
        field: `${here}field/index.html`,
        public: `${here}public/index.html`,
      },
    },
  },
  publicDir: false,
  server: {
    proxy: {
      '/api/stream': { target: server, ws: true },
      '/api': server,
      '/positions': server,
    },
  },
});
