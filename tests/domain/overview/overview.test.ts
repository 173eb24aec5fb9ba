import { describe, expect, test } from '@jest/globals';
import { sectionIds } from '../../../domain/charter/charter.ts';
import {
  askedOf,
  comingOf,
  digestOf,
  firstStepsOf,
  inChargeOf,
  keyRolesOf,
  newcomersOf,
  ownActionsOf,
  ownRolesOf,
  planOf,
  purposeOf,
  surveyOf,
  waitingOf,
  type OverviewFacts,
  type SurveyFacts,
} from '../../../domain/overview/overview.ts';
import { rolesBoard } from '../../../domain/roles/roles.ts';
import type { Survey } from '../../../domain/surveys/survey.ts';

const today = '2026-11-22';
const priya = { id: 'priya', name: 'Priya Raman' };
const ann = { id: 'ann', name: 'Ann Okafor' };

describe('what the community is for', () => {
  test.each([
    [
      'the purpose',
      { purpose: ' Share what works ', scope: 'Everyone' },
      { section: 'purpose', text: 'Share what works' },
    ],
    [
      'the scope while there is no purpose',
      { purpose: ' ', scope: 'Everyone' },
      { section: 'scope', text: 'Everyone' },
    ],
    ['nothing while nobody has written either', { aims: 'Many' }, null],
  ])('%s', (_reason, texts, expected) => {
    expect(purposeOf({ texts: new Map(Object.entries(texts)), reviewOn: null })).toEqual(expected);
  });
});

describe('what comes', () => {
  const facts = factsWith({
    actions: [
      action({ title: 'Book a room', due: '2026-11-25' }),
      action({ title: 'Late', due: '2026-11-21' }),
      action({ title: 'Done', due: '2026-11-25', state: 'done' }),
      action({ title: 'Next year', due: '2027-01-01' }),
      action({ title: 'Some day' }),
    ],
    surveys: [
      survey({ title: 'Open', phase: 'open', closesOn: '2026-11-25' }),
      survey({ title: 'Planned', phase: 'planned', opensOn: '2026-11-23' }),
    ],
    charter: { texts: new Map(), reviewOn: '2026-11-22' },
    nextWeek: '2026-11-23',
  });

  test('is in the order of days, within the time looked ahead to', () => {
    expect(comingOf(facts)).toEqual([
      { kind: 'review', on: '2026-11-22', title: '' },
      { kind: 'survey-opens', on: '2026-11-23', title: 'Planned', id: 'survey-Planned' },
      { kind: 'week', on: '2026-11-23', title: '' },
      { kind: 'action', on: '2026-11-25', title: 'Book a room', id: 'action' },
      { kind: 'survey-closes', on: '2026-11-25', title: 'Open', id: 'survey-Open' },
    ]);
  });

  test('keeps from members what is only planned, and the facilitators’ week', () => {
    expect(comingOf({ ...facts, reader: { id: 'ann', coordinates: false } }).map(({ kind }) => kind)).toEqual([
      'review',
      'action',
      'survey-closes',
    ]);
  });

  test('names the next two events, with what the reader answered', () => {
    const event = (id: string, on: string) => ({
      id,
      title: id,
      on,
      startsAt: `${on}T15:00:00Z`,
      says: 'maybe' as const,
    });

    expect(
      comingOf({ ...facts, events: ['2026-11-25', '2026-12-03', '2026-12-10'].map(on => event(`at-${on}`, on)) }),
    ).toMatchObject([
      { kind: 'review' },
      { kind: 'survey-opens' },
      { kind: 'week' },
      {
        kind: 'event',
        on: '2026-11-25',
        title: 'at-2026-11-25',
        id: 'at-2026-11-25',
        event: { startsAt: '2026-11-25T15:00:00Z', says: 'maybe' },
      },
      { kind: 'action' },
      { kind: 'survey-closes' },
    ]);
    expect(comingOf(factsWith({ events: [event('far', '2027-02-01')] }))).toEqual([]);
  });

  test('is at most six lines', () => {
    const actions = Array.from({ length: 9 }, (_, index) => action({ title: `Action ${index}`, due: '2026-11-25' }));

    expect(comingOf(factsWith({ actions }))).toHaveLength(6);
  });
});

