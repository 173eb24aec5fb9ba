import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Message } from '../../../../infra/local/connector/index.ts';
import { personOf, startSystem, type System } from '../../../support/system.ts';

/** The sample’s sponsor has had a digest, and leaves the team. Over signed HTTP, from the button to the answer. */
let system: System;
let digest: Message;
beforeAll(async () => {
  system = await startSystem();
  const { connector } = system.microsoft365;
  const chat = connector
    .conversationsOf(personOf('Helen').id)
    .find(({ conversation }) => conversation.kind === 'personal')!;
  digest = connector.messages(chat.conversation.id).find(({ cards }) => JSON.stringify(cards).includes('digest.'))!;
  await connector.leaves(system.team, [personOf('Helen').id]);
}, 60_000);
afterAll(() => system.stop());

const sent = (): string => /sponsor\/now-[\d-]+/.exec(JSON.stringify(digest.cards))![0];

test.each([
  ['may still answer it', 'digest.reply', { choice: 'yes', text: 'From outside.' }, 'card'],
  ['and look at it again', 'digest.again', {}, 'card'],
  ['but may do nothing else in the community', 'roles.volunteer', { role: 'member-support' }, 'notice'],
  ['not even ask', 'bot.choose', { text: 'roles' }, 'notice'],
])('who has left the team %s', async (_reason, verb, data, outcome) => {
  const result = await system.microsoft365.connector.presses(personOf('Helen').id, digest.id, {
    verb,
    data: { community: system.team, digest: sent(), ...data },
  });

  expect(result.outcome).toBe(outcome);
});

test('a digest that is not theirs is none of theirs', async () => {
  const result = await system.microsoft365.connector.presses(personOf('Helen').id, digest.id, {
    verb: 'digest.reply',
    data: { community: system.team, digest: 'sponsor/2020-01', choice: 'yes' },
  });

  expect(result).toMatchObject({ outcome: 'notice' });
  expect(JSON.stringify(result)).toContain('you are not in that team');
});
