import { expect, test } from '@jest/globals';
import { readFound } from '../../../bot/understanding/found.ts';
import { indexPassages } from '../../../bot/understanding/passages.ts';
import { english } from '../../../bot/understanding/words.ts';
import { member } from '../../support/feature-parts.ts';

const priya = member('Priya Raman');
const mei = member('Mei-Ling Chen');
const will = member('Will Okafor');
const [ann, otherAnn] = [member('Ann Petrova'), member('Ann Weber')];
const passages = indexPassages(
  [
    { kind: 'action', id: 'bed', title: 'Redraw the weekly bed report', text: 'With cardiology.', typed: 'plan bed' },
    {
      kind: 'role',
      id: 'support',
      title: 'Member support',
      text: 'Sees to it that people feel welcome.',
      typed: 'roles',
    },
  ],
  english,
);

function found(rest: string) {
  return readFound(rest, {
    today: '2026-11-26',
    locale: 'en-GB',
    language: english,
    members: [priya, mei, will, ann, otherAnn],
    passages,
    isKnown: stem => stem === 'will',
  });
}

test('a day, without which the words are read again', () => {
  expect(found('call the library tomorrow, twice')).toMatchObject({
    day: '2026-11-27',
    text: 'call the library, twice',
  });
});

test.each([
  ['Priya', [priya], 'a first name'],
  ['priya raman and Chen', [priya, mei], 'in any case, and a last name'],
  ['Mei Ling', [mei], 'without its hyphen'],
  ['Prya', [priya], 'misspelt'],
  ['Ann', [ann, otherAnn], 'all of that name'],
  ['Ann Weber', [otherAnn], 'the one who is named in full'],
  ['it will be', [], 'a word that is no name here'],
  ['ask Will', [will], 'a name by its capital'],
])('%j names %j: %s', (rest, people) => {
  expect(found(rest).people).toEqual(people);
});

test.each([
  ['the bed report', 'bed', 1],
  ['the bed reprot', 'bed', 0.9],
  ['member support', 'support', 1],
])('%j names what the community wrote', (rest, id, certainty) => {
  const [first] = found(rest).named;

  expect(first?.id).toBe(id);
  expect(first?.certainty).toBeGreaterThanOrEqual(certainty - 0.1);
});

test.each([
  ['5 of them', 5],
  ['two of them', 2],
  ['version 2.1', null],
  ['no figure', null],
])('%j has the number %j', (rest, number) => {
  expect(found(rest).number).toBe(number);
});

test('what is nobody’s and nothing’s is not named', () => {
  expect(found('the coffee machine').named).toEqual([]);
});
