import type { Logger } from 'pino';
import { theApp } from '../../domain/audit/audit.ts';
import { CommunityError } from '../../domain/errors.ts';
import type { Clock, Roster } from '../ports.ts';
import type { NoteAct } from '../ports.ts';
import type { Installations } from '../database/communities.ts';
import type { Db } from '../database/tables.ts';
import type { PersonalData } from '../ports.ts';

export interface LeaversParts {
  readonly db: Db;
  readonly communities: Pick<Installations, 'find' | 'left'>;
  readonly roster: Roster;
  readonly personalData: Pick<PersonalData, 'forget'>;
  readonly audit: NoteAct;
  /** Days after somebody left until they are forgotten. */
  readonly after: number;
  readonly now: Clock;
  readonly log: Logger;
}

/**
 * The clock of those who left: started for whoever is no longer in the team, also where Teams did not tell; stopped for
 * whoever came back; and after so many days everything that *forget me* would erase is erased. May be repeated; what
 * one night does not finish, the next one does.
 */
export function createLeavers({
  db,
  communities,
  roster,
  personalData,
  audit,
  after,
  now,
  log,
}: LeaversParts): () => Promise<number> {
  /** Teams does not always say that somebody went: whoever was met and is no longer in the roster has left. */
  async function notice(): Promise<void> {
    const known = await db
      .selectFrom('memberships')
      .innerJoin('communities', 'communities.id', 'memberships.community')
      .select(['memberships.community', 'memberships.person'])
      .where('removed_at', 'is', null)
      .execute();
    for (const [community, people] of Map.groupBy(known, row => row.community)) {
      try {
        const present = new Set((await roster.members(community)).map(({ id }) => id));
        // A team without anybody is one that could not be read.
        if (present.size === 0) continue;
        await communities.left(
          community,
          people.map(({ person }) => person).filter(person => !present.has(person)),
        );
      } catch (error) {
        if (!(error instanceof CommunityError)) throw error;
        log.warn(
          { community, code: error.code },
          'who has left a team could not be looked up; it is tried again tomorrow',
        );
      }
    }
  }

  async function forget({
    community,
    person,
  }: {
    readonly community: string;
    readonly person: string;
  }): Promise<boolean> {
    // Somebody in the team is in the team, whatever was noted. A community that lost the app has no roster to ask.
    const back = (await communities.find(community)) && (await roster.member(community, person));
    if (back) {
      await db.deleteFrom('leavers').where('community', '=', community).where('person', '=', person).execute();
      return false;
    }
    await personalData.forget(community, { id: person, name: '' }, false);
    return true;
  }

  return async function run() {
    await notice();
    const over = new Date(now().getTime() - after * 86_400_000);
    const due = await db
      .selectFrom('leavers')
      .select(['community', 'person'])
      .where('left_at', '<=', over)
      .orderBy('left_at')
      .execute();
    let forgotten = 0;
    for (const one of due) {
      try {
        if (!(await forget(one))) continue;
        forgotten++;
        audit({
          person: theApp,
          community: one.community,
          act: 'people.forgotten',
          door: 'app',
          via: 'leavers',
          about: '',
          outcome: 'done',
          reason: null,
          request: null,
        });
      } catch (error) {
        log.warn(
          { community: one.community, error: error instanceof Error ? error.message : String(error) },
          'somebody who left could not be forgotten yet; it is tried again tomorrow',
        );
      }
    }
    return forgotten;
  };
}
