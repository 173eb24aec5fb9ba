import { sql, type Transaction } from 'kysely';
import { topics, type Stopped } from '../../domain/messages/topics.ts';
import type { Db, Tables } from '../database/tables.ts';
import type { Clock, Messenger } from '../ports.ts';

/** Who wants no messages, or none about something. A message is held against it when it would be sent: claim.ts. */
export function createOptOuts(db: Db, now: Clock): Pick<Messenger, 'optOut' | 'stopped' | 'stop'> {
  function optOut(community: string, person: string, out: boolean): Promise<void> {
    return setOptOut(db, { community, person, out, since: now() });
  }

  async function stopped(community: string, people: readonly string[]): Promise<ReadonlyMap<string, Stopped>> {
    const among = sql<string>`ANY(${people}::text[])`;
    const [all, some] = await Promise.all([
      db
        .selectFrom('opt_outs')
        .select('person')
        .where('community', '=', community)
        .where('person', '=', among)
        .execute(),
      db
        .selectFrom('topic_opt_outs')
        .select(['person', 'topic'])
        .where('community', '=', community)
        .where('person', '=', among)
        .execute(),
    ]);
    return new Map(
      people.map(person => [
        person,
        {
          all: all.some(one => one.person === person),
          topics: topics.filter(topic => some.some(one => one.person === person && one.topic === topic)),
        },
      ]),
    );
  }

  async function stop(community: string, person: string, { all, topics: wanted }: Stopped): Promise<void> {
    await db.transaction().execute(async transaction => {
      await setOptOut(transaction, { community, person, out: all, since: now() });
      await transaction
        .deleteFrom('topic_opt_outs')
        .where('community', '=', community)
        .where('person', '=', person)
        .$if(wanted.length > 0, query => query.where('topic', 'not in', [...wanted]))
        .execute();
      if (wanted.length === 0) return;
      await transaction
        .insertInto('topic_opt_outs')
        .values([...new Set(wanted)].map(topic => ({ community, person, topic, since: now() })))
        .onConflict(conflict => conflict.doNothing())
        .execute();
    });
  }

  return { optOut, stopped, stop };
}

async function setOptOut(
  db: Db | Transaction<Tables>,
  {
    community,
    person,
    out,
    since,
  }: { readonly community: string; readonly person: string; readonly out: boolean; readonly since: Date },
): Promise<void> {
  if (out) {
    await db
      .insertInto('opt_outs')
      .values({ community, person, since })
      .onConflict(conflict => conflict.columns(['community', 'person']).doNothing())
      .execute();
  } else {
    await db.deleteFrom('opt_outs').where('community', '=', community).where('person', '=', person).execute();
  }
}
