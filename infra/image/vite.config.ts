import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/**
 * The server as a handful of files: half of what its start took was Node finding and linking three thousand small ones.
 * What finds files beside itself stays a package.
 */
export default defineConfig({
  root: at('.'),
  publicDir: false,
  ssr: {
    noExternal: true,
    external: ['@electric-sql/pglite', '@electric-sql/pglite-prepopulatedfs', 'pdfkit', 'fontkit'],
  },
  build: {
    ssr: true,
    outDir: at('dist/server'),
    emptyOutDir: true,
    target: 'node24',
    // A line of an error says which function it was.
    minify: false,
    rolldownOptions: {
      input: { index: at('bot/index.ts'), 'document-worker': at('bot/documents/document-worker.ts') },
      output: {
        entryFileNames: '[name].js',
        chunkFileNames: '[name]-[hash].js',
        // Nothing of the process that makes documents may lie in the file that starts the server.
        codeSplitting: { groups: [{ name: 'shared', minShareCount: 2 }] },
      },
    },
  },
});
