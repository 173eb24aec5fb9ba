import { expect, test } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readFacts } from './fact.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** The ids which the test files beside this one and below give to `fact`. */
function testedIds(): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.test.ts'))
    .flatMap(name => [...readFileSync(join(folder, name), 'utf8').matchAll(/\bfact\(\s*'([^']+)'/g)])
    .map(([, id = '']) => id);
}

test('every fact in the table has one test, and every such test a row', () => {
  expect(testedIds().toSorted()).toEqual([...readFacts().keys()].toSorted());
});
