// `npm run licences`: what is delivered of others, under which licence, and in which words. Writes dist/sbom.cdx.json,
// the list of the server's packages that security scanners read (CycloneDX), and dist/third-party.txt, for people.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import satisfies from 'spdx-satisfies';
import { z } from 'zod';
import { findNpm } from '../dev/install.mjs';

/** Licences that ask for no more than their own words. */
const permissive = [
  ...['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'CC0-1.0', 'ISC', 'MIT', 'Unlicense'],
  // Of argparse, which came from Python; of the holidays' data, whose authors are to be named.
  ...['PSF-2.0', 'CC-BY-3.0'],
  // Of the fonts in PDF files: they may not be sold by themselves.
  'Bitstream-Vera',
];

/** Packages whose package.json says no licence that a program can read, with the one that their own files name. */
const said: Readonly<Record<string, string>> = {
  'dejavu-fonts-ttf': 'Bitstream-Vera AND Unlicense',
  'escape-regexp-component': 'MIT',
  jspath: 'MIT',
  'png-js': 'MIT',
};

/** A package of others that is delivered. */
export interface Delivered {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression; empty when nobody knows. */
  readonly licence: string;
  /** The notice that goes along with it. */
  readonly notice: string;
}

const Licence = z.object({
  expression: z.string().optional(),
  license: z.object({ id: z.string().optional(), name: z.string().optional() }).optional(),
});
const Bom = z.looseObject({
  metadata: z.looseObject({}),
  components: z.array(z.looseObject({ name: z.string(), version: z.string(), licenses: z.array(Licence).optional() })),
});
type Bom = z.infer<typeof Bom>;

const Bundled = z.array(
  z.object({
    name: z.string(),
    version: z.string(),
    identifier: z.string().nullish(),
    text: z.string().nullish(),
  }),
);

/**
 * The bill of materials of the server, from package-lock.json alone; the same for the same lock.
 * @throws Error when npm, 10 or newer, cannot be run
 */
export function billOfMaterials(root: string): Bom {
  const npm = findNpm();
  const args = ['sbom', '--package-lock-only', '--omit=dev', '--sbom-format=cyclonedx', '--sbom-type=application'];
  const result = spawnSync(npm.command, [...npm.args, ...args], {
    ...{ cwd: root, shell: npm.shell, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 },
  });
  if (result.status !== 0)
    throw new Error(`npm sbom failed: ${result.error?.message ?? result.stderr.trim()}. It needs npm 10 or newer.`);
  const { serialNumber: _random, ...bom } = Bom.parse(JSON.parse(result.stdout));
  const { timestamp: _today, ...metadata } = bom.metadata;
  return { ...bom, metadata };
}

/**
 * Everything of others that the server runs and the tab has in its bundles, by name.
 * @throws Error when the tab is not built, or a package is not installed
 */
export function delivered(root: string, bom: Bom = billOfMaterials(root)): readonly Delivered[] {
  const list = join(root, 'dist/tabs/third-party.json');
  if (!existsSync(list)) throw new Error(`${list} is missing: npm run build makes it.`);
  const bundled = Bundled.parse(JSON.parse(readFileSync(list, 'utf8')));

  const server = bom.components.map(({ name, version, licenses = [] }) => ({
    ...{ name, version },
    licence: said[name] ?? licenses.map(one => one.expression ?? one.license?.id ?? '').join(' AND '),
    notice: noticeOf(root, name),
  }));
  const tab = bundled.map(({ name, version, identifier, text }) => ({
    ...{ name, version, licence: said[name] ?? identifier ?? '' },
    notice: text?.trim() || noticeOf(root, name),
  }));
  const one = new Map([...server, ...tab].map(each => [`${each.name} ${each.version}`, each]));
  return [...one.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** What is delivered under a licence that somebody must look at first, a sentence each. */
export function unwelcome(packages: readonly Delivered[]): readonly string[] {
  return packages
    .filter(each => !isPermissive(each.licence))
    .map(each => `${each.name} ${each.version}: ${told(each)}`);
}

function told({ licence }: Delivered): string {
  return licence === '' ? 'says no licence' : `is under ${licence}, which nobody has agreed to yet`;
}

function isPermissive(licence: string): boolean {
  try {
    return satisfies(licence, permissive);
  } catch {
    // No SPDX expression, or none at all.
    return false;
  }
}

/** The words of a package's licence and notice; what its README says of it where it has no such file. */
function noticeOf(root: string, name: string): string {
  const folder = join(root, 'node_modules', name);
  const files = readdirSync(folder);
  const notices = files.filter(file => /^(licen[cs]e|copying|notice)\b/i.test(file) && !/\.(js|ts|json)$/.test(file));
  if (notices.length > 0) return notices.map(file => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
  const readme = files.find(file => /^readme(\.md)?$/i.test(file));
  const words = readme ? readFileSync(join(folder, readme), 'utf8') : '';
  return /^#+\s*licen[cs]e[^\n]*\n(?<text>[\s\S]*?)(?=^#|$(?![\s\S]))/im.exec(words)?.groups?.['text']?.trim() ?? '';
}

/** The file for people. */
export function noticesText(packages: readonly Delivered[]): string {
  const line = '-'.repeat(80);
  return packages
    .map(
      ({ name, version, licence, notice }) =>
        `${line}\n${name} ${version} (${licence})\n\n${notice || 'Its authors wrote no notice.'}\n`,
    )
    .join('\n');
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '../..');
  const bom = billOfMaterials(root);
  const packages = delivered(root, bom);
  const faults = unwelcome(packages);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, 'dist/sbom.cdx.json'), `${JSON.stringify(bom, null, 2)}\n`);
  writeFileSync(join(root, 'dist/third-party.txt'), noticesText(packages));
  process.stdout.write(`${packages.length} packages: dist/sbom.cdx.json, dist/third-party.txt\n`);
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  if (faults.length > 0) process.exitCode = 1;
}
