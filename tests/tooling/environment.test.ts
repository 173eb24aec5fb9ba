import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentVariables } from '../../bot/config.ts';

const root = join(import.meta.dirname, '../..');
const head = '# What the server reads. Copy it, fill in what has no value, and uncomment what is to differ.\n';

/** Made from bot/config.ts; what differs is copied from this test's output. */
test('.env.sample has every variable the server reads, with what it is for and what it is when left out', () => {
  const lines = environmentVariables().map(({ name, about, fallback, required }) => {
    const value = `${name}=${fallback ?? ''}`;
    return `# ${about}\n${required ? value : `# ${value}`}\n`;
  });

  expect(readFileSync(join(root, '.env.sample'), 'utf8')).toBe([head, ...lines].join('\n'));
});

test('docs/deploying.md tells of each of them', () => {
  const page = readFileSync(join(root, 'docs/deploying.md'), 'utf8');

  expect(environmentVariables().filter(({ name }) => !page.includes(`\`${name}\``))).toEqual([]);
});
