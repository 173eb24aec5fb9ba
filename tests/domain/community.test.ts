import { describe, expect, test } from '@jest/globals';
import { peopleInCharge } from '../../domain/community.ts';
import { member, person, settings } from '../support/feature-parts.ts';

describe('the people in charge', () => {
  const priya = person('Priya Raman');
  const tomasz = person('Tomasz Nowak');
  const owner = member('Helen Osei', { owner: true });

  test.each([
    ['coordinators who are in the team', [priya, tomasz], [priya, tomasz, owner], ['Priya Raman', 'Tomasz Nowak']],
    ['those of them who are', [priya, tomasz], [tomasz, owner], ['Tomasz Nowak']],
    ['the owners when no coordinator is', [priya], [tomasz, owner], ['Helen Osei']],
    ['the owners when nobody coordinates', [], [priya, owner], ['Helen Osei']],
    ['nobody when there is neither', [priya], [tomasz], []],
  ])('are %s', (_who, coordinators, team, expected) => {
    const members = team.map(one => ({ owner: false, ...one }));

    expect(peopleInCharge({ settings: settings({ coordinators }) }, members).map(({ name }) => name)).toEqual(expected);
  });

  test('of a community that nobody has set up are the owners', () => {
    expect(peopleInCharge({ settings: null }, [member('Priya Raman'), owner])).toEqual([person('Helen Osei')]);
  });
});
