import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../bot/database/connection.ts';
import { startMirrorModel } from '../../tests/support/mirror-model.ts';
import { startPostgres } from '../../tests/support/postgres.ts';
import type { Line } from './rig.ts';

export interface ModelOptions {
  /** How many steps are told on each database. */
  readonly steps: number;
  /** Tells the same stories again; which of two things at the same time comes first is left to chance all the same. */
  readonly seed?: number | undefined;
}

/**
 * The copy of a list under random steps: two servers, somebody in SharePoint, calls that are lost, restarts. Throws with
 * the shortest story in which somebody reads what cannot be, or not all agree in the end.
 */
export async function measureModel(options: ModelOptions): Promise<readonly Line[]> {
  const postgres = await startPostgres();
  const dataDir = await mkdtemp(join(tmpdir(), 'cop-bench-'));
  try {
    const databaseUrl = await postgres.database();
    const servers = [0, 1].map(() => openDatabase({ databaseUrl, dataDir: null }));
    const embedded = openDatabase({ databaseUrl: null, dataDir });
    return [
      await tell('the embedded database', [await embedded, await embedded], options),
      await tell('PostgreSQL', [await servers[0]!, await servers[1]!], options),
    ];
  } finally {
    await postgres.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function tell(
  where: string,
  databases: Parameters<typeof startMirrorModel>[0],
  { steps, seed }: ModelOptions,
): Promise<Line> {
  const model = await startMirrorModel(databases);
  try {
    const began = performance.now();
    const told = await model.tell({ steps, seed });
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    return [
      `random steps of two servers and somebody in SharePoint, with the copy in ${where}, until all agree; a story that fails ends the run`,
      `${told.steps.toLocaleString('en')} in ${told.stories} stories, all agree (${seconds} s)`,
      1,
    ];
  } finally {
    await model.stop();
    for (const database of new Set(databases)) await database.close();
  }
}
