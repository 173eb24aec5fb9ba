import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { compression } from 'vite-plugin-compression2';

/**
 * Every schema of zod brings along how to describe itself as JSON Schema, which the server does for `/api/openapi.json`
 * and no page ever: 5 KB of what a tab loads before it shows anything.
 */
const withoutJsonSchema: Plugin = {
  name: 'without-json-schema',
  load(id) {
    if (!/\/zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$/.test(id)) return null;
    const names = [...readFileSync(id, 'utf8').matchAll(/^export (?:const|function|class) (\w+)/gm)];
    return names.map(([, name]) => `export function ${name}() {}`).join('\n');
  },
};

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/tabs/',
  // Packed once here, as small as can be, and not with each answer.
  plugins: [withoutJsonSchema, react(), compression({ algorithms: ['gzip', 'brotliCompress'], threshold: 1024 })],
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
