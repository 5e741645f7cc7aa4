import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const here = decodeURIComponent(new URL('.', import.meta.url).pathname);
const server = 'http://127.0.0.1:8080';

/** One code base, one bundle per face. The server serves `dist/web` as it is; in development everything else goes to it. */
export default defineConfig({
  root: here,
  base: '/',
  tsconfig: `${here}../tsconfig/web.json`,
  plugins: [react()],
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
