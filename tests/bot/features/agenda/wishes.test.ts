import { beforeEach, expect, test } from '@jest/globals';
import { textsIn } from '../../../support/cards.ts';
import { community, person } from '../../../support/feature-parts.ts';
import { amara, daniel, gwen, here, id, priya, scene, type Scene } from './parts.ts';

let now: Scene;
beforeEach(async () => {
  now = scene();
  await now.asks();
});

const sent = (kind: string) => now.messenger.posted.filter(one => one.kind === kind);
const said = (kind: string): readonly (readonly string[])[] => sent(kind).map(({ to, summary }) => [to, summary]);

test('whoever asked hears who can help, and whoever asked the same what the answer is', async () => {
  await now.says(daniel, 'me-too');
  await now.says(gwen, 'can-help');
  await now.morning('2026-11-24T09:00:00Z');
  await now.answers(gwen, 'It is in Files');
  await now.morning('2026-11-25T09:00:00Z');
  await now.morning('2026-11-26T09:00:00Z');

  expect(said('agenda.news')).toEqual([
    [amara.id, 'Gwen Pritchard can help: Who has a template for SPC charts?'],
    [amara.id, 'Gwen Pritchard answered: Who has a template for SPC charts?'],
    [daniel.id, 'Gwen Pritchard answered: Who has a template for SPC charts?'],
  ]);
});

test('whoever answers their own question tells nobody but those who asked the same', async () => {
  await now.answers(amara, 'Found it');
  await now.morning('2026-11-24T09:00:00Z');

  expect(sent('agenda.news')).toEqual([]);
});

test('who offered to help is asked for the answer after three open days, once', async () => {
  await now.says(gwen, 'can-help');
  for (const day of ['24', '25', '26', '27', '30']) await now.morning(`2026-11-${day}T09:00:00Z`);

  expect(said('agenda.help')).toEqual([[gwen.id, 'Who has a template for SPC charts? has no answer yet']]);
  expect(textsIn(sent('agenda.help')[0]!.card).join('\n')).toContain('You said that you can help Amara Okafor');
});

test('scouts are asked on the day on which they are back', async () => {
  await now.asked('sendScouts', { who: amara, body: { scouts: [daniel.id], backOn: '2026-11-26' } });
  await now.morning('2026-11-25T09:00:00Z');
  expect(sent('agenda.scout')).toEqual([]);

  await now.morning('2026-11-26T09:00:00Z');
  expect(said('agenda.scout')).toEqual([[daniel.id, 'What did you find? Who has a template for SPC charts?']]);
});

test('once a month those who coordinate are asked whether to ask the channel, where there is a choice', async () => {
  await now.morning('2026-12-01T09:00:00Z');
  expect(sent('agenda.choose')).toEqual([]);

  await now.asks({ title: 'Another?' }, { question: 'another-one' });
  await now.morning('2026-12-02T09:00:00Z');
  await now.morning('2026-12-03T09:00:00Z');
  expect(sent('agenda.choose').map(({ to, period }) => [to, period])).toEqual([[priya.id, '2026-12']]);
});

test('those who took the learning agenda on are asked instead', async () => {
  await now.asks({ title: 'Another?' }, { question: 'another-one' });
  await now.morning(
    '2026-12-01T09:00:00Z',
    community({ acceptances: [{ role: 'agenda-activists', person: gwen.id }] }),
  );

  expect(sent('agenda.choose').map(({ to }) => to)).toEqual([gwen.id]);
});

test('what somebody wrote into SharePoint makes the app write to nobody', async () => {
  await now.says(gwen, 'can-help');
  const row = (await now.lists.of(here.id).questions.find(id))!.value;
  await now.lists.byHand(here.id, 'questions', { ...row, askedBy: person('Daniel Fitzgerald') });
  await now.morning('2026-11-27T09:00:00Z');

  expect(now.messenger.posted).toEqual([]);
});
