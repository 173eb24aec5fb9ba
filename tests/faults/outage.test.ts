import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { api } from '../../domain/api.ts';
import type { Message } from '../../infra/local/connector/index.ts';
import { eventually } from '../support/engines.ts';
import { startPostgres, type Postgres } from '../support/postgres.ts';
import { nine, startCluster, type Settled, type Cluster } from '../support/cluster.ts';
import { faultless } from '../support/ledger.ts';

/**
 * Nobody looks after the servers from Monday morning until Thursday. In the first community the week had begun, and its
 * cards were written but not sent; in the second it would have begun while nothing ran. A survey that was opened on
 * Monday, for Tuesday's morning, is open until Saturday.
 */
let postgres: Postgres;
let cluster: Cluster;
let settled: Settled;
beforeAll(async () => {
  postgres = await startPostgres();
  const databaseUrl = await postgres.database();
  cluster = await startCluster({ seed: 1, servers: 2, communities: 2, databaseUrl });
  const {
    microsoft365: { connector },
    instances,
    communities: [early],
  } = cluster;
  connector.faults.add({ answer: { status: 503 } });
  await cluster.moveTo(nine);
  await cluster.ask(early!, api.planSurvey, {
    params: { survey: 'spring-survey' },
    body: {
      title: 'How are we doing?',
      intro: '',
      questions: [
        {
          id: 'q1',
          kind: 'rating',
          text: 'How useful is the community?',
          options: [],
          low: '',
          high: '',
          required: false,
        },
      ],
      anonymous: false,
      audience: 'members',
      opensOn: '2026-11-23',
      closesOn: '2026-11-28',
    },
  });
  await untilWritten(databaseUrl, early!.team.id, early!.facilitators.length);

  for (const place of instances.running()) await cluster.kill(place);
  connector.faults.clear();
  await cluster.moveTo(new Date('2026-11-26T10:00:00Z'));
  settled = await cluster.settle();
}, 300_000);
afterAll(async () => {
  await cluster.stop();
  await postgres.stop();
});

/** Until the week's cards are in the outbox. */
async function untilWritten(connectionString: string, community: string, count: number): Promise<void> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    await eventually('the cards of the week', async () => {
      const { rowCount } = await client.query(
        "SELECT 1 FROM messages WHERE community = $1 AND kind LIKE 'facilitation.%' AND period = '2026-11-23'",
        [community],
      );
      return rowCount === count;
    });
  } finally {
    await client.end();
  }
}

function outcomes(community: number, feature: string, period: string): readonly object[] {
  const { team, facilitators } = cluster.communities[community]!;
  return facilitators.map(person => {
    const key = `${team.id} ${feature} ${period} ${person}`;
    const kept = settled.kept.find(row => row.key === key);
    return { state: kept?.state, reason: kept?.reason, copies: settled.arrived.get(key) ?? 0 };
  });
}

test('what still has its time comes late, once: the survey, a line of the first morning on which anything runs', () => {
  const { team, facilitators } = cluster.communities[0]!;
  const copies = facilitators.map(person => settled.arrived.get(`${team.id} morning once ${person}`));
  expect(copies).toEqual([1, 1, 1]);
  const messages = cluster.microsoft365.store.collection<Message>('messages').values();
  const asked = messages.filter(({ cards }) => JSON.stringify(cards).includes('How are we doing?'));
  expect(asked).toHaveLength(facilitators.length);
});

test.each([
  { community: 0, reason: 'expired', why: 'was written on its day and could not be sent' },
  { community: 1, reason: 'missed', why: 'was not even written, because nothing ran' },
])('a week’s card that $why is not sent on another day, and is on record as $reason', ({ community, reason }) => {
  expect(outcomes(community, 'facilitation', '2026-11-23')).toEqual(
    Array(3).fill({ state: 'expired', reason, copies: 0 }),
  );
});

test('nothing is missing without a reason, and nothing came twice', () => {
  expect({ verdict: settled.verdict, crashes: cluster.instances.crashes }).toEqual({ verdict: faultless, crashes: [] });
});
