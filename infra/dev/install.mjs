// Packages: are the right ones here, and if not, get them. Plain JavaScript that needs no package itself.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * Installs with `npm ci` when a package of package-lock.json is missing or another version is there.
 * npm writes down what it installed as its last act (node_modules/.package-lock.json), so a half-done install counts as
 * none.
 * @param options.development false when packages for development may be missing, as in a production image
 */
export function installPackages(root, { development, say }) {
  const reason = missing(root, development);
  if (!reason) return;

  say(`installing packages with npm ci (${reason}) …`);
  const npm = findNpm();
  const result = spawnSync(
    npm.command,
    [...npm.args, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: npm.shell,
    },
  );
  if (result.error)
    throw new Error(
      `npm could not be started (${result.error.message}). Install Node.js 20 or newer with npm, see https://nodejs.org, and try again.`,
    );
  if (result.status !== 0)
    throw new Error(
      `npm ci failed (${result.signal ?? `exit code ${result.status}`}); its words are above. It needs the npm registry and a writable folder: run it by hand in ${root} to see more.`,
    );
  const still = missing(root, true);
  if (still) throw new Error(`npm ci ended well, but ${still}. Delete node_modules and try again.`);
}

/** Why packages must be installed, or undefined when all are here. */
function missing(root, development) {
  const wanted = read(join(root, 'package-lock.json'));
  if (!wanted) throw new Error(`package-lock.json is missing in ${root} or cannot be read: restore it from git.`);
  const present = read(join(root, 'node_modules', '.package-lock.json'));
  if (!present) return 'none are here yet';

  for (const [path, { version, optional, devOptional, dev }] of Object.entries(wanted.packages)) {
    if (path === '' || optional || devOptional) continue; // optional ones are for other machines, or may fail
    if (dev && !development) continue;
    const name = path.replace(/^.*node_modules\//, '');
    const there = present.packages[path];
    if (!there) return `${name} is missing`;
    if (there.version !== version) return `${name} ${version} is wanted, ${there.version} is here`;
  }
  return undefined;
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** npm as it called us, so that the same one is used everywhere; else the one on the PATH. */
export function findNpm() {
  const caller = process.env.npm_execpath;
  if (caller && basename(caller) === 'npm-cli.js' && existsSync(caller))
    return { command: process.execPath, args: [caller], shell: false };
  // On Windows npm is a .cmd file, which only a shell can start.
  return { command: 'npm', args: [], shell: process.platform === 'win32' };
}

/** The Node that runs the product: 24 from node_modules, or the present one when it is new enough. */
export function findNode(root) {
  const packaged = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(packaged) && statSync(packaged).size > 1_000_000) return packaged;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Error(
    `Node 24 is not in node_modules (expected ${packaged}) and this is Node ${process.versions.node}. Delete node_modules and try again, letting npm run install scripts, or use Node 24 yourself.`,
  );
}
