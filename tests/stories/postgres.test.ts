import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { textsIn } from '../support/cards.ts';
import { eventually } from '../support/engines.ts';
import { startPostgres, type Postgres } from '../support/postgres.ts';
import { personOf, startSystem, type System } from '../support/system.ts';
import type { Card } from '../../bot/cards.ts';

/** The whole of it once more, with PostgreSQL where the other stories have the embedded database. */
let postgres: Postgres;
let system: System;
beforeAll(async () => {
  postgres = await startPostgres();
  system = await startSystem({ databaseUrl: await postgres.database() });
});
afterAll(async () => {
  await system.stop();
  await postgres.stop();
});

function cardsOf(who: string): readonly string[] {
  const { connector } = system.microsoft365;
  const chat = connector.conversationsOf(personOf(who).id).find(one => one.conversation.kind === 'personal')
    ?.conversation.id;
  return chat === undefined
    ? []
    : connector.messages(chat).flatMap(message => message.cards.map(card => textsIn(card as Card).join('\n')));
}

test('a newcomer is welcomed, the week’s card comes, and a restart repeats neither', async () => {
  await system.microsoft365.connector.joins(system.team, [personOf('Jonas').id]);
  await eventually('the welcome', () => cardsOf('Jonas').length > 0);
  await system.moveTo('2026-11-23T09:00:00Z');
  await eventually('the week’s card', () => cardsOf('Priya').some(text => text.includes('0 of 290 minutes done')));

  await system.restart();
  await system.moveTo('2026-11-23T09:10:00Z');
  await new Promise(resolve => setTimeout(resolve, 1000));

  expect(cardsOf('Jonas').filter(text => text.includes('Welcome to Data Storytellers'))).toHaveLength(1);
  expect(cardsOf('Priya').filter(text => text.includes('of 290 minutes done'))).toHaveLength(1);
});
