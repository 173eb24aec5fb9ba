import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { api } from '../../domain/api.ts';
import { samplePeople } from '../../infra/local/sample-people.ts';
import { eventually } from '../support/engines.ts';
import { personOf, startSystem, type System } from '../support/system.ts';
import { teamStory, type TeamStory } from '../support/team-story.ts';

/** What Teams did not tell, or told twice. Each test goes on where the one before ended. */
let system: System;
let story: TeamStory;
beforeAll(async () => {
  system = await startSystem();
  story = teamStory(system);
}, 120_000);
afterAll(() => system.stop());

test('is made up for at night: who joined is welcomed once, and nobody who was there', async () => {
  const jonas = personOf('Jonas');
  story.connector.nextEvents('lost');
  expect(await story.connector.joins(system.team, [jonas.id])).toBeNull();

  await system.night();
  await eventually('the welcome', () => story.welcomesOf(jonas) === 1);
  await system.night();
  await system.restart();
  await system.night();
  await story.handled();

  expect(await story.newcomers()).toContain('Jonas Weber');
  const welcomed = samplePeople.filter(({ id, displayName: name }) => story.welcomesOf({ id, name }) > 0);
  expect(welcomed.map(({ id }) => id)).toEqual([jonas.id]);
  expect(story.welcomesOf(jonas)).toBe(1);
}, 60_000);

test('is made up for when the team is met', async () => {
  const ruth = personOf('Ruth');
  await story.handled();
  story.connector.nextEvents('lost');
  await story.connector.joins(system.team, [ruth.id]);

  await system.moveTo('2026-11-22T11:00:00Z');
  await story.handled();

  await eventually('the welcome', () => story.welcomesOf(ruth) === 1);
});

test('and what it tells after all, or twice, or with less, is no news', async () => {
  const [ola, kim] = [story.somebody('Ola Dahl'), story.somebody('Kim Rey')];
  story.connector.nextEvents('twice');
  await story.connector.joins(system.team, [ola.id]);
  story.connector.nextEvents('with-less');
  await story.connector.joins(system.team, [kim.id]);
  await eventually('the welcomes', () => story.welcomesOf(ola) === 1 && story.welcomesOf(kim) === 1);
  story.connector.nextEvents('lost', 2);
  await story.connector.leaves(system.team, [ola.id]);
  await story.connector.joins(system.team, [ola.id]);

  await system.night();
  await story.happens(
    story.activity({
      type: 'conversationUpdate',
      membersAdded: [{ id: `29:${ola.id}`, aadObjectId: ola.id }],
      channelData: { eventType: 'teamMemberAdded' },
    }),
  );
  await story.handled();

  expect([story.welcomesOf(ola), story.welcomesOf(kim)]).toEqual([1, 1]);
});

test('nobody is new who was missing from the roster for a night', async () => {
  const { directory } = system.microsoft365;
  const amara = personOf('Amara');
  for (const change of [() => {}, () => directory.removeMember(system.team, amara.id)]) {
    change();
    await system.night();
  }
  directory.addMember(system.team, amara.id);
  await system.night();
  await story.handled();

  expect(story.welcomesOf(amara)).toBe(0);
});

test('nor is whoever wanted to be forgotten, and is still there', async () => {
  const gwen = personOf('Gwen');
  await system.ask('Gwen', api.forgetMe, { body: {} });
  await system.night();
  await story.handled();

  expect(story.welcomesOf(gwen)).toBe(0);
  expect(await story.newcomers()).not.toContain('Gwen Owens');
});

test('in a team that the app comes back to, all who are there were always there', async () => {
  const late = story.somebody('Nia Late');
  await story.connector.uninstallApp(system.team, personOf('Priya').id);
  system.microsoft365.directory.addMember(system.team, late.id);
  await story.connector.installApp(system.team, personOf('Priya').id);
  await story.handled();
  await system.night();
  await story.handled();

  expect(story.welcomesOf(late)).toBe(0);
});
