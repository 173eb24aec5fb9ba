import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/desk/app/',
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('../../../../dist/desk', import.meta.url)),
    emptyOutDir: true,
    target: ['chrome120', 'edge120', 'safari17', 'firefox121'],
    // The desk is served from this machine, so its size matters little.
    chunkSizeWarningLimit: 2000,
  },
});
