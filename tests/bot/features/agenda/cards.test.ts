import { describe, expect, test } from '@jest/globals';
import { answerCard, nextCard, questionCard } from '../../../../bot/features/agenda/cards.ts';
import { agenda } from '../../../../bot/features/agenda/index.ts';
import type { Heard } from '../../../../bot/features/agenda/store.ts';
import { answered, asked, scouted, type KeptQuestion } from '../../../../domain/agenda/question.ts';
import type { Says } from '../../../../domain/agenda/voices.ts';
import { actionsIn, checkCard, samplesOf, textsIn } from '../../../support/cards.ts';
import { community, member, person, translateFor } from '../../../support/feature-parts.ts';
import { sceneOf } from '../../../support/feature-scene.ts';
import { here, id, template } from './parts.ts';

const t = translateFor(sceneOf(parts => agenda({ ...parts, addToEvent: async () => undefined })).feature);
const links = { tab: (team: string, page: string) => `https://example.org/${team}/${page}` };
const by = { by: person('Amara Okafor'), now: new Date('2026-11-20T09:00:00Z') };
const parked = asked(template, null, by);
/** What Teams takes of one card, in bytes. */
const most = 28 * 1024;
const size = (card: object) => Buffer.byteLength(JSON.stringify(card));

const said = (name: string, says: Says) => ({
  key: `${id}/${name}`,
  question: id,
  person: person(name),
  says,
  at: '2026-11-21T09:00:00.000Z',
});
const heardOf = (question: KeptQuestion, voices: Heard['voices'] = []): Heard => ({
  question: { ...question, id, etag: '"1"', byHand: false },
  voices,
});
const shows = (heard: Heard): string => textsIn(questionCard({ community: here, heard, links }, t)).join('\n');

test.each(samplesOf('agenda'))('the sample $name is a card', ({ card }) => checkCard(card));

test('a question says who asks it, who asks the same and who can help', () => {
  const voices = [said('Priya Raman', 'me-too'), said('Gwen Pritchard', 'can-help'), said('Lars Berg', 'can-help')];

  const text = shows(heardOf(parked, voices));

  expect(text).toContain('Question of Amara Okafor · ');
  expect(text).toContain('One other person asks the same. Gwen Pritchard and Lars Berg can help.');
});

test('who looks for an answer is named, until when', () => {
  const looked = scouted(parked, { scouts: [person('Gwen Pritchard')], backOn: '2026-12-01' }, by)!;

  expect(shows(heardOf(looked))).toContain('Gwen Pritchard looks for an answer until Tuesday 1 December.');
});

test('with an answer it takes no more voices', () => {
  const heard = heardOf(answered(parked, { answer: 'It is in *Files*', resource: null }, by));

  expect(shows(heard)).toContain('Amara Okafor answered: It is in \\*Files\\*');
  expect(actionsIn(questionCard({ community: here, heard, links }, t))).toEqual([]);
});

test('of what somebody wrote into SharePoint nobody is named', () => {
  const { question, voices } = heardOf(parked);

  expect(shows({ question: { ...question, byHand: true }, voices })).not.toContain('Amara');
});

const long = 'wörter 🫖 '.repeat(500);
const fullest = heardOf(
  {
    ...parked,
    title: long.slice(0, 200),
    details: long.slice(0, 2000),
    answer: long.slice(0, 2000),
    scouts: Array.from({ length: 5 }, (_, place) => member(`${'Wilhelmina-Konstanze '.repeat(5)}${place}`)),
  },
  Array.from({ length: 2000 }, (_, place) => said(`${'Wilhelmina '.repeat(9)}${place}`, 'can-help')),
);
const full = community({ name: long.slice(0, 200) });

describe('at their fullest, cards fit into what Teams takes', () => {
  test.each([
    ['a question', () => questionCard({ community: full, heard: fullest, links, lead: long.slice(0, 200) }, t)],
    [
      'what is asked of a helper',
      () => answerCard({ community: full, question: fullest.question, lead: '', links }, t),
    ],
    [
      'the choice of the month',
      () => nextCard({ community: full, questions: Array(5).fill(fullest) as Heard[], links }, t),
    ],
  ])('%s', (_name, card) => {
    checkCard(card());

    expect(size(card())).toBeLessThan(most);
  });
});
