import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import ts from 'typescript';

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
  test.each(folders('bot/features'))('%s has its value and its sentences in its own folder', feature => {
    const present = ['index.ts', 'text.en.json'].filter(file => existsSync(join(root, 'bot/features', feature, file)));

    expect(present).toEqual(['index.ts', 'text.en.json']);
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

describe('no file needs itself', () => {
  /** What a file imports when it runs; types are gone by then. */
  function imports(file: string): readonly string[] {
    const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest);
    return source.statements.flatMap(statement => {
      if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
      const specifier = statement.moduleSpecifier;
      if (!specifier || !ts.isStringLiteral(specifier) || !specifier.text.startsWith('.') || onlyTypes(statement))
        return [];
      return [relative(root, join(root, dirname(file), specifier.text))];
    });
  }
  function onlyTypes(statement: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
    if (ts.isExportDeclaration(statement)) return statement.isTypeOnly;
    const clause = statement.importClause;
    if (!clause) return false;
    if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
    const named = clause.namedBindings;
    return (
      !clause.name &&
      named !== undefined &&
      ts.isNamedImports(named) &&
      named.elements.length > 0 &&
      named.elements.every(element => element.isTypeOnly)
    );
  }

  /** The first circle that is found, as the files one passes; empty when there is none. */
  function circle(graph: ReadonlyMap<string, readonly string[]>): readonly string[] {
    const done = new Set<string>();
    function walk(file: string, path: readonly string[]): readonly string[] {
      if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
      if (done.has(file)) return [];
      for (const next of graph.get(file) ?? []) {
        const found = walk(next, [...path, file]);
        if (found.length > 0) return found;
      }
      done.add(file);
      return [];
    }
    for (const file of graph.keys()) {
      const found = walk(file, []);
      if (found.length > 0) return found;
    }
    return [];
  }

  test('imports never lead back to where they began', () => {
    const sources = ['domain', 'bot', 'tabs', 'infra'].flatMap(folder => [
      ...files(folder, '.ts'),
      ...files(folder, '.tsx'),
    ]);
    const graph = new Map(sources.map(file => [file, imports(file)]));

    expect(graph.get('bot/lists/list.ts')).toEqual(['domain/errors.ts']);
    expect(circle(graph)).toEqual([]);
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
