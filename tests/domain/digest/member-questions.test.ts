import { expect, test } from '@jest/globals';
import { noWords } from '../../../domain/digest/digest.ts';
import { putsToSponsor, questionsFor, type AskedSurvey } from '../../../domain/digest/member-questions.ts';
import type { Sheet, Survey } from '../../../domain/surveys/survey.ts';
import { templates } from '../../support/method-text.ts';

const { title, intro, questions } = templates.find(({ id }) => id === 'sponsor')!;
const survey: Survey = {
  id: 'sponsor-2026',
  title,
  intro,
  questions,
  anonymous: false,
  audience: 'channel',
  event: null,
  tellsResults: false,
  everyQuarter: false,
  repeats: null,
  opensOn: '2026-11-02',
  closesOn: '2026-11-08',
  closedOn: null,
};
const amara = { name: 'Amara Okafor' };
const asked = (person: { readonly name: string } | null, ...sheets: Sheet[]): AskedSurvey['answers'][number] => ({
  person,
  sheets,
});

test.each<[Partial<Survey>, boolean, string]>([
  [{}, true, 'closed lately'],
  [{ closesOn: '2026-12-08' }, false, 'still open'],
  [{ opensOn: '2026-07-01', closesOn: '2026-07-08' }, false, 'closed long ago'],
  [{ questions: questions.filter(({ id }) => id !== 'question') }, false, 'asks for no question'],
])('%#: a survey is offered or not: %j', (change, expected, _reason) => {
  expect(putsToSponsor({ ...survey, ...change }, '2026-12-01')).toBe(expected);
});

test('a name goes along only where its author agreed; what a digest has told is offered no more', () => {
  const answers = [
    asked(amara, { question: 'Will there be time for it?', name: [0] }),
    asked({ name: 'Lars Bergström' }, { question: 'Who reads our reports?', name: [1] }),
    asked({ name: 'Gwen Pritchard' }, { question: 'May we have a room?' }),
    asked({ name: 'Yusuf Demir' }, { offer: 'Charts' }),
  ];
  const told = { words: { ...noWords, questions: [{ text: 'May we have a room?', name: null }] } };

  expect(questionsFor([{ survey, answers }], [told])).toEqual([
    { text: 'Will there be time for it?', name: 'Amara Okafor' },
    { text: 'Who reads our reports?', name: null },
  ]);
});

test('of an anonymous survey there are words and never a name', () => {
  const answers = [asked(null, { question: 'Why?' }, { question: 'When?' }), asked(null, { name: [0] })];

  expect(questionsFor([{ survey: { ...survey, anonymous: true }, answers }], [])).toEqual([
    { text: 'Why?', name: null },
    { text: 'When?', name: null },
  ]);
});
