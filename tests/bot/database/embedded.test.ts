import { expect, test } from '@jest/globals';
import { openEmbedded } from '../../../bot/database/embedded.ts';
import { temporaryFolder } from '../../support/clean-up.ts';

test('whoever begins something while it closes is told so, and does not wait for ever', async () => {
  const folder = await temporaryFolder('closing');
  const { db, close } = await openEmbedded(folder.path);

  const late = db.connection().execute(async connection => {
    await close();
    return connection.transaction().execute(async () => 'begun');
  });

  await expect(late).rejects.toThrow('the embedded database is closed');
  await folder.remove();
});
