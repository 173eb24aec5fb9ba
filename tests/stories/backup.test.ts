import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Card } from '../../bot/cards.ts';
import { lookIntoDatabase } from '../../bot/database/connection.ts';
import { tableFates } from '../../bot/personal-data/fates.ts';
import { api } from '../../domain/api.ts';
import type { SurveyDraft } from '../../domain/surveys/survey.ts';
import { textsIn } from '../support/cards.ts';
import { eventually } from '../support/engines.ts';
import { startPostgres, type Postgres } from '../support/postgres.ts';
import { personOf, startSystem, type System } from '../support/system.ts';

/**
 * Yesterday’s backup is brought back. PostgreSQL’s own copy of a database stands for it, as no package has pg_dump and
 * pg_restore; where POSTGRES_PROGRAMS names a PostgreSQL that has them (`/usr/lib/postgresql/15`), it is they. Each test
 * goes on where the one before ended.
 */
const programs = process.env['POSTGRES_PROGRAMS'];
let postgres: Postgres;
let databaseUrl: string;
let backup: string;
let system: System;
beforeAll(async () => {
  postgres = await startPostgres(programs === undefined ? {} : { programs });
  databaseUrl = await postgres.database();
  system = await startSystem({ databaseUrl });
});
afterAll(async () => {
  await system.stop();
  await postgres.stop();
});

/** A copy of the database, brought back into a new one: its address. */
async function copied(from: string): Promise<string> {
  if (programs === undefined) return postgres.database(from);
  const to = await postgres.database();
  const file = join(system.dataDir, 'backup.dump');
  // As `infra/compose/backup.sh` and docs/moving.md have them.
  await promisify(execFile)(join(programs, 'bin/pg_dump'), ['--format=custom', `--file=${file}`, from]);
  await promisify(execFile)(join(programs, 'bin/pg_restore'), ['--no-owner', `--dbname=${to}`, file]);
  return to;
}

const jonas = personOf('Jonas');
const survey = 'quiet-words';
const draft: SurveyDraft = {
  title: 'Quiet words',
  intro: '',
  questions: [
    { id: 'say', kind: 'text', text: 'What should change?', options: [], low: '', high: '', required: false },
  ],
  anonymous: true,
  audience: 'members',
  event: null,
  tellsResults: false,
  everyQuarter: false,
  repeats: null,
  opensOn: '2026-11-22',
  closesOn: '2026-11-27',
};

function answer(who: string) {
  const body = { sheet: { say: 'less' }, token: null };
  return system.ask(who, api.answerSurvey, { params: { survey }, body });
}

function cardsOf(who: string, words: string): number {
  const { connector } = system.microsoft365;
  const chat = connector.conversationsOf(personOf(who).id).find(one => one.conversation.kind === 'personal');
  const messages = chat ? connector.messages(chat.conversation.id) : [];
  return messages.filter(({ cards }) =>
    cards.some(card =>
      textsIn(card as Card)
        .join(' ')
        .includes(words),
    ),
  ).length;
}
const welcome = 'Welcome to Data Storytellers';
const week = 'of 290 minutes done';

/** Tables in which somebody is named. */
async function tablesWith(id: string): Promise<readonly string[]> {
  const { db, close } = lookIntoDatabase(backup, null);
  try {
    const { rows } = await sql<{ name: string }>`
      SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' ORDER BY 1`.execute(
      db,
    );
    const found: string[] = [];
    for (const { name } of rows) {
      const naming = sql`SELECT FROM ${sql.table(name)} t WHERE to_jsonb(t)::text LIKE ${`%${id}%`} LIMIT 1`;
      if ((await naming.execute(db)).rows.length > 0) found.push(name);
    }
    return found;
  } finally {
    await close();
  }
}

test('a day in between: somebody is forgotten, a week begins, an anonymous answer is given', async () => {
  await system.microsoft365.connector.joins(system.team, [jonas.id]);
  await eventually('the welcome', () => cardsOf('Jonas', welcome) > 0);
  expect((await system.ask('Priya', api.planSurvey, { params: { survey }, body: draft })).status).toBe(200);
  expect((await answer('Amara')).status).toBe(200);
  await system.restart(async () => void (backup = await copied(databaseUrl)));
  expect(await tablesWith(jonas.id)).toEqual(expect.arrayContaining(['chats', 'memberships', 'messages']));

  expect((await system.ask('Jonas', api.forgetMe)).status).toBe(200);
  expect((await answer('Yusuf')).status).toBe(200);
  await system.moveTo('2026-11-23T09:00:00Z');
  await eventually('the week’s card', () => cardsOf('Priya', week) > 0);
});

test('whoever was forgotten since stays forgotten', async () => {
  await system.restart(async () => ({ databaseUrl: backup }));
  await eventually('it to be noticed', () =>
    system.log.some(({ msg }) => msg === 'somebody was forgotten again, whom a backup had brought back'),
  );

  // As after the first time: what stays of everybody for a while, and that they want no messages.
  const named = await tablesWith(jonas.id);
  expect(named.filter(name => tableFates[name as keyof typeof tableFates] !== 'stays')).toEqual([]);
  expect(named).toContain('opt_outs');
});

test('nobody opens the anonymous answers of the backup, and the survey says that they are lost', async () => {
  const { status } = await answer('Tomasz');

  expect(status).toBeGreaterThanOrEqual(400);
  expect(
    system.log.some(({ msg }) => String(msg).startsWith('the answers of an anonymous survey cannot be opened')),
  ).toBe(true);
});

test('what was sent before the backup does not come again; what fell due since does, while it is not too late', async () => {
  await system.moveTo('2026-11-23T09:30:00Z');
  await eventually('the week’s card again', () => cardsOf('Priya', week) === 2);
  await new Promise(resolve => setTimeout(resolve, 2000));

  expect({ welcome: cardsOf('Jonas', welcome), week: cardsOf('Priya', week) }).toEqual({ welcome: 1, week: 2 });
});
