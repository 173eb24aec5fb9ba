import { describe, expect, test } from '@jest/globals';
import { askCard, resultsCard } from '../../../../bot/features/surveys/cards.ts';
import { mostOptions, mostQuestions, type Question, type Survey } from '../../../../domain/surveys/survey.ts';
import { resultsOf } from '../../../../domain/surveys/results.ts';
import { actionsIn, checkCard, samplesOf, textsIn } from '../../../support/cards.ts';
import { translateFor } from '../../../support/feature-parts.ts';
import { here, scene } from './parts.ts';

const t = translateFor(scene().feature);

test.each(samplesOf('surveys'))('the sample of $name renders', ({ card }) => {
  checkCard(card);
});

/** The largest survey there can be, in this character. */
function largest(letter: string): Survey {
  const of = (length: number): string => letter.repeat(Math.floor(length / letter.length));
  const questions = Array.from(
    { length: mostQuestions },
    (_, index): Question => ({
      id: `question-${index}`,
      kind: 'choices',
      text: of(140),
      options: Array.from({ length: mostOptions }, (_option, place) => `${place}${of(48)}`),
      low: '',
      high: '',
      required: true,
    }),
  );
  return {
    id: 'a'.repeat(64),
    title: of(80),
    intro: of(300),
    questions,
    anonymous: true,
    audience: 'members',
    event: null,
    tellsResults: false,
    everyQuarter: false,
    repeats: null,
    opensOn: '2026-11-23',
    closesOn: '2026-11-29',
    closedOn: null,
  };
}

describe.each(['x', '界', '🙂', 'م', '*', '"'])('the largest survey, in %s,', letter => {
  const survey = largest(letter);

  test('fits on its card', () => {
    checkCard(askCard({ community: here, survey, inChat: true, sheet: null, token: 'a'.repeat(36) }, t));
  });

  test('and so do its results', () => {
    const sheets = Array.from({ length: 2_000 }, () =>
      Object.fromEntries(survey.questions.map(({ id }) => [id, [0, 1, 2, 3, 4, 5, 6, 7]])),
    );
    const results = resultsOf({ survey, phase: 'closed', answered: 2_000, sheets, coordinates: false });

    checkCard(resultsCard({ community: here, survey, results, link: 'https://example.org', mayShare: true }, t));
  });
});

test('what a coordinator wrote is text, whatever it contains', () => {
  const odd = '${json(1)} {{title}} $t(open) **bold** <b>';
  const survey: Survey = {
    ...largest('x'),
    title: odd,
    intro: odd,
    questions: [{ id: 'say', kind: 'text', text: odd, options: [], low: '', high: '', required: false }],
  };

  const card = askCard({ community: here, survey, inChat: false, sheet: { say: odd }, token: null }, t);

  checkCard(card);
  expect(textsIn(card)).toEqual(
    expect.arrayContaining([odd, '$\\{json\\(1\\)\\} \\{\\{title\\}\\} $t\\(open\\) \\*\\*bold\\*\\* \\<b\\>']),
  );
});

test.each([
  {
    kind: 'choice',
    options: ['[click](https://evil.example)', '**x**'],
    low: '',
    high: '',
    titles: ['\\[click\\](https://evil.example)', '\\*\\*x\\*\\*'],
  },
  {
    kind: 'rating',
    options: [],
    low: '[low](https://evil.example)',
    high: '',
    titles: [expect.stringContaining('\\[low\\](https://evil.example)')],
  },
] as const)('the choices of a $kind are text', ({ kind, options, low, high, titles }) => {
  const survey: Survey = {
    ...largest('x'),
    questions: [{ id: 'q', kind, text: 'Which?', options: [...options], low, high, required: false }],
  };

  const card = askCard({ community: here, survey, inChat: false, sheet: null, token: null }, t);

  expect(textsIn(card)).toEqual(expect.arrayContaining([...titles]));
});

test('an own chat offers to stop, a channel does not', () => {
  const verbs = (inChat: boolean) =>
    actionsIn(askCard({ community: here, survey: largest('x'), inChat, sheet: null, token: null }, t)).map(
      action => action['verb'],
    );

  expect([verbs(true), verbs(false)]).toEqual([['surveys.answer', 'surveys.stop'], ['surveys.answer']]);
});

test('what was answered before stands in the inputs', () => {
  const questions: Question[] = [
    { id: 'some', kind: 'choices', text: 'Some?', options: ['A', 'B', 'C'], low: '', high: '', required: false },
    { id: 'rate', kind: 'rating', text: 'How?', options: [], low: 'low', high: 'high', required: false },
  ];
  const card = askCard(
    {
      community: here,
      survey: { ...largest('x'), questions },
      inChat: false,
      sheet: { some: [0, 2], rate: 4 },
      token: null,
    },
    t,
  );

  expect(JSON.stringify(card)).toMatch(/"value":"0,2".*"value":"4"/);
});

test.each([
  [false, true, 'channel', undefined],
  [true, true, 'channel', 'After the close, the card in the channel shows the results'],
  [true, true, 'members', 'After the close you are told the results'],
  [true, false, 'channel', 'Whoever answers is told the results after the close'],
] as const)(
  'says before anybody answers who is told the results: %s, %s, %s',
  (tellsResults, anonymous, audience, said) => {
    const survey: Survey = { ...largest('x'), tellsResults, anonymous, audience };

    const texts = textsIn(askCard({ community: here, survey, inChat: false, sheet: null, token: null }, t)).join('\n');

    if (said === undefined) expect(texts).not.toContain('results');
    else expect(texts).toContain(`${said}, if at least five people have answered.`);
  },
);

test('what has changed is said of the choices that changed, the greatest change first', () => {
  const survey: Survey = { ...largest('x'), title: 'Pulse', intro: '', audience: 'channel' };
  const [question] = survey.questions;
  const asked = {
    ...survey,
    questions: [{ ...question!, kind: 'choice' as const, text: 'Which?', options: ['A', 'B', 'C', '*D*', 'E'] }],
  };
  const results = resultsOf({
    survey: asked,
    phase: 'closed',
    answered: 5,
    sheets: [0, 1, 1, 3, 4].map(place => ({ [question!.id]: [place] })),
    coordinates: true,
  });
  const shares = [
    { label: 'A', before: 0.41, now: 0.2 },
    { label: 'B', before: 0.3, now: 0.4 },
    { label: 'C', before: 0.004, now: 0 },
    { label: '*D*', before: 0.09, now: 0.2 },
    { label: 'E', before: 0.196, now: 0.2 },
  ];
  const trend = { since: '2026-08-30', questions: [{ id: question!.id, text: 'Which?', average: null, shares }] };
  const shown = { community: here, survey: asked, results, link: 'https://example.org', mayShare: false };

  const card = resultsCard({ ...shown, trend }, t);
  const same = resultsCard(
    { ...shown, trend: { ...trend, questions: [{ ...trend.questions[0]!, shares: shares.slice(4) }] } },
    t,
  );

  checkCard(card);
  expect(textsIn(card)).toContain(
    'Since the last time: “A” from 41% to 20% (-21 points), “\\*D\\*” from 9% to 20% (+11 points) and “B” from 30% to 40% (+10 points).',
  );
  expect(textsIn(same)).toContain('As many chose each answer as the last time.');
});
