import type { Logger } from 'pino';
import { theApp } from '../../domain/audit/audit.ts';
import type { Clock, NoteAct, PersonalData, Roster } from '../ports.ts';
import type { Installations } from '../database/communities.ts';
import type { Db } from '../database/tables.ts';
import { errorText } from '../shared/error-text.ts';

export interface LeaversParts {
  readonly db: Db;
  readonly communities: Pick<Installations, 'find' | 'left'>;
  readonly roster: Roster;
  readonly personalData: Pick<PersonalData, 'forget'>;
  readonly audit: NoteAct;
  /** Days after a person left until they are forgotten. */
  readonly after: number;
  readonly now: Clock;
  readonly log: Logger;
}

/**
 * The clock of those who left: started for each person who is no longer in the team, also where Teams did not tell;
 * stopped for those who came back; and after so many days everything that *forget me* would erase is erased. May be
 * repeated; what one night does not finish, the next one does.
 */
export function createLeavers(parts: LeaversParts): () => Promise<number> {
  return async function run() {
    await noticeLeavers(parts);
    let forgotten = 0;
    for (const leaver of await dueLeavers(parts)) {
      try {
        if (!(await forgetUnlessBack(parts, leaver))) continue;
        forgotten++;
        parts.audit(forgettingOf(leaver.community));
      } catch (error) {
        parts.log.warn(
          { community: leaver.community, error: errorText(error) },
          'somebody who left could not be forgotten yet; it is tried again tomorrow',
        );
      }
    }
    return forgotten;
  };
}

interface Leaver {
  readonly community: string;
  readonly person: string;
}

/**
 * Teams does not always say that a person went: one who was met and is no longer in the roster has left. A list that
 * looks whole may lack somebody who is there: of each who is missing Teams is asked by name as well.
 */
async function noticeLeavers({ db, communities, roster, log }: LeaversParts): Promise<void> {
  const known = await db
    .selectFrom('memberships')
    .innerJoin('communities', 'communities.id', 'memberships.community')
    .select(['memberships.community', 'memberships.person'])
    .where('removed_at', 'is', null)
    .execute();
  for (const [community, people] of Map.groupBy(known, row => row.community)) {
    try {
      const present = new Set((await roster.members(community)).map(({ id }) => id));
      // A team without people is one that could not be read.
      if (present.size === 0) continue;
      const left: string[] = [];
      for (const { person } of people)
        if (!present.has(person) && !(await roster.member(community, person))) left.push(person);
      await communities.left(community, left);
    } catch (error) {
      log.warn(
        { community, error: errorText(error) },
        'who has left a team could not be looked up; it is tried again tomorrow',
      );
    }
  }
}

function dueLeavers({ db, after, now }: LeaversParts): Promise<Leaver[]> {
  return db
    .selectFrom('leavers')
    .select(['community', 'person'])
    .where('left_at', '<=', new Date(now().getTime() - after * 86_400_000))
    .orderBy('left_at')
    .execute();
}

/** @returns whether they were forgotten; a person who is in the team again stays, whatever was noted. */
async function forgetUnlessBack(
  { db, communities, roster, personalData }: LeaversParts,
  { community, person }: Leaver,
): Promise<boolean> {
  // A community that lost the app has no roster to ask.
  const back = (await communities.find(community)) && (await roster.member(community, person));
  if (back) {
    await db.deleteFrom('leavers').where('community', '=', community).where('person', '=', person).execute();
    return false;
  }
  await personalData.forget(community, { id: person, name: '' }, false);
  return true;
}

/** Names the community and not the person, of whom nothing is to be left. */
function forgettingOf(community: string): Parameters<NoteAct>[0] {
  return {
    person: theApp,
    community,
    act: 'people.forgotten',
    door: 'app',
    via: 'leavers',
    about: '',
    outcome: 'done',
    reason: null,
    request: null,
  };
}
