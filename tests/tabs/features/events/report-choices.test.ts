import { expect, test } from '@jest/globals';
import type { FoundInReport } from '../../../../domain/events/report-api.ts';
import { asGuest, inParts, noChoices, presenceOf, toggled } from '../../../../tabs/features/events/report-choices.ts';

const person = (id: string) => ({ id, name: id });
const found: FoundInReport = {
  refused: null,
  meeting: { title: 'Chart surgery', startedAt: '2026-09-10T13:00:00' },
  cut: false,
  was: [
    { person: person('ada'), minutes: 50, by: 'address' },
    { person: person('bo'), minutes: 5, by: 'name' },
  ],
  missing: [person('cy'), person('di')],
  guests: [
    { name: 'Flo', organisation: 'northgate.example', minutes: 30 },
    { name: '…147', organisation: '', minutes: 20 },
  ],
  unsure: [{ name: 'Sam', organisation: '', minutes: 40, candidates: [person('sam-1'), person('cy')] }],
};

test('what the report is sure of is noted as it says', () => {
  expect(presenceOf(found, noChoices)).toEqual({
    people: [
      { id: 'ada', was: 'yes' },
      { id: 'bo', was: 'yes' },
      { id: 'cy', was: 'no' },
      { id: 'di', was: 'no' },
    ],
    guests: [
      { name: 'Flo', organisation: 'northgate.example', was: 'yes' },
      { name: '…147', organisation: '', was: 'yes' },
    ],
  });
});

test('who is left out stays as they are', () => {
  const choices = { ...noChoices, leftOut: new Set(['bo', 'di']), guestsLeftOut: new Set([1]) };
  const { people, guests } = presenceOf(found, choices);

  expect(people.map(({ id }) => id)).toEqual(['ada', 'cy']);
  expect(guests.map(({ name }) => name)).toEqual(['Flo']);
});

test('whoever is chosen was there, and is missing no more', () => {
  const { people } = presenceOf(found, { ...noChoices, chosen: new Map([[0, 'cy']]) });

  expect(people.filter(({ id }) => id === 'cy')).toEqual([{ id: 'cy', was: 'yes' }]);
});

test('whoever is nobody of the community is a guest', () => {
  const { guests } = presenceOf(found, { ...noChoices, chosen: new Map([[0, asGuest]]) });

  expect(guests.at(-1)).toEqual({ name: 'Sam', organisation: '', was: 'yes' });
});

test('many are noted in parts, and nobody is left out', () => {
  const presence = presenceOf(found, noChoices);
  const parts = inParts(presence, { people: 3, guests: 1 });

  expect(parts.map(({ people, guests }) => [people.length, guests.length])).toEqual([
    [3, 1],
    [1, 1],
  ]);
  expect(parts.flatMap(({ people }) => people)).toEqual(presence.people);
  expect(inParts({ people: [], guests: [] }, { people: 3, guests: 1 })).toEqual([]);
});

test('something is in a set or not', () => {
  expect(toggled(new Set([1]), 2, true)).toEqual(new Set([1, 2]));
  expect(toggled(new Set([1, 2]), 2, false)).toEqual(new Set([1]));
});
