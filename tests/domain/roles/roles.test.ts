import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { methodRoles } from '../../../domain/roles/method.ts';
import {
  accepted,
  Candidate,
  ended,
  given,
  holdingKey,
  inWords,
  offered,
  outsider,
  ownRoleId,
  promptsFor,
  renewed,
  RoleOnBoard,
  rolesBoard,
  Term,
  termOf,
  withoutWords,
  type BoardParts,
  type Change,
  type Holding,
} from '../../../domain/roles/roles.ts';
import englishRoles from '../../../domain/roles/text.en.json' with { type: 'json' };
import { createTexts } from '../../../bot/text.ts';
import { addMonths } from '../../../domain/schedule.ts';
import { person } from '../../support/feature-parts.ts';

const priya = person('Priya Raman');
const ann = { ...person('Ann Okafor'), mail: null };
const ben = { ...person('Ben Ito'), mail: null };
const today = '2026-11-22';
const change: Change = { by: priya, now: new Date('2026-11-22T10:00:00Z'), today };

function holding(choices: Partial<Holding> = {}): Holding & { etag: string } {
  const made = {
    role: 'member-support',
    person: ann,
    since: '2026-01-10',
    until: null,
    note: '',
    state: 'accepted' as const,
    changedBy: priya,
    changedAt: '2026-01-10T10:00:00.000Z',
    ...choices,
  };
  return { key: holdingKey(made.role, made.person.id, made.since), etag: '"1"', ...made };
}

function boardOf(choices: Partial<BoardParts> = {}) {
  return rolesBoard({
    holdings: [],
    own: [],
    coordinators: [priya],
    acceptances: [],
    members: new Set([priya.id, ann.id, ben.id]),
    today,
    soon: addMonths(today, 1),
    ...choices,
  });
}

function roleIn(board: ReturnType<typeof boardOf>, id: string) {
  const role = board.find(one => one.id === id);
  if (!role) throw new Error(`no role ${id}`);
  return {
    vacant: role.vacant,
    holders: role.holders.map(({ person: who, term, left }) => `${who.name} ${term}${left ? ' left' : ''}`),
    volunteers: role.volunteers.map(({ person: who }) => who.name),
  };
}

describe('the roles of the method', () => {
  test('are five key roles, seven leadership groups and eight more, each with questions and its sources', () => {
    expect(methodRoles.map(({ kind }) => kind)).toEqual([
      ...Array(5).fill('key'),
      ...Array(7).fill('leadership'),
      ...Array(8).fill('more'),
    ]);
    expect(methodRoles.filter(({ questions, sources }) => questions.length < 3 || sources.length === 0)).toEqual([]);
    expect(methodRoles.filter(({ questions }) => new Set(questions).size !== questions.length)).toEqual([]);
    expect(new Set(methodRoles.map(({ id }) => id)).size).toBe(20);
  });
});