test('key roles are counted, the others are not', () => {
  const roles = rolesBoard({
    acceptances: [],
    holdings: [],
    own: [{ key: 'own-tea', title: 'Tea', purpose: '' }],
    coordinators: [priya],
    members: new Set(['priya']),
    today,
    soon: '2026-12-22',
  });

  expect(keyRolesOf(roles)).toMatchObject({ filled: 1, total: 5 });
  expect(keyRolesOf(roles).free.map(({ id }) => id)).not.toContain('coordinator');
});

test('the plan says how many open actions are mine', () => {
  const actions = [
    action({ owners: [ann] }),
    action({ owners: [ann], state: 'done' }),
    action({ owners: [priya], due: '2026-11-01' }),
  ];

  expect(planOf(factsWith({ actions, reader: { id: 'ann', coordinates: false } }))).toEqual({
    total: 3,
    done: 1,
    stuck: 0,
    overdue: 1,
    mine: 1,
  });
});

describe('the survey to show', () => {
  const closed = survey({ title: 'Before', phase: 'closed', closesOn: '2026-11-01' });

  test.each([
    ['nothing when there is none', [], null],
    [
      'one that waits for my answer before one that closes sooner',
      [
        closed,
        survey({ title: 'Answered', phase: 'open', closesOn: '2026-11-23', answered: true }),
        survey({ title: 'Waits', phase: 'open', closesOn: '2026-11-30' }),
      ],
      'Waits',
    ],
    [
      'the one that closes first',
      [
        survey({ title: 'Later', phase: 'open', closesOn: '2026-11-30' }),
        survey({ title: 'Sooner', phase: 'open', closesOn: '2026-11-23' }),
      ],
      'Sooner',
    ],
    [
      'else the last that closed, also before its time',
      [closed, survey({ title: 'Ended early', phase: 'closed', closesOn: '2026-12-24', closedOn: '2026-11-20' })],
      'Ended early',
    ],
    ['never one that is only planned', [survey({ title: 'Planned', phase: 'planned' })], null],
  ])('%s', (_reason, surveys, expected) => {
    expect(surveyOf(factsWith({ surveys }))?.title ?? null).toBe(expected);
  });

  test('has no headline while results are hidden, and says why', () => {
    const shown = surveyOf(factsWith({ surveys: [{ ...closed, results: { state: 'hidden', why: 'too-few' } }] }));

    expect([shown?.headline, shown?.why]).toEqual([null, 'too-few']);
  });

  test('takes the first question with numbers that may be shown', () => {
    const question = {
      kind: 'rating' as const,
      text: 'How was it?',
      answered: 6,
      hidden: false,
      bars: [{ label: '5', count: 6 }],
      average: 5,
      texts: [],
    };
    const questions = [
      { ...question, id: 'words', kind: 'text' as const, bars: [], average: null },
      { ...question, id: 'few', hidden: true, answered: 0, bars: [] },
      { ...question, id: 'many' },
    ];

    expect(
      surveyOf(factsWith({ surveys: [{ ...closed, results: { state: 'shown', answered: 6, questions } }] }))?.headline
        ?.id,
    ).toBe('many');
  });
});

describe('the latest digest', () => {
  const sent = [
    { audience: 'members' as const, on: '2026-10-01', intro: 'To all', ask: '', to: [], choice: null },
    {
      audience: 'sponsor' as const,
      on: '2026-11-01',
      intro: 'To Helen',
      ask: 'A room',
      to: [{ id: 'helen' }],
      choice: null,
    },
  ];

  test.each([
    ['a member sees the channel’s', { id: 'ann', coordinates: false }, 'To all'],
    ['the sponsor sees their own', { id: 'helen', coordinates: false }, 'To Helen'],
    ['who coordinates sees the last', { id: 'priya', coordinates: true }, 'To Helen'],
  ])('%s', (_reason, reader, intro) => {
    expect(digestOf(factsWith({ digests: { sent, unseen: false, replies: [] }, reader }))?.intro).toBe(intro);
  });

  test('is nothing while none has gone out', () => {
    expect(digestOf(factsWith({}))).toBeNull();
  });
});

