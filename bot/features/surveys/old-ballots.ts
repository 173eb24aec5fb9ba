import { sql } from 'kysely';
import type { Sheet } from '../../../domain/surveys/survey.ts';
import { shortHash } from './ballot-box.ts';
import type { Db } from '../../database/tables.ts';
import { seal, type Contents } from './sealed-box.ts';
import type { SurveyKeys } from './survey-keys.ts';

/** One row of what the tables held that sealed boxes took the place of. */
interface OldRows {
  readonly community: string;
  readonly survey: string;
  readonly voters: string[] | null;
  readonly ballots: { readonly token: string; readonly sheet: Sheet }[] | null;
}

/** Several servers may start at once: one of them does it. */
const lock = 20_260_006;

/**
 * Brings the answers of surveys that were open when boxes came to be sealed into their boxes, and drops the two tables
 * that held them in the clear, with their files. Does nothing when that is done.
 */
export async function sealOldBallots(db: Db, keys: SurveyKeys): Promise<void> {
  const moved = await db.transaction().execute(async transaction => {
    await sql`SELECT pg_advisory_xact_lock(${lock})`.execute(transaction);
    const {
      rows: [tables],
    } = await sql<{ there: boolean }>`SELECT to_regclass('ballots') IS NOT NULL AS there`.execute(transaction);
    if (!tables?.there) return false;

    await sql`LOCK TABLE ballots, voters IN ACCESS EXCLUSIVE MODE`.execute(transaction);
    const { rows } = await sql<OldRows>`
      SELECT community, survey,
        (SELECT jsonb_agg(person) FROM voters v WHERE (v.community, v.survey) = (place.community, place.survey)) AS voters,
        (SELECT jsonb_agg(jsonb_build_object('token', token, 'sheet', sheet)) FROM ballots b WHERE (b.community, b.survey) = (place.community, place.survey)) AS ballots
      FROM (SELECT community, survey FROM voters UNION SELECT community, survey FROM ballots) place`.execute(
      transaction,
    );
    for (const { community, survey, voters, ballots } of rows) {
      const contents: Contents = {
        voters: voters ?? [],
        ballots: (ballots ?? []).map(({ token, sheet }) => ({ token: shortHash(Buffer.from(token, 'hex')), sheet })),
        torn: null,
      };
      const place = { community, survey };
      const sealed = await seal(contents, await keys.next(place, null), place);
      await transaction.insertInto('ballot_boxes').values({ community, survey, sealed }).execute();
    }
    await sql`DROP TABLE ballots, voters`.execute(transaction);
    return true;
  });
  if (!moved) return;
  // Dropped files go with the checkpoint; the log that still tells of them is used anew after it. Both need rights that
  // the owner of a database may lack: then PostgreSQL does it in its own time.
  await sql`CHECKPOINT`.execute(db).catch(() => {});
  await sql`SELECT pg_switch_wal()`.execute(db).catch(() => {});
}
