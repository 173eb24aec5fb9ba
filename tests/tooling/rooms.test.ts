import { describe, expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import ts from 'typescript';
import { keepers, refusal, roomOf, rooms } from '../../infra/lint/rooms.mjs';

const root = join(import.meta.dirname, '../..');
const files = globSync(['package.json', '{domain,bot,tabs,infra,appPackage}/**/*.{ts,tsx,mjs,json}'], {
  cwd: root,
}).toSorted();
const sources = files.filter(file => !file.endsWith('.json'));

/** What a file imports, types too: paths from the root, and packages as `npm:<name>`. */
function importsOf(file: string): readonly string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), 'utf8'), true, true);
  return importedFiles.map(({ fileName }) => {
    if (fileName.startsWith('.')) return posix.join(dirname(file), fileName);
    const name = fileName
      .split('/')
      .slice(0, fileName.startsWith('@') ? 2 : 1)
      .join('/');
    return fileName.startsWith('node:') ? fileName : `npm:${name}`;
  });
}

const imports = new Map(sources.map(file => [file, importsOf(file)]));
const names = rooms.map(({ name }) => name);
const fileIn = new Map(names.map(name => [name, files.filter(file => roomOf(file)?.name === name)]));

/** The first circle that is found, as what one passes; empty when there is none. */
function circle(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const done = new Set<string>();
  function walk(place: string, path: readonly string[]): readonly string[] {
    if (path.includes(place)) return [...path.slice(path.indexOf(place)), place];
    if (done.has(place)) return [];
    for (const next of graph.get(place) ?? []) {
      const found = walk(next, [...path, place]);
      if (found.length > 0) return found;
    }
    done.add(place);
    return [];
  }
  for (const place of graph.keys()) {
    const found = walk(place, []);
    if (found.length > 0) return found;
  }
  return [];
}

describe('the rooms', () => {
  test('every file of the product is in one, and every room has files', () => {
    const homeless = files.filter(file => /^(domain|bot|tabs|infra\/local)\//.test(file) && !roomOf(file));

    expect(homeless.filter(file => !/tsconfig\.json$/.test(file))).toEqual([]);
    expect(names.filter(name => (fileIn.get(name) ?? []).length === 0)).toEqual([]);
  });

  test('what a room may is used: a way that nobody goes is closed', () => {
    const gone = new Set(
      sources.flatMap(file =>
        (imports.get(file) ?? []).map(target => `${roomOf(file)?.name} > ${roomOf(target)?.name}`),
      ),
    );

    expect(
      rooms.flatMap(({ name, may }) => may.map(other => `${name} > ${other}`)).filter(way => !gone.has(way)),
    ).toEqual([]);
  });

  test.each(rooms)('$name needs every package that it may import', ({ name, packages }) => {
    const needed = new Set((fileIn.get(name) ?? []).flatMap(file => imports.get(file) ?? []));
    const unused = packages.filter(one =>
      [...needed].every(target => target !== `npm:${one}` && !(/[-/]$/.test(one) && target.startsWith(`npm:${one}`))),
    );

    expect(unused).toEqual([]);
  });

  test('no room leads back to itself through others', () => {
    expect(circle(new Map(rooms.map(({ name, may }) => [name, may])))).toEqual([]);
  });

  test('no file leads back to itself through others, types count', () => {
    const ours = new Map([...imports].map(([file, targets]) => [file, targets.filter(target => imports.has(target))]));

    expect(ours.get('bot/lists/list.ts')).toEqual(['domain/errors.ts']);
    expect(circle(ours)).toEqual([]);
  });

  test('a circle would be noticed', () => {
    const graph = new Map([
      ['a', ['b']],
      ['b', ['c', 'd']],
      ['c', []],
      ['d', ['b']],
    ]);

    expect(circle(graph)).toEqual(['b', 'd', 'b']);
  });
});

const pairs = rooms.flatMap(from => rooms.filter(to => to !== from).map(to => ({ from: from.name, to: to.name })));

describe.each(pairs)('from $from to $to', ({ from, to }) => {
  const may = rooms.find(({ name }) => name === from)?.may.includes(to);
  const file = fileIn.get(from)?.[0] ?? '';
  const target = fileIn.get(to)?.[0] ?? '';

  test(may ? 'there is a way' : 'there is a wall', () => {
    const said = refusal(file, target);

    if (may) expect(said).toBeUndefined();
    else expect(said).toContain(`not ${to}.`);
  });
});

describe('walls inside rooms, and around packages', () => {
  test.each([
    ['bot/features/digest/index.ts', 'bot/features/charter/index.ts', 'A feature never imports another'],
    ['tabs/features/digest/screen.tsx', 'tabs/features/charter/screen.tsx', 'A feature never imports another'],
    ['bot/app.ts', 'tests/support/system.ts', 'not tests/support/system.ts'],
    ['bot/app.ts', 'infra/dev/running.ts', 'not infra/dev/running.ts'],
    ['tabs/lib/api.ts', 'node:path', 'knows no machine'],
    ['domain/locale.ts', 'node:fs', 'knows no machine'],
    ['domain/locale.ts', 'npm:pino', 'imports of all packages only zod'],
    ['tabs/lib/api.ts', 'npm:@microsoft/teams-js', 'imported only in tabs/lib/teams.ts'],
  ])('%s may not import %s', (file, target, says) => {
    expect(refusal(file, target)).toContain(says);
  });

  test.each([
    ['bot/features/digest/index.ts', 'bot/features/digest/jobs.ts'],
    ['bot/features/index.ts', 'bot/features/digest/index.ts'],
    ['tests/bot/start.test.ts', 'bot/graph/client.ts'],
    ['bot/graph/client.ts', 'npm:@microsoft/microsoft-graph-client'],
  ])('%s may import %s', (file, target) => {
    expect(refusal(file, target)).toBeUndefined();
  });

  const packages = [...new Set(rooms.flatMap(room => room.packages))].map(name =>
    /[-/]$/.test(name) ? `${name}x` : name,
  );

  test.each(packages)('%s stays where it is needed', name => {
    const homes = rooms.filter(room =>
      room.packages.some(one => name === one || (/[-/]$/.test(one) && name.startsWith(one))),
    );
    const open = rooms.filter(room => !refusal(keepers[name] ?? fileIn.get(room.name)?.[0] ?? '', `npm:${name}`));

    expect(keepers[name] ? homes.length : open.map(room => room.name)).toEqual(
      keepers[name] ? 1 : homes.map(room => room.name),
    );
  });
});