test('somebody is new for the days that are looked back', () => {
  expect(newcomersOf(factsWith({ joined: ['2026-10-22', '2026-10-23', '2026-11-22'] }))).toBe(2);
});

describe('what waits for coordinators', () => {
  const roles = rolesBoard({
    acceptances: [],
    holdings: [
      {
        key: 'a',
        role: 'sponsor',
        person: { ...ann, mail: null },
        since: '2026-11-20',
        until: null,
        note: '',
        state: 'volunteered',
        changedBy: ann,
        changedAt: '2026-11-20T10:00:00Z',
        etag: '1',
      },
      {
        key: 'b',
        role: 'member-support',
        person: { ...priya, mail: null },
        since: '2026-01-01',
        until: '2026-12-01',
        note: '',
        state: 'accepted',
        changedBy: priya,
        changedAt: '2026-01-01T10:00:00Z',
        etag: '1',
      },
    ],
    own: [],
    coordinators: [priya],
    members: new Set(['priya', 'ann']),
    today,
    soon: '2026-12-22',
  });
  const facts = factsWith({
    roles,
    actions: [
      action({ title: 'Book a room', due: '2026-11-01', owners: [priya] }),
      action({ title: 'Print', owners: [] }),
      action({ title: 'Translate', owners: [{ id: 'gone', name: 'Tomasz Nowak' }] }),
      action({ owners: [{ id: 'gone', name: 'Tomasz Nowak' }, ann] }),
    ],
    charter: { texts: new Map(), reviewOn: today },
    digests: {
      sent: [],
      unseen: true,
      replies: [
        { name: 'Helen Osei', on: '2026-11-07' },
        { name: 'Olu Adeyemi', on: '2026-11-08' },
      ],
    },
    refused: 3,
    aside: ['CoP Surveys: Pulse'],
    byHand: { roles: 2, settings: 1 },
  });

  test('says whom the reader can write to about it: whoever is still in the team, and not themselves', () => {
    const of = (id: string) =>
      waitingOf({ ...facts, reader: { id, coordinates: true } }, () => '').find(({ kind }) => kind === 'overdue')
        ?.things;

    expect(of('ann')).toEqual([{ name: 'Book a room', action: 'action', person: priya }]);
    expect(of('priya')).toEqual([{ name: 'Book a room', action: 'action' }]);
    expect(
      waitingOf({ ...facts, members: new Set(['ann']), reader: { id: 'ann', coordinates: true } }, () => '').find(
        ({ kind }) => kind === 'overdue',
      )?.things,
    ).toEqual([{ name: 'Book a room', action: 'action' }]);
  });

  test('is counted by kind and named, the most pressing first', () => {
    const free = keyRolesOf(roles).free.map(({ id }) => id);

    expect(waitingOf(facts, ({ id }) => id)).toEqual([
      { kind: 'aside', count: 1, names: ['CoP Surveys: Pulse'] },
      { kind: 'settingsByHand', count: 1 },
      { kind: 'rolesByHand', count: 2 },
      { kind: 'unwritten', count: 1 },
      { kind: 'replies', count: 1, names: ['Olu Adeyemi'] },
      {
        kind: 'offers',
        count: 1,
        names: ['Ann Okafor'],
        things: [
          {
            name: 'Ann Okafor',
            role: { id: 'sponsor', title: 'sponsor' },
            person: { id: 'ann', name: 'Ann Okafor' },
          },
        ],
      },
      { kind: 'draft', count: 1 },
      { kind: 'review', count: 1 },
      { kind: 'overdue', count: 1, names: ['Book a room'], things: [{ name: 'Book a room', action: 'action' }] },
      { kind: 'left', count: 1, names: ['Translate'], things: [{ name: 'Translate', action: 'action' }] },
      { kind: 'ownerless', count: 1, names: ['Print'], things: [{ name: 'Print', action: 'action' }] },
      {
        kind: 'terms',
        count: 1,
        names: ['Priya Raman'],
        things: [{ name: 'Priya Raman', role: { id: 'member-support', title: 'member-support' } }],
      },
      { kind: 'vacant', count: free.length, names: free },
      { kind: 'sections', count: sectionIds.length },
      { kind: 'refused', count: 3 },
    ]);
  });

  test('is nothing for members', () => {
    expect(waitingOf({ ...facts, reader: { id: 'ann', coordinates: false } }, ({ id }) => id)).toEqual([]);
  });
});

