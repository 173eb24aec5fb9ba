// Completes package-lock.json: `node infra/complete-lock.ts`, after adding or updating a package.
// npm leaves a package for another system out when the registry it asked does not carry it; `npm ci` then refuses the
// lock file everywhere. Each is named, with its exact version, by the package that wants it, so it can be put back. Its
// hash, without which npm would take whatever it is sent, is asked of the registry.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface LockFile {
  packages: Record<string, LockedPackage>;
}
interface LockedPackage {
  readonly version?: string;
  readonly integrity?: string;
  readonly link?: boolean;
  readonly inBundle?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const systems = ['darwin', 'linux', 'win32', 'freebsd', 'openbsd', 'netbsd', 'android', 'openharmony', 'sunos', 'aix'];
const processors = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 'riscv64', 's390x', 'loong64', 'wasm32'];

/** The optional packages that another package names and the lock file lacks, as lock file entries. */
export function missingPlatformPackages({ packages }: LockFile): Readonly<Record<string, LockedPackage>> {
  const missing: Record<string, LockedPackage> = {};
  for (const [path, { dev, optionalDependencies = {} }] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      if (places(path, name).some(place => packages[place])) continue;
      missing[`node_modules/${name}`] = entry(version, dev, platformOf(name));
    }
  }
  return missing;
}

/** The packages that come from a registry and that nothing says the contents of: their places in the lock file. */
export function withoutIntegrity({ packages }: LockFile): readonly string[] {
  // What is in a bundle comes with the package around it, and a link leads to a folder of this project.
  const entries = Object.entries(packages).filter(([path]) => path !== '');
  return entries.flatMap(([path, { integrity, link, inBundle }]) => (integrity || link || inBundle ? [] : [path]));
}

/** The same lock file with these hashes, each where npm itself would write it. */
export function withIntegrity({ packages, ...rest }: LockFile, hashes: Readonly<Record<string, string>>): LockFile {
  const completed = Object.entries(packages).map(([path, entry]) => {
    const integrity = hashes[path];
    if (integrity === undefined) return [path, entry];
    const { version, ...others } = entry;
    return [path, { version, integrity, ...others }];
  });
  return { ...rest, packages: Object.fromEntries(completed) as LockFile['packages'] };
}

/** @throws when the registry has no such version */
function askIntegrity(path: string, version: string): string {
  const name = path.replace(/^.*node_modules\//, '');
  const asked = ['view', `${name}@${version}`, 'dist.integrity'];
  const { stdout, status } = spawnSync('npm', asked, { encoding: 'utf8', shell: process.platform === 'win32' });
  const integrity = stdout?.trim();
  if (status !== 0 || !/^sha512-\S+$/.test(integrity)) {
    throw new Error(`The registry tells no hash of ${name} ${version}: run this again against one that does.`);
  }
  return integrity;
}

/** In npm's own order of keys, so that npm's next change of the file touches nothing else. */
function entry(
  version: string,
  dev: boolean | undefined,
  { os, cpu, libc }: Pick<LockedPackage, 'os' | 'cpu' | 'libc'>,
): LockedPackage {
  return {
    version,
    ...(cpu && { cpu }),
    ...(dev && { dev }),
    ...(libc && { libc }),
    optional: true,
    ...(os && { os }),
  };
}

/** Where Node looks for a package from here: nearest first. */
function places(path: string, name: string): readonly string[] {
  const folders = path === '' ? [] : path.split(/(?<!^)\/(?=node_modules\/)/);
  return Array.from({ length: folders.length + 1 }, (_, up) =>
    [...folders.slice(0, folders.length - up), `node_modules/${name}`].join('/'),
  );
}

/** What `@swc/core-win32-x64-msvc` says about the machines it is for. */
function platformOf(name: string): Pick<LockedPackage, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[/-]/);
  const os = words.filter(word => systems.includes(word));
  const cpu = words.filter(word => processors.includes(word));
  if (os.length !== 1 || cpu.length !== 1)
    throw new Error(
      `package-lock.json lacks ${name}, whose name does not say which system it is for: run npm install against a registry that has it.`,
    );
  const libc =
    os[0] !== 'linux'
      ? undefined
      : words.some(word => word.startsWith('musl'))
        ? 'musl'
        : words.some(word => word.startsWith('gnu'))
          ? 'glibc'
          : undefined;
  return { os, cpu, ...(libc && { libc: [libc] }) };
}

if (import.meta.main) {
  const file = join(import.meta.dirname, '../package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8')) as LockFile;
  const missing = missingPlatformPackages(lock);
  const { '': project = {}, ...packages } = { ...lock.packages, ...missing };
  const sorted = Object.entries(packages).sort(([one], [other]) => one.localeCompare(other, 'en'));
  const complete: LockFile = { ...lock, packages: { '': project, ...Object.fromEntries(sorted) } };
  const unknown = withoutIntegrity(complete);
  const hashOf = (path: string): string => askIntegrity(path, complete.packages[path]?.version ?? '');
  const hashes = Object.fromEntries(unknown.map(path => [path, hashOf(path)]));
  writeFileSync(file, `${JSON.stringify(withIntegrity(complete, hashes), null, 2)}\n`);
  console.log(
    `package-lock.json: ${Object.keys(missing).length} packages for other systems added, ${unknown.length} hashes asked for.`,
  );
}
