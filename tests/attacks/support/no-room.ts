import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

/**
 * Loaded before a server by those who may not mount: while the file that `NO_ROOM` names is there, no file grows. What
 * is written over bytes that a file has already succeeds, as on a disk that is full.
 */
const sign = process.env['NO_ROOM'] ?? '';
const { writeSync, truncateSync } = fs;

function refuseBeyond(size: number, end: number, call: string): void {
  if (end <= size || !fs.existsSync(sign)) return;
  throw Object.assign(new Error(`ENOSPC: no space left on device, ${call}`), {
    code: 'ENOSPC',
    errno: -28,
    syscall: call,
  });
}

fs.writeSync = ((file: number, bytes: NodeJS.ArrayBufferView, offset?: number, length?: number, position?: number) => {
  const kept = fs.fstatSync(file);
  // The log's pipe has all the room there is.
  if (kept.isFile() && typeof position === 'number')
    refuseBeyond(kept.size, position + (length ?? bytes.byteLength), 'write');
  return writeSync(file, bytes, offset, length, position);
}) as typeof fs.writeSync;
fs.truncateSync = (path, length = 0) => {
  refuseBeyond(fs.statSync(path).size, length ?? 0, 'truncate');
  truncateSync(path, length);
};
syncBuiltinESMExports();
