import { beforeEach, expect, test } from '@jest/globals';
import { agendaLineAdder } from '../../../../bot/features/events/index.ts';
import { failureOf } from '../../../support/requests.ts';
import { amara, gwen, here, id, priya, scene, type Scene } from './parts.ts';

const line = { id: 'spc-template', title: 'Who has a template for SPC charts?' };

let now: Scene;
beforeEach(() => {
  now = scene();
});

const adds = async (who = gwen, event = id) => agendaLineAdder(now.parts)(here, who, event, line);
const titles = async () => (await now.sees(priya)).agenda.map(({ title }) => title);

test('a line comes last, once, and the card in the channel shows it', async () => {
  await now.announced();
  await adds();
  await adds();

  expect(await titles()).toEqual(['Who is new', 'One chart, six people', line.title]);
  expect(now.messenger.posted.find(({ kind }) => kind === 'events.card')).toBeDefined();
  expect(JSON.stringify(now.messenger.refreshed.at(-1))).toContain(line.title);
});

test('whoever may not change the event adds nothing', async () => {
  await now.announced();

  expect(await failureOf(adds(amara))).toMatchObject({ code: 'not-allowed' });
  expect(await failureOf(adds(priya, 'not-there-at-all'))).toMatchObject({ code: 'not-found' });
  expect(await titles()).not.toContain(line.title);
});

test('an event that was cancelled, or whose agenda is full, takes no line', async () => {
  const full = Array.from({ length: 30 }, (_, place) => ({
    ...{ id: `line-${place}`, title: 'One', minutes: 1, who: '', first: false },
  }));
  await now.saves({ agenda: full });
  expect(await failureOf(adds())).toMatchObject({ code: 'invalid' });

  await now.moves('cancel');
  expect(await failureOf(adds())).toMatchObject({ code: 'invalid' });
});
