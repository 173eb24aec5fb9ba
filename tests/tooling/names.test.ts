import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

const root = join(import.meta.dirname, '../..');

function files(folder: string, ending: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith(ending))
    .map(entry => relative(root, join(entry.parentPath, entry.name)));
}

function folders(folder: string): readonly string[] {
  return existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { withFileTypes: true })
        .filter(entry => entry.isDirectory())
        .map(({ name }) => name)
    : [];
}

describe('one feature, one name', () => {
  test.each(folders('bot/features'))('%s has its value, and the sentences it says, in its own folder', feature => {
    const folder = join('bot/features', feature);
    const speaks = files(folder, '.ts').some(file => /\bt\(/.test(readFileSync(join(root, file), 'utf8')));
    const present = ['index.ts', 'text.en.json'].filter(file => existsSync(join(root, folder, file)));

    expect(present).toEqual(speaks ? ['index.ts', 'text.en.json'] : ['index.ts']);
  });

  test.each(folders('bot/features'))('%s is tested under its own name', feature => {
    expect(folders('tests/bot/features')).toContain(feature);
  });

  test('a screen is called as the feature it belongs to', () => {
    expect(folders('bot/features')).toEqual(expect.arrayContaining([...folders('tabs/features')]));
  });

  test.each(files('bot', '.card.json'))('%s has a sample beside it, to open in the Adaptive Card Designer', card => {
    const sample = card.replace('.card.json', '.sample.json');

    expect(existsSync(join(root, sample)) ? JSON.parse(readFileSync(join(root, sample), 'utf8')) : 'missing').toEqual(
      expect.any(Object),
    );
  });
});

describe('one command says whether a change is good', () => {
  /** The lines of a script that do something. */
  function commands(script: string): readonly string[] {
    return script
      .split('\n')
      .map(line => line.trim())
      .filter(line => line && !line.startsWith('#'));
  }

  test("continuous integration runs exactly README's test command", () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const blocks = [...readme.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, script = '']) => commands(script));
    const block = blocks.filter(lines => lines.some(line => /\btest\b/.test(line))).flat();

    expect(block).toEqual(['npm test']);
    expect(commands(readFileSync(join(root, '.ci/run'), 'utf8'))).toEqual([
      'set -euo pipefail',
      'cd "$(dirname "${BASH_SOURCE[0]}")/.."',
      ...block,
    ]);
    expect(readFileSync(join(root, '.github/workflows/test.yml'), 'utf8')).toMatch(/^ +- run: npm test$/m);
  });
});
