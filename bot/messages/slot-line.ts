import { sql } from 'kysely';
import type { Db } from '../database/tables.ts';
import { closerOffset, unknownOffset, type ClockOffset, type ClockReading } from './slots.ts';

/** Milliseconds of the database's own clock, the only one that all servers share. */
export const databaseClock = '(extract(epoch FROM clock_timestamp()) * 1000)::float8';

/**
 * By what share slots move apart when Teams says "too many", and in how many milliseconds two thirds of that are
 * forgotten.
 */
const slowing = 0.01;
const slowingFades = 5 * 60_000;

/** What is left of the slowing. PostgreSQL fails on exponents that are too small, so what is long ago is cut off. */
const slowness = sql.raw(`slower * exp(greatest(-50, (slowed_at - ${databaseClock}) / ${slowingFades}))`);

/** How often the clocks are compared before the first slot. */
const comparisons = 5;

/** A first answer waits for a connection, and may be off by as much; so the database is asked a few times. */
export async function compareClocks(db: Db): Promise<ClockOffset> {
  let offset = unknownOffset;
  for (let times = 0; times < comparisons; times++) {
    const askedAt = performance.now();
    const { rows } = await sql<{ now: number }>`SELECT ${sql.raw(databaseClock)} AS now`.execute(db);
    const answeredAt = performance.now();
    if (rows[0]) offset = closerOffset(offset, { askedAt, answeredAt, databaseClock: rows[0].now });
  }
  return offset;
}

/** What was reserved: the slots before `lineEnd`, by the database's clock, `spacing` milliseconds apart. */
export interface Reservation {
  readonly lineEnd: number;
  readonly spacing: number;
  readonly clock: ClockReading;
}

/** Moves the end of the line, which begins at least `lead` milliseconds from now, by this many slots. */
export async function reserveSlots(
  db: Db,
  { count, interval, lead }: { readonly count: number; readonly interval: number; readonly lead: number },
): Promise<Reservation> {
  const askedAt = performance.now();
  const { rows } = await sql<{ line_end: number; spacing: number; now: number }>`
    UPDATE pace SET free_at = greatest(free_at, ${sql.raw(databaseClock)} + ${lead}) + ${count * interval} * (1 + ${slowness})
    WHERE name = 'tenant'
    RETURNING free_at AS line_end, ${interval} * (1 + ${slowness}) AS spacing, ${sql.raw(databaseClock)} AS now`.execute(
    db,
  );
  const answeredAt = performance.now();
  const row = rows[0];
  if (!row) throw new Error('the table pace has no row `tenant`; the migration 004-sending puts it there');
  return { lineEnd: row.line_end, spacing: row.spacing, clock: { askedAt, answeredAt, databaseClock: row.now } };
}

/**
 * No slot before so many milliseconds from now, and all a little further apart. Calls that were under way together hear
 * the same "too many": that is one reason to go slower, not many.
 */
export async function pauseLine(db: Db, milliseconds: number): Promise<void> {
  await sql`
    UPDATE pace SET free_at = greatest(free_at, ${sql.raw(databaseClock)} + ${milliseconds}),
      slower = CASE WHEN slowed_at < ${sql.raw(databaseClock)} - 1000 THEN least(1, ${slowing} + ${slowness}) ELSE slower END,
      slowed_at = CASE WHEN slowed_at < ${sql.raw(databaseClock)} - 1000 THEN ${sql.raw(databaseClock)} ELSE slowed_at END
    WHERE name = 'tenant'`.execute(db);
}
