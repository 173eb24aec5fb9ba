import { sql } from 'kysely';
import type { Db } from './tables.ts';

/**
 * Proves that the database takes writes: that the account may change a row, and that the disk has room for a new page.
 * An update alone finds its place in a page that is there. Rows of the temporary table, and its pages, are gone with
 * the commit, so that nothing grows.
 * @throws what the database says when it does not
 */
export async function checkWrites(db: Db): Promise<void> {
  await db.transaction().execute(async transaction => {
    const now = sql<number>`extract(epoch FROM clock_timestamp()) * 1000`;
    await transaction
      .insertInto('pace')
      .values({ name: 'health', free_at: now })
      .onConflict(conflict => conflict.column('name').doUpdateSet({ free_at: now }))
      .execute();
    await sql`CREATE TEMPORARY TABLE IF NOT EXISTS room (number integer) ON COMMIT DELETE ROWS`.execute(transaction);
    await sql`INSERT INTO room SELECT generate_series(1, 500)`.execute(transaction);
  });
}
