import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface LockedPackage {
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const root = join(import.meta.dirname, '../..');
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};
/** What is in a bundle comes with the package around it, and a link leads to a folder of this project. */
const fromRegistry = Object.entries(packages).filter(([path, { link, inBundle }]) => path !== '' && !link && !inBundle);

test('package-lock.json says what is in each package, and leaves it to whoever installs where it comes from', () => {
  const unproven = fromRegistry.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'));
  const placed = fromRegistry.filter(([, { resolved }]) => resolved !== undefined);

  expect(unproven.map(([path]) => path)).toEqual([]);
  expect(placed.map(([path]) => path)).toEqual([]);
});

/** npm leaves out what the registry it asked does not carry, and `npm ci` then refuses the file on that system. */
test('package-lock.json has the packages of every system, so that npm ci works on each', () => {
  const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter(name => !placesOf(path, name).some(place => packages[place])),
  );

  expect(missing).toEqual([]);
});

/** Where Node looks for a package from here: nearest first. */
function placesOf(path: string, name: string): readonly string[] {
  const folders = path === '' ? [] : path.split(/(?<!^)\/(?=node_modules\/)/);
  return Array.from({ length: folders.length + 1 }, (_, up) =>
    [...folders.slice(0, folders.length - up), `node_modules/${name}`].join('/'),
  );
}
