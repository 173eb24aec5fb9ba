import { expect, test } from '@jest/globals';
import { peopleOf, type AudienceFacts, type ChatAudience } from '../../../domain/surveys/audience.ts';
import { rolesBoard } from '../../../domain/roles/roles.ts';

const person = (id: string) => ({ id, name: id });
const names = ['priya', 'tomasz', 'helen', 'amara', 'gwen', 'lars', 'jonas', 'ruth'];
const holding = (role: string, id: string, state: 'accepted' | 'volunteered' = 'accepted') => ({
  key: `${role}/${id}`,
  role,
  person: { ...person(id), mail: null },
  since: '2026-01-01',
  until: null,
  note: '',
  state,
  changedBy: person('priya'),
  changedAt: '2026-01-01T09:00:00Z',
  etag: '1',
});
const facts: AudienceFacts = {
  members: names.map(person),
  settings: {
    coordinators: [person('priya')],
    facilitation: { day: 1, time: '09:00', facilitators: [person('tomasz')], destination: 'chats' },
  },
  roles: rolesBoard({
    holdings: [
      holding('sponsor', 'helen'),
      holding('sponsor', 'priya'),
      holding('member-support', 'amara'),
      holding('critical-friends', 'lars'),
      holding('critical-friends', 'mei-ling'),
      holding('member-support', 'gwen', 'volunteered'),
    ],
    acceptances: [],
    own: [],
    coordinators: [person('priya')],
    members: new Set(names),
    today: '2026-11-23',
    soon: '2026-12-23',
  }),
  joinedOn: new Map([
    ['jonas', '2026-11-02'],
    ['ruth', '2026-09-10'],
    ['gwen', '2026-06-01'],
    ['kofi', '2026-11-20'],
  ]),
  today: '2026-11-23',
};

test.each<[ChatAudience, readonly string[], string]>([
  ['members', ['priya', 'tomasz', 'amara', 'gwen', 'lars', 'jonas', 'ruth'], 'everybody but a sponsor'],
  ['core', ['priya', 'tomasz', 'amara', 'lars'], 'who coordinates, facilitates or holds a role, and is here'],
  ['new-this-month', ['jonas'], 'who joined in the last month, and is here'],
  ['new-this-quarter', ['jonas', 'ruth'], 'who joined in the last three months'],
])('%s are %j: %s', (audience, expected) => {
  expect(peopleOf(audience, facts).map(({ id }) => id)).toEqual(expected);
});
