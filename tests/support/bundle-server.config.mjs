import { join } from 'node:path';
import { defineConfig } from 'vite';

const embedded = ['@electric-sql/pglite', '@electric-sql/pglite-prepopulatedfs'];

/** How Vite makes what `bundledServer` in prepared.ts hands out. */
export default defineConfig({
  root: join(import.meta.dirname, '../..'),
  logLevel: 'error',
  publicDir: false,
  // The embedded database reads files that lie beside its own.
  ssr: { noExternal: true, external: embedded },
  build: {
    ssr: 'infra/local/instance.ts',
    target: 'node24',
    rolldownOptions: {
      output: {
        entryFileNames: 'instance.mjs',
        paths: Object.fromEntries(embedded.map(name => [name, import.meta.resolve(name)])),
      },
    },
  },
});
