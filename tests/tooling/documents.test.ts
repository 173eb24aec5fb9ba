import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');
const pages = [
  ...readdirSync(root).filter(name => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.md'))
    .map(name => `docs/${name.replaceAll('\\', '/')}`),
];

test.each(pages)('every link of %s leads somewhere', page => {
  const text = readFileSync(join(root, page), 'utf8');
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);

  const broken = targets.filter(target => !/^https?:/.test(target) && !leads(page, target));

  expect(broken).toEqual([]);
});

test.each(pages)('every file that %s names is there', page => {
  const text = readFileSync(join(root, page), 'utf8').replace(/```[^]*?```/g, '');
  const named = [...text.matchAll(/`((?:appPackage|bot|docs|domain|infra|tabs|tests)\/[\w./-]*)`/g)];

  // The worked example is where `icebreaker.test.ts` runs it.
  const paths = named.map(([, path = '']) => path.replace('bot/features/icebreaker', 'tests/contributing/icebreaker'));
  expect(paths.filter(path => !existsSync(join(root, path)))).toEqual([]);
});

test('README is read in one sitting', () => {
  expect(readFileSync(join(root, 'README.md')).length).toBeLessThanOrEqual(8192);
});

describe('decisions', () => {
  const folder = join(root, 'docs/decisions');
  const files = readdirSync(folder).filter(name => name !== 'README.md');

  test('each is in the list, once, by its title', () => {
    const list = readFileSync(join(folder, 'README.md'), 'utf8');
    const rows = files.map(name => {
      const [title = '', , date = ''] = readFileSync(join(folder, name), 'utf8').split('\n');
      return `| [${name.slice(0, 4)}](${name}) | ${title.replace(/^# /, '')} | ${date} |`;
    });

    expect(list.split('\n').filter(line => line.startsWith('| ['))).toEqual(rows.toSorted());
  });

  test.each(files)('%s says what made us decide, what we decided and when', name => {
    const text = readFileSync(join(folder, name), 'utf8');
    const parts = text.split(/^## (.+)\n/m).map(part => part.trim());

    expect(parts[0]).toMatch(/^# .+\n\n\d{4}-\d\d-\d\d$/);
    expect([
      ['Context', 'Decision', 'Consequence'],
      ['Context', 'Decision and consequence'],
    ]).toContainEqual(parts.filter((_part, index) => index % 2 === 1));
    expect(parts.every(part => part !== '')).toBe(true);
  });
});

/** Whether the page has the file, and the file the heading. */
function leads(page: string, target: string): boolean {
  const [path = '', anchor] = target.split('#');
  const file = path === '' ? join(root, page) : join(root, dirname(page), path);
  if (!existsSync(file)) return false;
  if (anchor === undefined) return true;
  const headings = [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, words = '']) =>
    words
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  );
  return headings.includes(anchor);
}
