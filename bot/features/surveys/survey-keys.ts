import { createHash, randomFillSync } from 'node:crypto';
import { access, constants, mkdir, open, readdir, rmdir, unlink, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Which survey's box. */
export interface Place {
  readonly community: string;
  readonly survey: string;
}

/**
 * The keys of sealed ballot boxes: files outside the database, one a survey, so that neither the database nor a copy of
 * it opens a box. A key is changed only under the lock of the box's row.
 */
export interface SurveyKeys {
  /** What may open the box: the key it is sealed with, beside the one before or noise. None when there is no file. */
  read(place: Place): Promise<readonly Uint8Array[]>;
  /** A new key, on the disk before it is used. `keep` still opens the box until the new seal is committed. */
  next(place: Place, keep: Uint8Array | null): Promise<Uint8Array>;
  /** Overwrites every key but this one, so that no earlier state of the box can be opened again. */
  retire(place: Place, keep: Uint8Array): Promise<void>;
  /** Overwrites and removes the keys. May be repeated. */
  destroy(place: Place): Promise<void>;
  /** The same for all surveys of a community. */
  destroyAll(community: string): Promise<void>;
}

const keyBytes = 32;
/** One slot for the key in use, one for the next. A free slot holds noise, which nothing tells from a key. */
const slots = [0, keyBytes] as const;

/**
 * @param directory one folder for all servers that share a database. What is made in it, and the folder itself when it
 * is not there, is for the server's own account alone; a volume that is mounted there may have other rights.
 */
export async function openSurveyKeys(directory: string): Promise<SurveyKeys> {
  try {
    await mkdir(directory, { recursive: true, mode: 0o700 });
    await access(directory, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Error(
      `KEYS_DIR: the keys of anonymous surveys cannot be kept in ${directory}. Expected a folder that the server may read and write`,
      { cause: error },
    );
  }

  /** Names are hashes: an id is nothing to build a path from. */
  const folderOf = (community: string): string => join(directory, hash(community));
  const fileOf = ({ community, survey }: Place): string => join(folderOf(community), hash(survey));
  return {
    read: place => readKeys(fileOf(place)),
    next: (place, keep) => writeNext(fileOf(place), keep),
    retire: (place, keep) => retireOthers(fileOf(place), keep),
    destroy: place => shred(fileOf(place)),
    async destroyAll(community) {
      const folder = folderOf(community);
      for (const name of await namesIn(folder)) await shred(join(folder, name));
      await rmdir(folder).catch(unlessMissing);
    },
  };
}

async function readKeys(path: string): Promise<readonly Uint8Array[]> {
  const file = await existing(path);
  if (!file) return [];
  try {
    const bytes = await bytesOf(file);
    return slots.map(slot => bytes.subarray(slot, slot + keyBytes));
  } finally {
    await file.close();
  }
}

async function writeNext(path: string, keep: Uint8Array | null): Promise<Uint8Array> {
  const file = (await existing(path)) ?? (await created(path));
  try {
    const bytes = await bytesOf(file);
    const kept = keep === null ? -1 : slots.findIndex(slot => holds(bytes, slot, keep));
    const key = noise();
    await overwrite(file, kept === 0 ? slots[1] : slots[0], key);
    // Nothing that is kept: what an attempt before this one left behind opens nothing either.
    if (kept === -1) await overwrite(file, slots[1], noise());
    await file.sync();
    return key;
  } finally {
    await file.close();
  }
}

async function retireOthers(path: string, keep: Uint8Array): Promise<void> {
  const file = await existing(path);
  if (!file) return;
  try {
    const bytes = await bytesOf(file);
    for (const slot of slots) if (!holds(bytes, slot, keep)) await overwrite(file, slot, noise());
    await file.sync();
  } finally {
    await file.close();
  }
}

function holds(bytes: Uint8Array, slot: number, key: Uint8Array): boolean {
  return key.every((byte, index) => bytes[slot + index] === byte);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

function noise(): Uint8Array {
  return randomFillSync(new Uint8Array(keyBytes));
}

async function existing(path: string): Promise<FileHandle | undefined> {
  return open(path, 'r+').catch(unlessMissing);
}

async function created(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'wx+', 0o600);
  for (const slot of slots) await overwrite(file, slot, noise());
  await file.sync();
  await syncFolder(dirname(path));
  return file;
}

async function bytesOf(file: FileHandle): Promise<Uint8Array> {
  const bytes = new Uint8Array(slots.length * keyBytes);
  await file.read(bytes, 0, bytes.length, 0);
  return bytes;
}

/** In place, because a file written anew would leave the old one's bytes on the disk. */
async function overwrite(file: FileHandle, at: number, bytes: Uint8Array): Promise<void> {
  await file.write(bytes, 0, bytes.length, at);
}

async function shred(path: string): Promise<void> {
  const file = await existing(path);
  if (!file) return;
  try {
    for (const slot of slots) await overwrite(file, slot, noise());
    await file.sync();
  } finally {
    await file.close();
  }
  await unlink(path).catch(unlessMissing);
  await syncFolder(dirname(path));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(unlessMissing)) ?? [];
}

/**
 * So that a file's name survives a power cut, or its removal does. Windows cannot open a folder, and does it by itself.
 */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const opened = await open(folder, 'r').catch(unlessMissing);
  await opened?.sync().finally(() => opened.close());
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
