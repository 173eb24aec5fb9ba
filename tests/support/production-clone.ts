import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '../..');

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly devOptional?: boolean }>>;
}

/**
 * The project as `git clone` and `npm ci --omit=dev` leave it, with built tabs brought along: a package that is for
 * development alone is not there, however deep it would be looked for.
 */
export function makeProductionClone(folder: string): void {
  copyProject(folder);
  mkdirSync(join(folder, 'dist/tabs'), { recursive: true });
  writeFileSync(join(folder, 'dist/tabs/index.html'), '<!doctype html>');

  const lock = JSON.parse(readFileSync(join(root, 'node_modules/.package-lock.json'), 'utf8')) as Lock;
  const packages = Object.entries(lock.packages).filter(([, { dev, devOptional }]) => !dev && !devOptional);
  for (const [path] of packages) bring(path, folder);
  writeFileSync(
    join(folder, 'node_modules/.package-lock.json'),
    JSON.stringify({ ...lock, packages: Object.fromEntries(packages) }),
  );
}

/** The project's own files as they are now, committed or not, without what no command of it reads. */
export function copyProject(folder: string): void {
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root });
  for (const file of files.toString().split('\0').filter(Boolean)) {
    if (/^(tests|docs)\//.test(file) || !existsSync(join(root, file))) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
}

/** A package without the packages inside it, which the lock names by themselves. */
function bring(path: string, folder: string): void {
  mkdirSync(join(folder, path), { recursive: true });
  for (const entry of readdirSync(join(root, path), { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath, entry.name).slice(root.length + 1);
    if (!entry.isFile() || file.slice(path.length).startsWith('/node_modules/')) continue;
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    try {
      linkSync(join(root, file), join(folder, file));
    } catch {
      // The temporary folder is on another disk.
      cpSync(join(root, file), join(folder, file));
    }
  }
}