describe('the board', () => {
  test.each([
    { reason: 'nobody', holdings: [], expected: { vacant: true, holders: [], volunteers: [] } },
    {
      reason: 'a holder',
      holdings: [holding()],
      expected: { vacant: false, holders: ['Ann Okafor open'], volunteers: [] },
    },
    {
      reason: 'two holders',
      holdings: [holding(), holding({ person: ben })],
      expected: { vacant: false, holders: ['Ann Okafor open', 'Ben Ito open'], volunteers: [] },
    },
    {
      reason: 'an offer fills nothing',
      holdings: [holding({ state: 'volunteered' })],
      expected: { vacant: true, holders: [], volunteers: ['Ann Okafor'] },
    },
    {
      reason: 'who has left fills nothing',
      holdings: [holding({ person: { ...person('Gone Away'), mail: null } })],
      expected: { vacant: true, holders: ['Gone Away open left'], volunteers: [] },
    },
    {
      reason: 'the offer of somebody who has left is gone',
      holdings: [holding({ person: { ...person('Gone Away'), mail: null }, state: 'volunteered' })],
      expected: { vacant: true, holders: [], volunteers: [] },
    },
    {
      reason: 'a term that is over is still held',
      holdings: [holding({ until: '2026-11-01' })],
      expected: { vacant: false, holders: ['Ann Okafor over'], volunteers: [] },
    },
    {
      reason: 'an ended holding is history',
      holdings: [holding({ state: 'ended', until: '2026-11-01' })],
      expected: { vacant: true, holders: [], volunteers: [] },
    },
    {
      reason: 'an older ended holding does not hide a newer one',
      holdings: [
        holding({ state: 'ended', until: '2026-02-01' }),
        holding({ since: '2026-10-01', changedAt: '2026-10-01T10:00:00.000Z' }),
      ],
      expected: { vacant: false, holders: ['Ann Okafor open'], volunteers: [] },
    },
  ])('of one role: $reason', ({ holdings, expected }) => {
    expect(roleIn(boardOf({ holdings }), 'member-support')).toEqual(expected);
  });

  test.each([
    {
      reason: 'the settings alone',
      holdings: [],
      expected: { vacant: false, holders: ['Priya Raman open'], volunteers: [] },
    },
    {
      reason: 'a row adds the term',
      holdings: [holding({ role: 'coordinator', person: { ...priya, mail: null }, until: '2026-12-01' })],
      expected: { vacant: false, holders: ['Priya Raman ending'], volunteers: [] },
    },
    {
      reason: 'a row of somebody the settings do not name is not a holder',
      holdings: [holding({ role: 'coordinator' })],
      expected: { vacant: false, holders: ['Priya Raman open'], volunteers: [] },
    },
    {
      reason: 'an offer',
      holdings: [holding({ role: 'coordinator', state: 'volunteered' })],
      expected: { vacant: false, holders: ['Priya Raman open'], volunteers: ['Ann Okafor'] },
    },
    {
      reason: 'an offer the settings were faster than',
      holdings: [holding({ role: 'coordinator', person: { ...priya, mail: null }, state: 'volunteered' })],
      expected: { vacant: false, holders: ['Priya Raman open'], volunteers: [] },
    },
  ])('takes the coordinators from the settings: $reason', ({ holdings, expected }) => {
    expect(roleIn(boardOf({ holdings }), 'coordinator')).toEqual(expected);
  });

  test('shows a sponsor from outside, who is in no team and has not left one', () => {
    const helen = outsider({ name: 'Helen Osei', mail: 'Helen.Osei@Example.org' });

    const board = boardOf({ holdings: [holding({ role: 'sponsor', person: helen })] });

    expect(helen).toEqual({ id: 'mail:helen.osei@example.org', name: 'Helen Osei', mail: 'Helen.Osei@Example.org' });
    expect(roleIn(board, 'sponsor')).toEqual({ vacant: false, holders: ['Helen Osei open'], volunteers: [] });
  });

  test('puts the community’s own roles last, by title', () => {
    const board = boardOf({
      own: [
        { key: 'own-tea', title: 'Tea', purpose: '' },
        { key: 'own-charts', title: 'Charts', purpose: 'Draws.' },
      ],
    });

    expect(board.slice(20).map(({ id, kind, own }) => ({ id, kind, own }))).toEqual([
      { id: 'own-charts', kind: 'own', own: { title: 'Charts', purpose: 'Draws.' } },
      { id: 'own-tea', kind: 'own', own: { title: 'Tea', purpose: '' } },
    ]);
  });

  test('is said in the reader’s language, the community’s own roles in the words they were given', () => {
    const board = boardOf({ own: [{ key: 'own-tea', title: 'Tea', purpose: 'Brews.', etag: '"7"' }] });
    const german = createTexts({
      roles: {
        en: englishRoles,
        de: { method: { sponsor: { title: 'Schirmherrschaft', purpose: 'Tritt ein.', question: { goals: 'Wozu?' } } } },
      },
    }).for('roles', 'de-DE');
    const said = board.map(role => inWords(role, german));

    expect(said.find(({ id }) => id === 'sponsor')).toMatchObject({
      title: 'Schirmherrschaft',
      purpose: 'Tritt ein.',
      questions: ['Wozu?', 'Who ought to hear about it, and from whom?', 'What stands in its way that I could move?'],
    });
    expect(said.at(-1)).toMatchObject({ title: 'Tea', purpose: 'Brews.', questions: [], etag: '"7"' });
    expect(said.every(role => RoleOnBoard.safeParse(role).success)).toBe(true);
  });

  test('keeps a volunteer’s words for those who decide and for the volunteer', () => {
    const board = boardOf({ holdings: [holding({ state: 'volunteered', note: 'Only for you' })] });
    const noteFor = (reader: { id: string }) =>
      withoutWords(board, reader).flatMap(({ volunteers }) => volunteers.map(({ note }) => note));

    expect([noteFor(ann), noteFor(ben)]).toEqual([['Only for you'], ['']]);
  });
});

test.each([
  { until: null, term: 'open', reason: 'no last day' },
  { until: '2027-01-01', term: 'running', reason: 'more than a month' },
  { until: '2026-12-22', term: 'ending', reason: 'a month to the day' },
  { until: '2026-11-22', term: 'ending', reason: 'the last day itself' },
  { until: '2026-11-21', term: 'over', reason: 'yesterday' },
])('a term until $until is $term: $reason', ({ until, term }) => {
  expect(termOf(until, today, addMonths(today, 1))).toBe(term);
});