describe('what is the reader’s own', () => {
  const gwen = { id: 'gwen', name: 'Gwen Parry' };
  const reader = { id: 'gwen', coordinates: false };
  const given = (role: string, key: string, changes = {}) => ({
    key,
    role,
    person: { ...gwen, mail: null },
    since: '2026-01-01',
    until: null,
    note: '',
    state: 'accepted' as const,
    changedBy: priya,
    changedAt: '2026-01-01T10:00:00Z',
    etag: '1',
    ...changes,
  });
  const roles = rolesBoard({
    acceptances: [{ role: 'member-support', person: gwen }],
    holdings: [given('member-support', 'a'), given('sponsor', 'b', { state: 'volunteered' })],
    own: [],
    coordinators: [priya],
    members: new Set(['priya', 'gwen']),
    today,
    soon: '2026-12-22',
  });

  test('open actions, what is due first, and no more than fit; the number counts all', () => {
    const facts = factsWith({
      reader,
      actions: [
        action({ title: 'Some day', owners: [gwen] }),
        action({ title: 'Done', owners: [gwen], state: 'done' }),
        action({ title: 'Somebody else’s', owners: [priya] }),
        ...Array.from({ length: 9 }, (_, day) =>
          action({ title: `${day}`, due: `2026-11-0${9 - day}`, owners: [gwen] }),
        ),
      ],
    });

    expect(ownActionsOf(facts).map(({ title }) => title)).toEqual(['8', '7', '6', '5', '4', '3', '2', '1']);
    expect(planOf(facts).mine).toBe(10);
  });

  test('roles, with another question every day, and what was offered', () => {
    const onDay = (day: string) => ownRolesOf(factsWith({ reader, roles, today: day }));

    expect(onDay(today).held.map(({ role }) => role.id)).toEqual(['member-support']);
    expect(onDay(today).offered.map(({ id }) => id)).toEqual(['sponsor']);
    const asked = ['2026-11-22', '2026-11-23', '2026-11-24', '2026-11-25'].map(day => onDay(day).held[0]?.question);
    expect([new Set(asked.slice(0, 3)).size, asked[3]]).toEqual([3, asked[0]]);
  });

  test('what a sponsor was asked last, and what came of their yes', () => {
    const sent = (on: string, ask: string, choice: 'yes' | null) => ({
      ...{ audience: 'sponsor' as const, on, intro: '', ask, choice },
      to: [{ id: 'gwen' }],
    });
    const facts = factsWith({
      reader,
      digests: {
        sent: [sent('2026-10-01', 'A room', 'yes'), sent('2026-11-01', 'A word', null)],
        unseen: false,
        replies: [],
      },
      actions: [
        action({ id: 'yes-1', title: 'A room from Gwen', addedBy: gwen, state: 'doing' }),
        action({ id: 'yes-2', title: 'Another sponsor’s', addedBy: priya }),
        action({ id: 'own', title: 'Typed', addedBy: gwen }),
      ],
    });

    expect(askedOf(facts)).toEqual({
      on: '2026-11-01',
      ask: 'A word',
      choice: null,
      came: [{ title: 'A room from Gwen', state: 'doing' }],
    });
    expect(askedOf({ ...facts, reader: { id: 'ann', coordinates: true } })).toBeNull();
  });

  test('who looks after the community: holders of key roles who are still there, each once', () => {
    const board = rolesBoard({
      acceptances: [
        { role: 'member-support', person: priya },
        { role: 'information-resources', person: { id: 'gone', name: 'Gone' } },
      ],
      holdings: [given('sponsor', 's', { person: { id: 'mail:h@x.org', name: 'Helen', mail: 'h@x.org' } })],
      own: [],
      coordinators: [priya],
      members: new Set(['priya']),
      today,
      soon: '2026-12-22',
    });
    const found = inChargeOf(factsWith({ roles: board, members: new Set(['priya']) }));

    expect(found.map(({ person, here, roles: held }) => [person.name, here, held.map(({ id }) => id)])).toEqual([
      ['Priya Raman', true, ['coordinator', 'member-support']],
      ['Helen', false, ['sponsor']],
    ]);
  });

  test('the steps of a beginning tick themselves, are for coordinators, and end', () => {
    const written = { texts: new Map([['purpose', 'Share']]), reviewOn: null };
    const board = rolesBoard({
      acceptances: [{ role: 'member-support', person: gwen }],
      holdings: [given('sponsor', 's')],
      own: [],
      coordinators: [priya],
      members: new Set(['priya', 'gwen']),
      today,
      soon: '2026-12-22',
    });
    const done = (facts: Partial<OverviewFacts>) =>
      firstStepsOf(factsWith(facts))?.flatMap(step => (step.done ? [step.step] : [])) ?? null;
    const three = [action({}), action({}), action({})];

    expect(done({})).toEqual([]);
    expect(done({ charter: written, roles: board })).toEqual(['purpose', 'people', 'sponsor']);
    expect(done({ actions: three.slice(1), joined: ['2026-11-01'] })).toEqual(['invite']);
    expect(done({ actions: three, surveys: [survey({ title: 'Pulse', phase: 'open' })] })).toEqual([
      'survey',
      'actions',
    ]);
    expect(
      done({
        charter: written,
        roles: board,
        actions: three,
        joined: ['2026-11-01'],
        surveys: [survey({ title: 'Pulse', phase: 'closed' })],
      }),
    ).toBeNull();
    expect(done({ reader })).toBeNull();
  });
});

