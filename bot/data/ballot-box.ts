import { createHash, randomUUID } from 'node:crypto';
import type { BallotBox } from '../feature.ts';
import type { Db } from './database.ts';

/**
 * The ballot box in our own database, and not in SharePoint: there everybody in the team could read each answer with the
 * second in which it came. Two tables without a time and without anything in common but the survey.
 */
export function createBallotBox(db: Db): BallotBox {
  return {
    async cast({ community, survey, person, sheet }) {
      const token = randomUUID();
      return db.transaction().execute(async transaction => {
        const first = await transaction
          .insertInto('voters')
          .values({ community, survey, person })
          .onConflict(conflict => conflict.columns(['community', 'survey', 'person']).doNothing())
          .returning('person')
          .executeTakeFirst();
        if (!first) return undefined;
        await transaction.insertInto('ballots').values({ community, survey, token: hash(token), sheet }).execute();
        return token;
      });
    },

    async replace({ community, survey, token, sheet }) {
      const changed = await db
        .updateTable('ballots')
        .set({ sheet })
        .where('community', '=', community)
        .where('survey', '=', survey)
        .where('token', '=', hash(token))
        .returning('token')
        .executeTakeFirst();
      return changed !== undefined;
    },

    async voters(community, survey) {
      const rows = await db.selectFrom('voters').select('person').where('community', '=', community).where('survey', '=', survey).execute();
      return new Set(rows.map(({ person }) => person));
    },

    async ballots(community, survey) {
      const rows = await db.selectFrom('ballots').select(['token', 'sheet']).where('community', '=', community).where('survey', '=', survey).orderBy('token').execute();
      return rows.map(({ token, sheet }) => ({ mark: token, sheet }));
    },

    async empty(community, survey) {
      await db.transaction().execute(async transaction => {
        for (const table of ['ballots', 'voters'] as const) await transaction.deleteFrom(table).where('community', '=', community).where('survey', '=', survey).execute();
      });
    },
  };
}

function hash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
