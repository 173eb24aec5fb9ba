import { expect, test } from '@jest/globals';
import { charterSections } from '../../domain/charter/method.ts';
import { eventKinds, learningMenu, sixPs } from '../../domain/events/method.ts';
import { contributionSets } from '../../domain/facilitation/contributions.ts';
import { facilitationWeek } from '../../domain/facilitation/method.ts';
import { methodRoles } from '../../domain/roles/method.ts';
import { surveyTemplates } from '../../domain/surveys/method.ts';
import { contributionIds, reasonIds } from '../../domain/welcome/method.ts';
import { methodText } from '../support/method-text.ts';

// The method's structure is in method.ts and its words are beside it: neither has what the other lacks.

const charter = charterSections.flatMap(({ id, questions }) => [
  `${id}.title`,
  `${id}.hint`,
  ...questions.map(question => `${id}.question.${question}`),
]);
const facilitation = [
  ...facilitationWeek.flatMap(({ words }) => [`${words}.title`, `${words}.how`]),
  ...contributionSets.flat().map(({ id }) => `contribution.${id}`),
];
const events = [
  ...eventKinds.flatMap(({ id, agenda, later }) => [
    `kind.${id}.title`,
    `kind.${id}.about`,
    ...[...agenda, ...(later?.agenda ?? [])].map(one => `kind.${id}.agenda.${one.id}`),
  ]),
  ...sixPs.flatMap(({ id, questions }) => [
    `ps.${id}.title`,
    ...questions.map(question => `ps.${id}.question.${question}`),
  ]),
  ...learningMenu.flatMap(({ id, activities }) => [
    `menu.${id}.title`,
    ...activities.map(activity => `menu.${id}.activity.${activity.id}`),
  ]),
];
const roles = methodRoles.flatMap(({ id, questions }) => [
  `${id}.title`,
  `${id}.purpose`,
  ...questions.map(question => `${id}.question.${question}`),
]);
const surveys = surveyTemplates.flatMap(({ id, questions }) => [
  ...['name', 'when', 'title', 'intro'].map(part => `${id}.${part}`),
  ...questions.flatMap(question => [
    `${id}.question.${question.id}.text`,
    ...(question.kind === 'rating' ? ['low', 'high'].map(end => `${id}.question.${question.id}.${end}`) : []),
    ...question.options.map(option => `${id}.question.${question.id}.option.${option}`),
  ]),
]);
const welcome = [
  ...reasonIds.flatMap(id => ['title', 'short', 'suggestion'].map(part => `reason.${id}.${part}`)),
  ...contributionIds.flatMap(id => ['title', 'short', 'firstStep'].map(part => `contribution.${id}.${part}`)),
];

test.each(Object.entries({ charter, events, facilitation, roles, surveys, welcome }))(
  'all that the method of %s has is said, and nothing else',
  (feature, keys) => {
    const said = keysIn(methodText[feature as keyof typeof methodText].en.method);

    expect(said.toSorted()).toEqual([...new Set(keys)].toSorted());
  },
);

test('no sentence of the method is empty', () => {
  expect(JSON.stringify(methodText)).not.toMatch(/:\s*"\s*"/);
});

function keysIn(sentences: object, above = ''): readonly string[] {
  return Object.entries(sentences).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? keysIn(value, `${above}${key}.`) : [above + key],
  );
}
