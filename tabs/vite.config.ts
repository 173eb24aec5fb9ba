import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { compression } from 'vite-plugin-compression2';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/tabs/',
  // Packed once here, as small as can be, and not with each answer.
  plugins: [react(), compression({ algorithms: ['gzip', 'brotliCompress'], threshold: 1024 })],
  build: {
    outDir: fileURLToPath(new URL('../dist/tabs', import.meta.url)),
    emptyOutDir: true,
    // What Teams' own web views run on; nothing is transpiled for older ones.
    target: ['chrome120', 'edge120', 'safari17'],
    // The bench reads the graph of initial chunks from it.
    manifest: true,
    // Their licences ask for their notices to go along with what is bundled of them.
    license: { fileName: 'third-party.json' },
    chunkSizeWarningLimit: 800,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'no-eval', test: /no-eval\.ts$/ }] } } },
  },
});
