import { describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { administratorsWay, notRun, readPage } from '../support/guide.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const { steps, later } = administratorsWay();

describe('docs/deploying.md', () => {
  test('counts its own steps, commands and clicks', () => {
    const { head } = readPage('docs/deploying.md');
    const rows = [...head.matchAll(/^\| \[(\d+)\. ([^\]]+)\].*\| (\d+) \| (\d+) \|$/gm)].map(
      ([, number, title, commands, clicks]) => [Number(number), title, Number(commands), Number(clicks)],
    );

    expect(rows).toEqual(
      steps.map(({ number, title, blocks, clicks }) => [
        number,
        title,
        blocks.filter(({ language }) => language === 'sh').length,
        clicks,
      ]),
    );
    const sum = (column: 2 | 3) => rows.reduce((total, row) => total + Number(row[column]), 0);
    expect(head).toContain(`\n| together | | ${sum(2)} | ${sum(3)} |\n`);
  });

  test('a block is a command, what one sees, or a file; each command that is not run is still there', () => {
    const blocks = [...steps, ...later].flatMap(section => section.blocks);

    expect([...new Set(blocks.map(({ language }) => language))].toSorted()).toEqual(['ini', 'sh', 'text']);
    for (const command of Object.keys(notRun)) expect(blocks).toContainEqual({ language: 'sh', text: command });
  });

  test('the lines for Azure are those that provision prints', () => {
    const texts = JSON.parse(read('infra/tenant/text.en.json')) as { provision: { left: { bot: string } } };
    const named = { appId: '<app id>', tenantId: '<tenant id>', url: 'https://<your host>' } as const;
    const printed = texts.provision.left.bot
      .replaceAll(/\{\{(\w+)\}\}/g, (_all, name: keyof typeof named) => named[name])
      .split('\n')
      .map(line => line.trim());

    expect(printed.filter(line => line.startsWith('az '))).toEqual(
      steps.flatMap(({ blocks }) => blocks.map(({ text }) => text)).filter(text => text.startsWith('az ')),
    );
  });
});

describe('docs/operating.md', () => {
  const [, table = ''] = read('docs/operating.md').split('## Trouble, by what one sees');
  const rows = table
    .split('\n')
    .filter(line => line.startsWith('| ') && !line.startsWith('| ---') && !line.startsWith('| what one sees'))
    .map(line => line.split(' | ').map(cell => cell.replace(/^\| | \|$/g, '')));

  test('quotes nothing that the app does not say', () => {
    const said = ['bot', 'domain', 'tabs', 'infra/tenant']
      .flatMap(room =>
        readdirSync(join(root, room), { recursive: true, encoding: 'utf8' })
          .filter(file => /(text\.en\.json|\.ts)$/.test(file))
          .map(file => read(join(room, file))),
      )
      .join('\n');
    const quoted = rows.flatMap(([seen = '']) => [...seen.matchAll(/“([^”]+)”/g)].map(([, words = '']) => words));

    expect(quoted.length).toBeGreaterThan(15);
    expect(quoted.filter(words => !said.includes(words))).toEqual([]);
  });

  test('each trouble has a cause, and a command or a way to click', () => {
    expect(rows.length).toBeGreaterThan(20);
    for (const row of rows) {
      expect(row).toHaveLength(3);
      expect(row[1]).toMatch(/\w/);
      expect(row[2]).toMatch(/`.+`| › /);
    }
  });
});

test.each(['README.md', 'docs/deploying.md', 'docs/operating.md', 'infra/azure/README.md'])(
  'every npm command in %s is one of the project',
  file => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...read(file).matchAll(/npm run ([\w-]+)/g)].map(([, name = '']) => name);

    expect(named.filter(name => !Object.hasOwn(scripts, name))).toEqual([]);
  },
);