describe('a holding', () => {
  const wish = {
    key: holdingKey('member-support', ann.id, today),
    role: 'member-support',
    person: ann,
    note: 'I can.',
  };
  const offer: Holding = {
    ...wish,
    since: today,
    until: null,
    state: 'volunteered',
    changedBy: { id: priya.id, name: priya.name },
    changedAt: '2026-11-22T10:00:00.000Z',
  };

  test('begins as an offer; a second one changes nothing; after an end it may begin again', () => {
    expect(offered(undefined, wish, change)).toEqual(offer);
    expect(offered(offer, wish, change)).toBeUndefined();
    expect(offered(holding(), wish, change)).toBeUndefined();
    expect(offered({ ...offer, state: 'ended' }, wish, change)).toEqual(offer);
  });

  test('is accepted from that day on, without the words to those who decide; only while it is an offer', () => {
    const later = { ...change, today: '2026-11-30' };

    expect(accepted(offer, '2027-11-30', later)).toEqual({
      ...offer,
      since: '2026-11-30',
      until: '2027-11-30',
      note: '',
      state: 'accepted',
    });
    expect(accepted(holding(), '2027-11-30', later)).toBeUndefined();
    expect(accepted(undefined, '2027-11-30', later)).toBeUndefined();
  });

  test.each([
    { reason: 'a running one ends today', before: holding({ until: '2027-05-01' }), until: today },
    { reason: 'an open one ends today', before: holding(), until: today },
    { reason: 'one that is over keeps its last day', before: holding({ until: '2026-10-01' }), until: '2026-10-01' },
    { reason: 'an offer was never held', before: holding({ state: 'volunteered' }), until: null },
  ])('ends: $reason', ({ before, until }) => {
    expect(ended(before, change)).toEqual({
      ...before,
      until,
      state: 'ended',
      changedBy: { id: priya.id, name: priya.name },
      changedAt: '2026-11-22T10:00:00.000Z',
    });
  });

  test('that has ended, or is none, does not end again', () => {
    expect([ended(holding({ state: 'ended' }), change), ended(undefined, change)]).toEqual([undefined, undefined]);
  });

  test('is renewed only from the last day that was read', () => {
    const before = holding({ until: '2026-12-01' });

    expect(renewed(before, { from: '2026-12-01', to: '2027-12-01' }, change)?.until).toBe('2027-12-01');
    expect(renewed(before, { from: '2026-11-30', to: '2027-12-01' }, change)).toBeUndefined();
  });

  test('that is given keeps the key it has', () => {
    const term = { since: '2026-11-01', until: null, note: '' };

    expect(given(offer, { role: offer.role, person: ann, term }, { ...change, today: '2026-12-24' }).key).toBe(
      offer.key,
    );
    expect(given(undefined, { role: 'sponsor', person: ben, term }, change).key).toBe('sponsor/ben-ito/2026-11-22');
  });

  test('never opens by ending it, nor ends twice, whatever came before', () => {
    const step = fc.constantFrom<(current: Holding | undefined) => Holding | undefined>(
      current => offered(current, wish, change),
      current => accepted(current, '2027-11-22', change),
      current => ended(current, change),
      current =>
        given(current, { role: wish.role, person: ann, term: { since: today, until: null, note: '' } }, change),
    );

    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), steps => {
        const last = steps.reduce<Holding | undefined>((current, next) => next(current) ?? current, undefined);
        const over = ended(last, change) ?? last;
        expect(over?.state ?? 'ended').toBe('ended');
        expect(ended(over, change)).toBeUndefined();
        if (over) expect(over.key).toBe(wish.key);
      }),
    );
  });
});

