import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Card } from '../../bot/cards.ts';
import { openDatabase, readEmbedded } from '../../bot/database/connection.ts';
import { api } from '../../domain/api.ts';
import type { AnswerView, SurveysView } from '../../domain/surveys/api.ts';
import type { SurveyDraft } from '../../domain/surveys/survey.ts';
import { tenant } from '../../infra/local/directory.ts';
import { samplePeople } from '../../infra/local/sample-people.ts';
import { textsIn } from '../support/cards.ts';
import { within } from '../support/clean-up.ts';
import { eventually } from '../support/engines.ts';
import { startPostgres, type Postgres } from '../support/postgres.ts';
import { startProcess } from '../support/server-process.ts';
import { personOf, startSystem, type System } from '../support/system.ts';

/**
 * A community grows out of the embedded database: `npm run move-to-postgresql` while a message, a week’s cards and
 * something that was said still wait, and an anonymous survey is open. Each test goes on where the one before ended.
 */
let postgres: Postgres;
let databaseUrl: string;
let system: System;
beforeAll(async () => {
  postgres = await startPostgres();
  databaseUrl = await postgres.database();
  system = await startSystem();
});
afterAll(async () => {
  await system.stop();
  await postgres.stop();
});

const survey = 'quiet-words';
const draft: SurveyDraft = {
  title: 'Quiet words',
  intro: '',
  questions: [
    {
      id: 'say',
      kind: 'choice',
      text: 'Which day?',
      options: ['Monday', 'Friday'],
      low: '',
      high: '',
      required: false,
    },
  ],
  anonymous: true,
  audience: 'members',
  event: null,
  tellsResults: false,
  everyQuarter: false,
  repeats: null,
  opensOn: '2026-11-22',
  closesOn: '2026-11-24',
};
const [first, ...others] = samplePeople.filter(({ role }) => role === 'member').slice(0, 5);
let token: string | null = null;

function answer(who: { readonly displayName: string }, day: number, withToken: string | null = null) {
  return system.ask(who.displayName, api.answerSurvey, {
    params: { survey },
    body: { sheet: { say: [day] }, token: withToken },
  });
}

function cardsOf(who: string, words: string): readonly string[] {
  const { connector } = system.microsoft365;
  const chat = connector.conversationsOf(personOf(who).id).find(one => one.conversation.kind === 'personal');
  const messages = chat ? connector.messages(chat.conversation.id) : [];
  return messages
    .flatMap(({ from, cards }) => (from === null ? cards.map(card => textsIn(card as Card).join('\n')) : []))
    .filter(text => text.includes(words));
}

function move(more: Readonly<Record<string, string>> = {}): Promise<{ readonly code: unknown; readonly said: string }> {
  const run = startProcess('bot/move-to-postgresql.ts', {
    PUBLIC_URL: 'https://cop.example.org',
    MICROSOFT_TENANT_ID: tenant.id,
    MICROSOFT_APP_ID: tenant.appId,
    MICROSOFT_APP_PASSWORD: tenant.appSecret,
    DATA_DIR: system.dataDir,
    DATABASE_URL: databaseUrl,
    ...more,
  });
  return within(120_000, 'the move', run.gone, run.said).then(code => ({ code, said: run.said() }));
}

/** Of anonymous surveys that are open: the sample has one of its own. */
async function keys(): Promise<readonly string[]> {
  const found = await readdir(join(system.dataDir, 'keys'), { recursive: true, withFileTypes: true });
  return found.filter(entry => entry.isFile()).map(({ name }) => name);
}

const week = 'of 290 minutes done';

test('while the server runs nothing is moved', async () => {
  expect((await system.ask('Priya', api.planSurvey, { params: { survey }, body: draft })).status).toBe(200);
  for (const who of [first!, ...others]) {
    const { status, body } = await answer(who, 0);
    expect(status).toBe(200);
    if (who === first) token = (body as AnswerView).token;
  }

  const { code, said } = await move();

  expect(said).toContain('another program has the database there open');
  expect(code).toBe(1);
});