function factsWith(facts: Partial<OverviewFacts>): OverviewFacts {
  return {
    today,
    until: '2026-12-20',
    newSince: '2026-10-23',
    charter: { texts: new Map(), reviewOn: null },
    roles: [],
    actions: [],
    doneBefore: 0,
    surveys: [],
    events: [],
    digests: { sent: [], unseen: false, replies: [] },
    repliesSince: '2026-11-08',
    refused: 0,
    aside: [],
    byHand: { roles: 0, settings: 0 },
    members: new Set(['priya', 'ann']),
    joined: [],
    nextWeek: null,
    reader: { id: 'priya', coordinates: true },
    ...facts,
  };
}

type Planned = OverviewFacts['actions'][number];

function action(choices: Partial<Planned>): Planned {
  return {
    id: 'action',
    etag: '1',
    addedBy: { id: 'priya' },
    title: 'An action',
    owners: [],
    due: null,
    state: 'to-do',
    weight: 'baseline',
    aim: null,
    notes: '',
    ...choices,
  };
}

function survey({
  phase,
  answered = false,
  ...choices
}: Partial<Survey> & Pick<SurveyFacts, 'phase'> & { readonly answered?: boolean }): SurveyFacts {
  const questions = [
    { id: 'q', kind: 'text' as const, text: 'How are you?', options: [], low: '', high: '', required: false },
  ];
  return {
    survey: {
      id: `survey-${choices.title}`,
      title: '',
      intro: '',
      questions,
      anonymous: true,
      audience: 'channel',
      event: null,
      tellsResults: false,
      everyQuarter: false,
      repeats: null,
      opensOn: '2026-10-01',
      closesOn: '2026-11-30',
      closedOn: null,
      ...choices,
    },
    phase,
    answered,
    results: { state: 'hidden', why: 'until-close' },
  };
}
