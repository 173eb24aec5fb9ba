import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { openEmbedded, type EmbeddedDatabase } from '../../../bot/database/embedded.ts';
import type { Db } from '../../../bot/database/tables.ts';
import { migrations } from '../../../bot/database/migrations.ts';
import { temporaryFolder } from '../../support/clean-up.ts';

// While servers are replaced one after the other, those of the version before go on with the tables of the next one.
// So what a migration finds stays as it was, and what it adds can be left out; docs/moving.md tells who writes one.

interface Schema {
  /** `messages.state` with its type, and whether it must be given. */
  readonly columns: ReadonlyMap<string, { readonly type: string; readonly required: boolean }>;
  /** What refuses rows, in words of SQL, by table. */
  readonly demands: ReadonlyMap<string, string>;
}

/** Written before there was a version that could go on meanwhile. */
const beforeTheFirst = Object.keys(migrations).filter(name => name < '020');

let opened: EmbeddedDatabase;
beforeAll(async () => {
  opened = await openEmbedded((await temporaryFolder('migrations')).path);
});
afterAll(() => opened.close());

async function schema(db: Db): Promise<Schema> {
  const { rows: columns } = await sql<{ name: string; type: string; required: boolean }>`
    SELECT table_name || '.' || column_name AS name, format_type(atttypid, atttypmod) AS type,
      is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' AS required
    FROM information_schema.columns
    JOIN pg_attribute ON attrelid = table_name::regclass AND attname = column_name WHERE table_schema = 'public'`.execute(
    db,
  );
  const { rows: demands } = await sql<{ table: string; demand: string }>`
    SELECT conrelid::regclass::text AS table, pg_get_constraintdef(oid) AS demand FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
    UNION ALL SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexdef LIKE 'CREATE UNIQUE%'`.execute(
    db,
  );
  return {
    columns: new Map(columns.map(({ name, ...column }) => [name, column])),
    demands: new Map(demands.map(({ table, demand }) => [`${table}: ${demand}`, table])),
  };
}

/** What a server that knows only the schema before could not live with. */
function broken(before: Schema, after: Schema): readonly string[] {
  const tables = new Set([...before.columns.keys()].map(tableOf));
  return [
    ...[...before.columns].flatMap(([name, { type, required }]) => {
      const now = after.columns.get(name);
      if (!now) return [`${name} is gone`];
      if (now.type !== type) return [`${name} was ${type} and is ${now.type}`];
      return now.required && !required ? [`${name} must be given now`] : [];
    }),
    ...[...after.columns].flatMap(([name, { required }]) =>
      required && tables.has(tableOf(name)) && !before.columns.has(name) ? [`${name} is new and must be given`] : [],
    ),
    ...[...after.demands].flatMap(([demand, table]) =>
      tables.has(table) && !before.demands.has(demand) ? [`is demanded now: ${demand}`] : [],
    ),
  ];
}

function tableOf(column: string): string {
  return column.split('.')[0]!;
}

/** Runs one after the other; what each of them broke. */
async function runAll(): Promise<Readonly<Record<string, readonly string[]>>> {
  const migrator = new Migrator({
    db: opened.db,
    provider: { getMigrations: async () => migrations },
    migrationTableName: 'cop_migrations',
    migrationLockTableName: 'cop_migrations_lock',
  });
  const found: Record<string, readonly string[]> = {};
  let before = await schema(opened.db);
  for (const name of Object.keys(migrations).toSorted()) {
    const { error } = await migrator.migrateTo(name);
    if (error) throw error;
    const after = await schema(opened.db);
    const faults = broken(before, after);
    if (faults.length > 0) found[name] = faults;
    before = after;
  }
  return found;
}

test('a server of the version before can go on with the tables of the next', async () => {
  const found = await runAll();

  expect(Object.keys(found).filter(name => !beforeTheFirst.includes(name))).toEqual([]);
  // The look notices what earlier ones did.
  expect(found).toEqual({ '004-sending': ['messages.thread is new and must be given'] });
});

test.each([
  ['ALTER TABLE wishes DROP COLUMN again_on', 'wishes.again_on is gone'],
  ['ALTER TABLE wishes RENAME COLUMN chosen_on TO chosen', 'wishes.chosen_on is gone'],
  ['ALTER TABLE mornings ALTER COLUMN day TYPE date USING day::date', 'mornings.day was text and is date'],
  ['ALTER TABLE leavers ADD COLUMN why text NOT NULL', 'leavers.why is new and must be given'],
  ['ALTER TABLE chats ALTER COLUMN locale SET NOT NULL', 'chats.locale must be given now'],
  ['ALTER TABLE inbox ADD CHECK (attempts < 9)', 'is demanded now: inbox: CHECK ((attempts < 9))'],
  [
    'CREATE UNIQUE INDEX one ON due (job)',
    'is demanded now: due: CREATE UNIQUE INDEX one ON public.due USING btree (job)',
  ],
])('%s would break it', async (statement, fault) => {
  const before = await schema(opened.db);
  const undone = new Error('undone');
  let faults: readonly string[] = [];

  const change = opened.db.transaction().execute(async transaction => {
    await sql.raw(statement).execute(transaction);
    faults = broken(before, await schema(transaction));
    throw undone;
  });

  await expect(change).rejects.toBe(undone);
  expect(faults).toContain(fault);
});
