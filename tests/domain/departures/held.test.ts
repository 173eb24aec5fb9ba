import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { heldBy, ownersWithout, type Holdables } from '../../../domain/departures/held.ts';
import type { Person } from '../../../domain/community.ts';

const [tomasz, priya, ann] = ['Tomasz', 'Priya', 'Ann'].map(name => ({ id: name.toLowerCase(), name })) as [
  Person,
  Person,
  Person,
];
const week = { day: 1, time: '09:00', destination: 'chats' } as const;

interface Owned {
  readonly title: string;
  readonly owners: Person[];
  readonly addedBy: Person;
  readonly state: 'to-do' | 'done';
  readonly due: string | null;
}

function community(choices: Partial<Holdables<Owned>> = {}): Holdables<Owned> {
  return {
    settings: { coordinators: [priya], facilitation: { ...week, facilitators: [] } },
    roles: [],
    actions: [],
    surveys: [],
    drafts: [],
    members: new Set([priya.id, ann.id]),
    ...choices,
  };
}
const action = (owners: Person[], choices: Partial<Owned> = {}): Owned => ({
  title: 'Book a room',
  owners,
  addedBy: priya,
  state: 'to-do',
  due: null,
  ...choices,
});

describe('what somebody held', () => {
  test.each<[string, Partial<Holdables<Owned>>]>([
    ['nothing anywhere', {}],
    ['what is done', { actions: [action([tomasz], { state: 'done' })] }],
    ['what they only added', { actions: [action([ann], { addedBy: tomasz })] }],
  ])('is nothing: %s', (_what, choices) => {
    expect(heldBy(tomasz.id, community(choices))).toBeNull();
  });

  test('names those who are there to ask, and nobody else who left', () => {
    const gone = { id: 'gone', name: 'Gone' };
    const settings = {
      coordinators: [tomasz, priya, gone],
      facilitation: { ...week, facilitators: [tomasz, gone] },
    };

    expect(
      heldBy(tomasz.id, community({ settings, actions: [action([gone, tomasz]), action([ann, tomasz])] })),
    ).toEqual({
      name: 'Tomasz',
      coordinates: [priya],
      facilitates: [],
      roles: [],
      actions: [
        { action: action([gone, tomasz]), others: [], leftBehind: true },
        { action: action([ann, tomasz]), others: [ann], leftBehind: false },
      ],
      surveys: [],
      drafts: 0,
    });
  });

  test('is known by the name that stands where they are named', () => {
    const drafts = [{ by: { ...tomasz, name: '' } }, { by: tomasz }];

    expect(heldBy(tomasz.id, community({ drafts }))).toMatchObject({ name: 'Tomasz', drafts: 2 });
  });
});

test('property: whoever left owns nothing afterwards, whoever takes over does, and nobody else loses or gains', () => {
  const people = fc.uniqueArray(fc.constantFrom(tomasz, priya, ann));
  fc.assert(
    fc.property(people, fc.option(fc.constantFrom(priya, ann)), (owners, instead) => {
      const after = ownersWithout(owners, tomasz.id, instead);

      expect(after).not.toContainEqual(tomasz);
      expect(new Set(after)).toEqual(new Set([...owners.filter(one => one !== tomasz), ...(instead ? [instead] : [])]));
      expect(ownersWithout(after, tomasz.id, instead)).toHaveLength(after.length);
    }),
  );
});
