import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { compression } from 'vite-plugin-compression2';

/**
 * What packages bring along for others, and no page ever does, by the file it is in: with what stands in for
 * `debug` below a tenth of what a tab would load before it shows anything.
 */
const unused: readonly (readonly [file: RegExp, instead: (source: string) => string])[] = [
  // Every schema describes itself as JSON Schema, which the server does for `/api/openapi.json`.
  [/\/zod\/v4\/core\/(to-json-schema|json-schema-processors)\.js$/, emptied],
  // Values that contain themselves: what a page parses came as JSON.
  [/\/zod\/v4\/core\/memoizer\.js$/, emptied],
  // What is wrong with a value, in English sentences: a page says so in words of its own.
  [/\/zod\/v4\/locales\/en\.js$/, () => 'export default () => ({ localeError: () => undefined });'],
  // Formats of texts that no part of the API has, each a method of every text and so never left out by itself.
  [/\/zod\/v4\/classic\/schemas\.js$/, withoutOtherFormats],
  // What makes code of schemas, which the policy of the pages refuses (lib/no-eval.ts).
  [/\/zod\/v4\/core\/schemas\.js$/, withoutMadeCode],
  // Five hundred names, each beside itself.
  [/\/@fluentui\/tokens\/lib\/tokens\.js$/, namedByThemselves],
];

/** All that a file gives to others, doing nothing. */
function emptied(source: string): string {
  const names = [...source.matchAll(/^export (?:const|function|class) (\$?\w+)/gm)];
  return names.map(([, name]) => `export function ${name}() {}`).join('\n');
}

/** Methods of `ZodString` for formats: those that have a schema of their own (`z.email()`) are not used as methods. */
function withoutOtherFormats(source: string): string {
  return source.replaceAll(/^ +\w+\(params\) \{\s+return this\.check\(core\._\w+\(Zod\w+, params\)\);\s+\},?$/gm, '');
}

function withoutMadeCode(source: string): string {
  return source.replace(/^export const \$ZodObjectJIT = .*?^\}\);$/ms, 'export const $ZodObjectJIT = $ZodObject;');
}

/** The tokens of Fluent: `var(--name)` for every name but those that have a value for where no theme names them. */
function namedByThemselves(source: string): string {
  const others = [...source.matchAll(/(\w+): ('var\(--\w+, [^']+\)')/g)].map(([, name, value]) => `${name}: ${value}`);
  return `export const tokens = new Proxy({ ${others.join(', ')} }, {
    get: (others, name) => others[name] ?? 'var(--' + String(name) + ')',
  });`;
}

const withoutWhatNoPageUses: Plugin = {
  name: 'without-what-no-page-uses',
  load(id) {
    const found = unused.find(([file]) => file.test(id));
    return found ? found[1](readFileSync(id, 'utf8')) : null;
  },
};

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/tabs/',
  resolve: {
    alias: [
      {
        find: /^.*\/debug\/src\/browser\.js$/,
        replacement: fileURLToPath(new URL('lib/no-log.ts', import.meta.url)),
      },
    ],
  },
  // Packed once here, as small as can be, and not with each answer.
  plugins: [withoutWhatNoPageUses, react(), compression({ algorithms: ['gzip', 'brotliCompress'], threshold: 1024 })],
  build: {
    outDir: fileURLToPath(new URL('../dist/tabs', import.meta.url)),
    emptyOutDir: true,
    // What Teams' own web views run on; nothing is transpiled for older ones.
    target: ['chrome120', 'edge120', 'safari17'],
    // All of them preload modules by themselves.
    modulePreload: { polyfill: false },
    // The bench reads the graph of initial chunks from it.
    manifest: true,
    // Their licences ask for their notices to go along with what is bundled of them.
    license: { fileName: 'third-party.json' },
    chunkSizeWarningLimit: 800,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: 'no-eval', test: /no-eval\.ts$/, priority: 1 },
            // What most screens and forms stand on is packed together: forty small files pack less well.
            { name: 'base', minShareCount: 24 },
          ],
        },
      },
    },
  },
});