test('everything is moved, also what waits, and the server goes on from there', async () => {
  const { connector, faults } = system.microsoft365;
  const jonas = personOf('Jonas');
  connector.faults.add({ to: jonas.id, answer: { status: 503 } });
  await connector.joins(system.team, [jonas.id]);
  await eventually('a message that waits', () => connector.tally.answers(jonas.id)[503]);
  faults.add({ path: '/graph/v1.0/sites', status: 503, count: 1_000_000, retryAfter: 1 });
  await system.moveTo('2026-11-23T09:00:00Z');
  connector.faults.add({ to: personOf('Amara').id, answer: { status: 503 } });
  await connector.says(personOf('Amara').id, 'personal', 'help');
  await eventually('an answer that fails', () => connector.tally.answers(personOf('Amara').id)[503]);
  await eventually('a job that failed', () => system.log.some(({ msg }) => msg === 'a scheduled job failed'));
  const before = cardsOf('Amara', '').length;

  await system.restart(async () => {
    const embedded = await readEmbedded(system.dataDir);
    const { rows } = await sql`
      SELECT (SELECT count(*) FROM messages WHERE next_at IS NOT NULL) > 0 AS messages,
        (SELECT count(*) FROM inbox WHERE next_at IS NOT NULL) > 0 AS inbox,
        (SELECT count(*) FROM pgboss.job WHERE name = 'occasion' AND state < 'completed') > 0 AS jobs`.execute(
      embedded.db,
    );
    await embedded.close();
    expect(rows).toEqual([{ messages: true, inbox: true, jobs: true }]);

    const { code, said } = await move();

    expect(said).toMatch(
      /^Everything is in PostgreSQL, counted and compared:\n( +\d+ {2}[a-z]+\.\w+\n)+\nStart the server/,
    );
    expect(code).toBe(0);
    connector.faults.clear();
    faults.clear();
    return { databaseUrl };
  });

  await system.moveTo('2026-11-23T09:05:00Z');
  await eventually('the welcome', () => cardsOf('Jonas', 'Welcome to Data Storytellers').length > 0, 60_000);
  await eventually('the week’s card', () => cardsOf('Priya', week).length > 0, 60_000);
  await eventually('the answer', () => cardsOf('Amara', '').length > before, 60_000);
}, 240_000);

test('nothing comes twice', async () => {
  await system.moveTo('2026-11-23T09:10:00Z');
  await new Promise(resolve => setTimeout(resolve, 3000));

  const { connector } = system.microsoft365;
  expect(connector.tally.copies().filter(({ count }) => count > 1)).toEqual([]);
  expect([cardsOf('Jonas', 'Welcome to Data Storytellers').length, cardsOf('Priya', week).length]).toEqual([1, 1]);
});

test('the anonymous survey is open as before, and what the old folder has of it opens for nobody any more', async () => {
  const open = await keys();
  expect((await answer(first!, 1, token)).status).toBe(200);

  await system.moveTo('2026-11-25T09:00:00Z');

  const seen = await eventually('the results', async () => {
    const { surveys } = (await system.ask('Priya', api.surveys)).body as SurveysView;
    const found = surveys.find(({ id }) => id === survey);
    return found?.results.state === 'shown' && found;
  });
  expect(JSON.stringify(seen.results)).toMatch(/Monday/);
  expect(seen.answered).toBe(5);
  await eventually('its key to be gone', async () => (await keys()).length === open.length - 1);
});

test('nobody goes on in the old folder by mistake, and a second move changes nothing', async () => {
  const moved = /the database there has been moved to PostgreSQL\. Set DATABASE_URL/;

  // Closed, as jest would print all of an open one.
  const opening = openDatabase({ databaseUrl: null, dataDir: system.dataDir }).then(({ close }) => close());
  await expect(opening).rejects.toThrow(moved);

  // DATABASE_URL is set, so it is not asked for.
  const again = await move();
  expect(again.said).toMatch(
    /was moved to PostgreSQL already, on \d{4}-\d\d-\d\d\. Nothing was done: start the server/,
  );
  expect(again.code).toBe(1);
});

test.each([
  ['there is no address', { DATABASE_URL: '' }, /^DATABASE_URL is missing/],
  ['there is no embedded database', { DATA_DIR: '/nowhere/at/all' }, /there is no embedded database in it/],
])('says what is wrong when %s', async (_what, environment, sentence) => {
  const { code, said } = await move(environment);

  expect(said).toMatch(sentence);
  expect(code).toBe(1);
});
