import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Database } from '../../../bot/database/connection.ts';
import { createEngines, engines, type OpenedEngine } from '../../support/engines.ts';
import { startMirrorModel, type MirrorModel } from '../../support/mirror-model.ts';

/** The bench tells ten thousand: `npm run bench -- --only model`. */
const steps = 800;

const all = createEngines();
afterAll(() => all.stop());

describe.each(engines)('two servers and SharePoint, with the copy in %s', engine => {
  let opened: OpenedEngine;
  let another: Database;
  let model: MirrorModel;
  beforeAll(async () => {
    opened = await all.open(engine);
    another = engine === 'PostgreSQL' ? await opened.another() : opened.database;
    model = await startMirrorModel([opened.database, another]);
  });
  afterAll(async () => {
    await model.stop();
    if (another !== opened.database) await another.close();
    await opened.close();
  });

  test('what was written is read, and all agree in the end', async () => {
    expect((await model.tell({ steps })).steps).toBeGreaterThanOrEqual(steps);
  }, 900_000);
});
