import { sql, type RawBuilder, type Transaction } from 'kysely';
import { StartError } from '../start-error.ts';
import type { Db, Tables } from './tables.ts';

export interface CopiedTable {
  readonly name: string;
  readonly rows: number;
}

interface Table {
  /** With its schema, such as `public.messages`. */
  readonly name: string;
  readonly schema: string;
  readonly relation: string;
  /** Columns with their types, by name. */
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly key: readonly string[];
  readonly refers: boolean;
  /** Columns whose values the database counts up. */
  readonly counted: readonly string[];
}

/** Filled by a server that does nothing yet, with what is worth nothing after some minutes. */
const ofTheMoment = ['public.pace', 'public.threads', 'public.rate_limits', 'public.list_changes'];

/** Copies of what SharePoint has, which are read anew, and what the migrations note for themselves. */
const notCopied = ['mirrored_lists', 'mirrored_items', 'cop_migrations', 'cop_migrations_lock'];

/** Of the queue, the work that is not done. pg-boss makes the rest, such as its schedules, at every start. */
const queued = { name: 'pgboss.job', where: sql`name = 'occasion' AND state < 'completed'` } as const;

/** How many rows are in memory at once: the largest, a box of 5,000 sealed answers, has half a megabyte. */
const batch = 100;

/**
 * Copies every row into a database whose tables are made and empty, in one transaction there, and holds both against
 * each other before the commit: what fails leaves nothing behind. Rows go in the order of their keys, so that where a
 * row lies tells no more than what is in it.
 * @returns what was copied, by table
 * @throws StartError when there is something in the target, or its tables are others
 */
export async function copyDatabase(source: Db, target: Db): Promise<readonly CopiedTable[]> {
  return source.transaction().execute(async from => {
    await sql`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`.execute(from);
    return target.transaction().execute(to => copyAll(from, to));
  });
}

async function copyAll(from: Transaction<Tables>, to: Transaction<Tables>): Promise<readonly CopiedTable[]> {
  for (const end of [from, to]) await writeValuesAlike(end);
  // Whoever copies or works here at the same time waits.
  await sql`LOCK TABLE communities IN SHARE ROW EXCLUSIVE MODE`.execute(to);
  const tables = await tablesOf(from);
  refuseOtherTables(tables, await tablesOf(to));
  for (const table of tables) await refuseFull(to, table);

  const copied: CopiedTable[] = [];
  for (const table of tables) {
    await sql`DELETE FROM ${nameOf(table)} WHERE ${wanted(table)}`.execute(to);
    await copyRows(from, to, table);
    await copyCounters(from, to, table);
    const [before, after] = [await digestOf(from, table), await digestOf(to, table)];
    if (before.rows !== after.rows || before.digest !== after.digest)
      throw new Error(`${table.name} has ${before.rows} rows, and its copy ${after.rows}, or others`);
    copied.push({ name: table.name, rows: after.rows });
  }
  return copied;
}

/** Both databases write the same value in the same way, whatever they are set to. */
async function writeValuesAlike(end: Transaction<Tables>): Promise<void> {
  await sql`
    SELECT set_config('TimeZone', 'UTC', true), set_config('DateStyle', 'ISO, YMD', true),
      set_config('extra_float_digits', '1', true), set_config('bytea_output', 'hex', true)`.execute(end);
}

/** Ours and the queue's work, those first that others refer to. */
async function tablesOf(end: Transaction<Tables>): Promise<readonly Table[]> {
  const { rows } = await sql<Table>`
    SELECT n.nspname || '.' || c.relname AS name, n.nspname AS schema, c.relname AS relation,
      (SELECT json_agg(json_build_object('name', attname, 'type', format_type(atttypid, atttypmod)) ORDER BY attname COLLATE "C")
        FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0 AND NOT attisdropped) AS columns,
      (SELECT json_agg(attname ORDER BY array_position(indkey::int2[], attnum))
        FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey) WHERE indrelid = c.oid AND indisprimary) AS key,
      EXISTS (SELECT FROM pg_constraint WHERE conrelid = c.oid AND contype = 'f' AND n.nspname = 'public') AS refers,
      (SELECT coalesce(json_agg(attname), '[]') FROM pg_attribute WHERE attrelid = c.oid AND attidentity <> '') AS counted
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE (n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> ALL (${notCopied})) OR (n.nspname || '.' || c.relname = ${queued.name})
    ORDER BY refers, c.relname`.execute(end);
  return rows;
}

