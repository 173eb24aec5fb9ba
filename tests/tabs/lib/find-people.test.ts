import { expect, test } from '@jest/globals';
import { findPeople } from '../../../tabs/lib/find-people.ts';

const members = ['Zoë Adler', 'Müller, Noël', 'Ann Okafor', 'Åsa Berg', 'Ben Ito'].map(name => ({ id: name, name }));

test.each([
  ['everybody, by name', '', ['Ann Okafor', 'Åsa Berg', 'Ben Ito', 'Müller, Noël', 'Zoë Adler']],
  ['part of a name', 'ito', ['Ben Ito']],
  ['words in any order, without accents', ' noel  muller ', ['Müller, Noël']],
  ['accents that the name has not', 'Añn', ['Ann Okafor']],
  ['what would mean something in a pattern', '.*', []],
])('somebody types: %s', (_reason, typed, names) => {
  expect(findPeople(members, typed, 'en-GB').found.map(({ name }) => name)).toEqual(names);
});

test('of two thousand only the first fifty are offered, and it says how many more there are', () => {
  const crowd = Array.from({ length: 2_000 }, (_, index) => ({
    id: String(index),
    name: `Member ${String(index).padStart(4, '0')}`,
  }));

  const { found, more } = findPeople(crowd, 'member', 'en-GB');

  expect([found.length, found.at(-1)?.name, more]).toEqual([50, 'Member 0049', 1_950]);
});
