import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/tabs/',
  plugins: [react()],
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
