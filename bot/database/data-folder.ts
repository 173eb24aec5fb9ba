import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { codeOf, reasonsOf, StartError } from '../start-error.ts';

/** What the product and local Microsoft 365 keep in DATA_DIR. */
const ours = /^(database(\.unfinished|\.lock|\.moved)?|microsoft365\.sqlite(-\w+)?|server\.log)$/;

/**
 * Makes the folder of what is kept on this machine, for the server's own account alone. A folder that is there becomes
 * so too, unless others keep something in it: whoever names /tmp must not close it for everybody.
 * @throws StartError when nothing can be kept there
 */
export function prepareDataFolder(dataDir: string): void {
  try {
    makeFolder(resolve(dataDir));
    const inside = readdirSync(dataDir);
    if (inside.every(name => ours.test(name))) close(dataDir);
    for (const name of inside.filter(each => ours.test(each))) close(join(dataDir, name));

    const probe = join(dataDir, `.probe-${process.pid}`);
    try {
      writeFileSync(probe, 'x'.repeat(4096));
    } finally {
      rmSync(probe, { force: true });
    }
  } catch (error) {
    const fault = faults[codeOf(error) ?? ''] ?? `${reasonsOf(error).join(': ')}.`;
    throw new StartError(
      `DATA_DIR is ${dataDir}, and nothing can be kept there: ${fault} ` +
        'Whoever runs the server mends that, or sets DATA_DIR to a folder that the server’s account may write to.',
      { cause: error },
    );
  }
}

const faults: Readonly<Record<string, string>> = {
  ENOENT: 'no folder can be made in this place.',
  ENOTDIR: 'it, or what it should be in, is a file and no folder.',
  EACCES: 'the server’s account may not write there.',
  EPERM: 'the server’s account may not write there.',
  EROFS: 'its disk can only be read.',
  ENOSPC: 'its disk is full.',
  EDQUOT: 'the quota of the server’s account is used up.',
};

/** One folder at a time: Node's own way of making the parents too goes round for ever in a place such as /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}

function close(path: string): void {
  const stat = statSync(path);
  if ((stat.mode & 0o077) === 0) return;
  try {
    chmodSync(path, stat.isDirectory() ? 0o700 : 0o600);
  } catch (error) {
    // Of another owner, who has let us in and decides who else may.
    if (codeOf(error) !== 'EPERM') throw error;
  }
}
