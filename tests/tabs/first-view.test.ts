import { describe, expect, test } from '@jest/globals';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { screenNames } from '../../domain/tab/screens.ts';

/** The pages as `npm run build` made them: what a tab loads before it shows a screen. */
const built = join(import.meta.dirname, '../../dist/tabs');

interface Chunk {
  readonly file: string;
  readonly imports?: readonly string[];
}
const chunks = JSON.parse(readFileSync(join(built, '.vite/manifest.json'), 'utf8')) as Readonly<Record<string, Chunk>>;

/** With all that they import, and what that imports. */
function withImports(...names: readonly string[]): ReadonlySet<string> {
  const all = new Set<string>();
  const add = (name: string): void => {
    if (all.has(name)) return;
    all.add(name);
    for (const next of chunks[name]?.imports ?? []) add(next);
  };
  for (const name of names) add(name);
  return all;
}

function kilobytes(names: Iterable<string>): number {
  const bytes = [...names].map(name => gzipSync(readFileSync(join(built, chunks[name]!.file)), { level: 9 }).length);
  return bytes.reduce((sum, size) => sum + size, 0) / 1024;
}

const theme = 'components/themes/light.ts';
const screenOf = (name: string): string => `features/${name}/${name}-screen.tsx`;
/** The most that a tab loads before it shows a screen. */
const most = 200;

describe('gzipped JavaScript before the first view', () => {
  test.each(screenNames)(`of the %s is at most ${most} KB`, name => {
    expect(kilobytes(withImports('index.html', theme, screenOf(name)))).toBeLessThanOrEqual(most);
  });

  test.each([
    ['digest', 'those who write it', 'features/digest/drafts.tsx'],
    ['settings', 'those who may change them', 'features/settings/to-change.tsx'],
  ])(`of the %s for %s is at most ${most} KB`, (name, _who, part) => {
    expect(kilobytes(withImports('index.html', theme, screenOf(name), part))).toBeLessThanOrEqual(most);
  });
});

test('one theme comes, and nothing that the screen does not use', () => {
  const loaded = [...withImports('index.html', screenOf('overview'), screenOf('charter'), screenOf('plan'))].map(
    name => chunks[name]!.file,
  );
  const text = loaded.map(file => readFileSync(join(built, file), 'utf8')).join('\n');

  // Words that only these have: the renderer of cards, the polyfill for time zones, high contrast, JSON Schema.
  expect(['AdaptiveCard', 'PlainDateTime', '#1aebff', 'draft-2020-12'].filter(word => text.includes(word))).toEqual([]);
});

describe('what is built', () => {
  const files = readdirSync(built, { recursive: true }).map(String);
  const page = readFileSync(join(built, 'index.html'), 'utf8');

  test('lies there packed with Brotli and with gzip, unless it is small', () => {
    const large = files.filter(file => /\.(js|css|html)$/.test(file) && statSync(join(built, file)).size > 2048);

    expect(large.length).toBeGreaterThan(20);
    expect(large.filter(file => !files.includes(`${file}.br`) || !files.includes(`${file}.gz`))).toEqual([]);
  });

  test('has a name that changes with it, so that it may be kept for ever', () => {
    const own = files.filter(file => /\.(js|css)$/.test(file));

    expect(own.filter(file => !/^assets[\\/].+-[\w-]{8}\.(js|css)$/.test(file))).toEqual([]);
  });

  test('is asked for by the page at once, not one file after the other', () => {
    const entry = [...withImports('index.html')].map(name => `/tabs/${chunks[name]!.file}`);

    expect(entry.filter(file => !page.includes(`="${file}"`))).toEqual([]);
    expect(page).toContain('rel="modulepreload"');
  });

  test('has no fonts: the system’s own are there already', () => {
    expect(files.filter(file => /\.(woff2?|ttf|otf|eot)$/.test(file))).toEqual([]);
    expect(
      files.filter(file => /\.css$/.test(file) && readFileSync(join(built, file), 'utf8').includes('@font-face')),
    ).toEqual([]);
  });
});
