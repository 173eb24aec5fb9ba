import { cp, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { temporaryFolder } from './clean-up.ts';
import { bundledServer } from './prepared.ts';

/** The migration that is new in it: one of each kind that a server of this version has to live with. */
export const laterMigration = '999-later';

const up = `async up(db) {
  await db.schema.alterTable('messages').addColumn('later', 'text', column => column.notNull().defaultTo('unknown')).execute();
  await db.updateTable('messages').set({ later: 'before' }).execute();
  await db.schema.createIndex('messages_later').on('messages').column('later').execute();
  await db.schema.alterTable('inbox').addColumn('later', 'jsonb').execute();
  await db.schema.createTable('later').addColumn('id', 'text', column => column.primaryKey()).execute();
}`;

/** The program of the version after this one: the same, with tables that a migration of its own has changed. */
export async function laterServer(): Promise<string> {
  const program = await bundledServer();
  const { path } = await temporaryFolder('later');
  await cp(dirname(program), path, { recursive: true });
  const text = await readFile(program, 'utf8');
  const later = text.replace(/"001-start": \{/, `"${laterMigration}": { ${up} },\n$&`);
  if (later === text) throw new Error('the migrations were not found in the bundle of the server');
  const file = join(path, basename(program));
  await writeFile(file, later);
  return file;
}