describe('what coordinators are asked about', () => {
  const filled = methodRoles
    .filter(({ kind, id }) => kind === 'key' && id !== 'coordinator')
    .map(({ id }) => holding({ role: id }));
  const periodsOf = (choices: Partial<BoardParts>) =>
    promptsFor(boardOf(choices), choices.holdings ?? []).map(
      prompt =>
        `${prompt.kind} ${prompt.period} ${prompt.kind === 'vacant' ? prompt.roles.map(({ id }) => id).join(',') : prompt.holding.until}`,
    );

  test.each([
    {
      reason: 'a young community: the key roles that were never filled, together',
      choices: {},
      expected: ['vacant start member-support,information-resources,teams-administrator,sponsor'],
    },
    { reason: 'all is well', choices: { holdings: filled }, expected: [] },
    {
      reason: 'free leadership groups may stay free',
      choices: { holdings: filled, own: [{ key: 'own-tea', title: 'Tea', purpose: '' }] },
      expected: [],
    },
    {
      reason: 'nobody coordinates',
      choices: { holdings: filled, coordinators: [] },
      expected: ['vacant coordinator/never coordinator'],
    },
    {
      reason: 'an offer waits: that is asked already',
      choices: { holdings: [...filled.slice(1), holding({ state: 'volunteered' })] },
      expected: [],
    },
    {
      reason: 'somebody stepped down',
      choices: { holdings: [...filled.slice(1), holding({ state: 'ended', until: '2026-11-20' })] },
      expected: ['vacant member-support/ann-okafor/2026-01-10 member-support'],
    },
    {
      reason: 'somebody left the team',
      choices: { holdings: filled, members: new Set([priya.id]) },
      expected: filled.map(({ key, role }) => `vacant ${key} ${role}`),
    },
    {
      reason: 'an offer that came to nothing is no earlier holder',
      choices: { holdings: [...filled.slice(1), holding({ state: 'ended', until: null })] },
      expected: ['vacant start member-support'],
    },
    {
      reason: 'a term ends',
      choices: { holdings: [holding({ until: '2026-12-01' }), ...filled.slice(1)] },
      expected: ['term member-support/ann-okafor/2026-12-01 2026-12-01'],
    },
    {
      reason: 'a term of any role is over',
      choices: { holdings: [...filled, holding({ role: 'value-detectives', until: '2026-11-01' })] },
      expected: ['term value-detectives/ann-okafor/2026-11-01 2026-11-01'],
    },
  ])('$reason', ({ choices, expected }) => {
    expect(periodsOf(choices)).toEqual(expected);
  });
});

test.each([
  { title: 'Chart doctor', id: 'own-chart-doctor' },
  { title: '  Chart — Doctor! ', id: 'own-chart-doctor' },
  { title: 'Ärztin für Diagramme', id: 'own-ärztin-für-diagramme' },
  { title: 'مسؤول', id: 'own-مسؤول' },
  { title: '🫖', id: undefined },
])('the id of the own role "$title" is $id', ({ title, id }) => {
  expect(ownRoleId(title)).toBe(id);
});

test.each([
  {
    reason: 'a term that ends before it begins',
    schema: Term,
    value: { since: '2026-11-22', until: '2026-11-21', note: '' },
  },
  { reason: 'a day that no calendar has', schema: Term, value: { since: '2026-02-30', until: null, note: '' } },
  {
    reason: 'a note that is too long',
    schema: Term,
    value: { since: '2026-11-22', until: null, note: 'x'.repeat(501) },
  },
  { reason: 'an address that is none', schema: Candidate, value: { name: 'Helen', mail: 'helen at example' } },
])('$reason is refused', ({ schema, value }) => {
  expect(schema.safeParse(value).success).toBe(false);
});

describe('who was accepted, as the database has it', () => {
  const accepted = [{ role: 'member-support', person: priya }];

  test('holds the role whatever the list says: without a row, and with one that is over', () => {
    const ofPriya = { person: { ...priya, mail: null }, state: 'ended' as const, until: today };

    expect(roleIn(boardOf({ acceptances: accepted }), 'member-support').holders).toEqual(['Priya Raman open']);
    expect(roleIn(boardOf({ acceptances: accepted, holdings: [holding(ofPriya)] }), 'member-support').holders).toEqual([
      'Priya Raman open',
    ]);
  });

  test('is there once, with the days of the list', () => {
    const row = holding({ person: { ...priya, mail: null }, until: '2027-01-10' });

    const role = boardOf({ acceptances: accepted, holdings: [row] }).find(({ id }) => id === 'member-support');
    expect(role?.holders.map(({ since, until }) => [since, until])).toEqual([['2026-01-10', '2027-01-10']]);
  });

  test('offers nothing that they have', () => {
    const offer = holding({ person: { ...priya, mail: null }, state: 'volunteered' });

    expect(roleIn(boardOf({ acceptances: accepted, holdings: [offer] }), 'member-support').volunteers).toEqual([]);
  });
});

test('a row by hand makes no own role of the name of one of the method', () => {
  const board = boardOf({ own: [{ key: 'teams-administrator', title: 'Chart doctor', purpose: '' }] });

  expect(board.filter(({ id }) => id === 'teams-administrator').map(({ own }) => own)).toEqual([null]);
});
