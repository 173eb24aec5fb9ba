import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

type Stop = () => Promise<unknown>;

/** Kept on the global object: the set-up file and a test file may each have their own copy of this module. */
const state = ((globalThis as { cleanUp?: { open: Stop[] } }).cleanUp ??= { open: [] });

/**
 * Notes what must be stopped when the test file ends, whatever fails before: a hook that throws never hands out what it
 * had started. Returns the same stop, which then runs once, however often it is called.
 */
export function untilEnd(stop: Stop): () => Promise<void> {
  let stopped: Promise<unknown> | undefined;
  const once = async (): Promise<void> => void (await (stopped ??= stop()));
  state.open.push(once);
  return once;
}

/** A new folder that is gone when the test file ends, or when it is removed before. */
export async function temporaryFolder(
  name: string,
  parent = tmpdir(),
): Promise<{ readonly path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(parent, `cop-${name}-`));
  return { path, remove: untilEnd(() => rm(path, { recursive: true, force: true, maxRetries: 3 })) };
}

/** Stops what is still open, last come first; what cannot be stopped holds nothing else up, and is told in the end. */
export async function stopWhatIsOpen(): Promise<void> {
  const failures: unknown[] = [];
  for (const stop of state.open.splice(0).reverse())
    await within(30_000, 'something to stop', stop()).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, failures.map(String).join('\n'));
}

/** Fails with what it waited for, and what is known of it, when that does not come in time. */
export async function within<T>(
  milliseconds: number,
  what: string,
  coming: Promise<T>,
  known: () => string = () => '',
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`waited ${milliseconds} ms in vain for ${what}\n${known()}`.trim())),
      milliseconds,
    );
  });
  try {
    return await Promise.race([coming, late]);
  } finally {
    clearTimeout(timer);
  }
}