/** The target may have tables besides: of others, or such as the first start drops. */
function refuseOtherTables(tables: readonly Table[], others: readonly Table[]): void {
  const different = tables.filter(
    table => JSON.stringify(table.columns) !== JSON.stringify(others.find(({ name }) => name === table.name)?.columns),
  );
  if (different.length === 0) return;
  throw new StartError(
    `The two databases are not of the same version: ${different.map(({ name }) => name).join(', ')}. Start the server of ` +
      'this version on the embedded one once, stop it again, and take a new database for the copy.',
  );
}

async function refuseFull(to: Transaction<Tables>, table: Table): Promise<void> {
  if (ofTheMoment.includes(table.name)) return;
  const { rows } = await sql`SELECT FROM ${nameOf(table)} WHERE ${wanted(table)} LIMIT 1`.execute(to);
  if (rows.length === 0) return;
  throw new StartError(
    `DATABASE_URL leads to a database in which there is something already (${table.name}). Nothing was changed. Take a new, ` +
      'empty one, and start no server on it before.',
  );
}

/**
 * As JSON, which names the columns, and which each database reads back as the value it was: a JavaScript date would
 * lose microseconds on the way.
 */
async function copyRows(from: Transaction<Tables>, to: Transaction<Tables>, table: Table): Promise<void> {
  const columns = columnsOf(table);
  const key = sql.join(table.key.map(column => sql`${sql.ref(column)}`));
  await sql`DECLARE copied CURSOR FOR
    SELECT to_json(t)::text AS row FROM (SELECT ${columns} FROM ${nameOf(table)} WHERE ${wanted(table)} ORDER BY ${key}) t`.execute(
    from,
  );
  for (;;) {
    const { rows } = await sql<{ row: string }>`FETCH ${sql.lit(batch)} FROM copied`.execute(from);
    if (rows.length === 0) break;
    await sql`
      INSERT INTO ${nameOf(table)} (${columns}) OVERRIDING SYSTEM VALUE
      SELECT ${columns} FROM json_populate_recordset(null::${nameOf(table)}, ${`[${rows.map(({ row }) => row).join()}]`}::json)`.execute(
      to,
    );
  }
  await sql`CLOSE copied`.execute(from);
}

/** The next number is the one after the last that was ever given, so that none is given twice. */
async function copyCounters(from: Transaction<Tables>, to: Transaction<Tables>, table: Table): Promise<void> {
  for (const column of table.counted) {
    const counter = sql<{ name: string }>`SELECT pg_get_serial_sequence(${table.name}, ${column}) AS name`;
    const [there, here] = [(await counter.execute(from)).rows[0]!.name, (await counter.execute(to)).rows[0]!.name];
    const { rows } = await sql<{ last: string; used: boolean }>`
      SELECT last_value::text AS last, is_called AS used FROM ${sql.raw(there)}`.execute(from);
    await sql`SELECT setval(${here}, ${rows[0]!.last}::bigint, ${rows[0]!.used})`.execute(to);
  }
}

/** How many rows there are, and a hash of all that is in them. */
async function digestOf(
  end: Transaction<Tables>,
  table: Table,
): Promise<{ readonly rows: number; readonly digest: string | null }> {
  const { rows } = await sql<{ rows: number; digest: string | null }>`
    SELECT count(*)::integer AS rows, md5(string_agg(hash, '' ORDER BY hash COLLATE "C")) AS digest
    FROM (SELECT md5(to_json(t)::text) AS hash FROM (SELECT ${columnsOf(table)} FROM ${nameOf(table)} WHERE ${wanted(table)}) t) hashes`.execute(
    end,
  );
  return rows[0]!;
}

function nameOf({ schema, relation }: Table): RawBuilder<unknown> {
  return sql`${sql.id(schema, relation)}`;
}

function columnsOf({ columns }: Table): RawBuilder<unknown> {
  return sql.join(columns.map(({ name }) => sql.id(name)));
}

function wanted({ name }: Table): RawBuilder<unknown> {
  return name === queued.name ? queued.where : sql`true`;
}
