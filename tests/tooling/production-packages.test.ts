import { describe, expect, test } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '../..');

interface Locked {
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly devOptional?: boolean;
}
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, Locked>>;
};
/** What `npm ci --omit=dev --omit=optional` installs: the longest path comes first, as packages lie in packages. */
const production = Object.entries(packages)
  .filter(([path, { dev, optional, devOptional }]) => path !== '' && !dev && !optional && !devOptional)
  .map(([path]) => path)
  .filter(path => existsSync(join(root, path)));

/** What the image keeps of a package without those inside it, in bytes, as a disk holds it: in blocks of 4 KiB. */
function sizeOf(path: string): number {
  return (
    readdirSync(join(root, path), { recursive: true, withFileTypes: true })
      .map(entry => ({ entry, file: join(entry.parentPath, entry.name) }))
      .filter(({ entry, file }) => entry.isFile() && !file.slice(join(root, path).length).startsWith('/node_modules/'))
      // infra/image/Dockerfile takes these out.
      .filter(({ file }) => !/\.(map|d\.[mc]?ts)$/.test(file))
      .reduce((sum, { file }) => sum + Math.ceil(statSync(file).size / 4096) * 4096, 0)
  );
}

test('packages for production, as the image has them, fit into 300 MB', () => {
  const sizes = production.map(path => ({ path, mb: sizeOf(path) / 1e6 })).toSorted((a, b) => b.mb - a.mb);
  const total = sizes.reduce((sum, { mb }) => sum + mb, 0);
  const largest = sizes.slice(0, 10).map(({ path, mb }) => `${path} ${mb.toFixed(1)} MB`);

  expect(production.length).toBeGreaterThan(100);
  expect({ fits: total <= 300, total: Math.round(total), largest }).toMatchObject({ fits: true });
});

/** `overrides` in package.json puts an empty package there: it has to be one that nothing on our way calls. */
describe('what is left out of Bot Framework is asked for by nothing that runs', () => {
  const framework = production.filter(path => /^node_modules\/(botbuilder|botframework)[a-z-]*$/.test(path));

  function filesThatAskFor(name: string): readonly string[] {
    return framework
      .flatMap(path =>
        readdirSync(join(root, path, 'lib'), { recursive: true, encoding: 'utf8' }).map(file =>
          join(path, 'lib', file),
        ),
      )
      .filter(file => file.endsWith('.js') && readFileSync(join(root, file), 'utf8').includes(`require("${name}`));
  }

  test('@azure/identity stands for accounts of Azure Functions and DefaultAzureCredential, and the app proves itself', () => {
    expect(filesThatAskFor('@azure/identity')).toEqual([
      'node_modules/botframework-connector/lib/auth/jwtTokenProviderFactory.js',
    ]);
  });

  test('adaptivecards gives botframework-schema a type and no code', () => {
    expect(filesThatAskFor('adaptivecards')).toEqual([]);
  });

  test('all of botbuilder, with its pipes and streams, serves tests alone: the app needs its core', () => {
    expect(production.filter(path => /\/(botbuilder|botframework-streaming)$/.test(path))).toEqual([]);
  });

  test('one version of msal is here, which gives all tokens', () => {
    expect(Object.keys(packages).filter(path => path.endsWith('/@azure/msal-node'))).toEqual([
      'node_modules/@azure/msal-node',
    ]);
  });
});
