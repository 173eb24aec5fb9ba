import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, mergeConfig, type Plugin } from 'vite';
import config from '../../../tabs/vite.config.ts';
import { longer, mirrored } from './sentences.ts';

/**
 * `node tests/browser/made-up/build.ts <folder>`: the pages of the tab, with two languages that nobody speaks beside
 * English instead of those that there are. Which one is read is said by `made-up` in the browser's storage. Beside them,
 * what draws a card alone.
 */
const root = join(import.meta.dirname, '../../..');

/** All that the tab says in English, by the names of its parts: what the file of another language lists. */
async function english(): Promise<object> {
  const source = await readFile(join(root, 'tabs/languages/de.ts'), 'utf8');
  const folder = await mkdtemp(join(tmpdir(), 'cop-english-'));
  try {
    const file = join(folder, 'english.ts');
    const from = pathToFileURL(join(root, 'tabs/languages/')).href;
    await writeFile(
      file,
      source
        .replaceAll('.de.json', '.en.json')
        .replaceAll(/from '(\.[^']+)'/g, (_all, path: string) => `from '${new URL(path, from).href}'`),
    );
    const { german } = (await import(pathToFileURL(file).href)) as { german: object };
    return german;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @param sentence what becomes of each one */
function inOther(said: unknown, sentence: (english: string) => string): unknown {
  if (typeof said === 'string') return sentence(said);
  if (Array.isArray(said)) return said.map(one => inOther(one, sentence));
  return Object.fromEntries(Object.entries(said as object).map(([key, inner]) => [key, inOther(inner, sentence)]));
}

/** One file says something else. It fails where the words to be replaced are not there. */
function saysElse(file: string, words: string, instead: string): Plugin {
  return {
    name: `says-else-${file}`,
    enforce: 'pre',
    transform(code, id) {
      if (id !== join(root, file)) return null;
      if (!code.includes(words)) throw new Error(`${file} has no ${words}`);
      return code.replace(words, () => instead);
    },
  };
}

const [outDir] = process.argv.slice(2);
if (!outDir) throw new Error('expected the folder to build into');
const said = await english();
const languages = { qaa: inOther(said, longer), ar: inOther(said, mirrored) };
await build(
  mergeConfig(config, {
    configFile: false,
    logLevel: 'error',
    plugins: [
      saysElse(
        'tabs/languages/load.ts',
        "de: async () => (await import('./de.ts')).german,",
        Object.entries(languages)
          .map(([code, sentences]) => `${code}: async () => (${JSON.stringify(sentences)}),`)
          .join('\n'),
      ),
      saysElse('tabs/app.tsx', 'joining.host.context.locale', "(localStorage.getItem('made-up') ?? 'en-GB')"),
    ],
    build: { outDir, emptyOutDir: true },
  }),
);
await build({
  configFile: false,
  logLevel: 'error',
  define: { 'process.env.NODE_ENV': '"production"' },
  build: {
    outDir: join(outDir, 'cards'),
    lib: {
      entry: join(root, 'tests/browser/made-up/cards.ts'),
      formats: ['iife'],
      name: 'cards',
      fileName: () => 'cards.js',
      cssFileName: 'cards',
    },
  },
});
