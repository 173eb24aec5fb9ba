import { describe, expect, test } from '@jest/globals';
import { sectionIds } from '../../../domain/charter/charter.ts';
import { actorNamed } from '../../../infra/year/cast.ts';
import { toldFinding } from '../../../infra/year/checks/finding.ts';
import { checkYear } from '../../../infra/year/checks/index.ts';
import { uncheckedSentences } from '../../../infra/year/checks/truth.ts';
import { weekOfYear, type Act, type Diary, type Received } from '../../../infra/year/diary.ts';
import type { Facts } from '../../../infra/year/facts.ts';
import { later } from '../../../infra/year/days.ts';

// Each rule is tried on a year that breaks it, and on one that does not: a rule that finds nothing holds nothing.

const begins = '2026-11-22';
const priya = actorNamed('Priya');
const amara = actorNamed('Amara');
const helen = actorNamed('Helen');
const gwen = actorNamed('Gwen');
const ruth = actorNamed('Ruth');
const people = [priya, amara, helen, gwen, ruth];
const person = ({ id, fullName }: typeof priya) => ({ id, name: fullName });
const settings = { settings: { coordinators: [person(priya)], facilitation: { facilitators: [person(priya)] } } };

interface Lists {
  readonly [list: string]: readonly Record<string, unknown>[];
}

function facts(lists: Lists = {}, members = people): Facts {
  const rows: Lists = { 'CoP Settings': [settings], ...lists };
  return {
    at: new Date(`${begins}T09:00:00Z`),
    members: members.map(one => ({ ...person(one), owner: one === priya })),
    rows: list => rows[list] ?? [],
  };
}

function received(changes: Partial<Received> = {}): Received {
  const day = changes.day ?? '2026-11-24';
  return {
    id: `${day} ${changes.to ?? ''} ${changes.period ?? ''}`,
    to: amara.id,
    at: new Date(`${day}T09:01:00Z`),
    week: weekOfYear(begins, day),
    cause: 'morning',
    by: null,
    kind: 'plan.reminder',
    period: day,
    edit: false,
    lines: [`Something of ${day} for ${changes.to ?? amara.id}`],
    buttons: [],
    facts: facts(),
    ...changes,
    day,
  };
}

function act(person: string, what: string, day = '2026-11-24', shown: readonly string[] = []): Act {
  return { at: new Date(`${day}T15:00:00Z`), day, week: weekOfYear(begins, day), person, what, shown };
}

function year(
  all: readonly Received[],
  more: { readonly acts?: readonly Act[]; readonly days?: Diary['days'] } = {},
): Diary {
  return { begins, received: all, acts: more.acts ?? [], days: more.days ?? new Map() };
}

/** As many days as are named, each with the same facts. */
function daysOf(count: number, at: (day: string) => Facts): Diary['days'] {
  return new Map(Array.from({ length: count }, (_, index) => later(begins, index)).map(day => [day, at(day)]));
}

function broken(diary: Diary): readonly string[] {
  return checkYear(diary).flatMap(({ rule, findings }) => (findings.length > 0 ? [rule] : []));
}

test('a year in which nothing was wrong breaks no rule', () => {
  expect(broken(year([received(), received({ day: '2026-12-01' })]))).toEqual([]);
});

describe('the budget', () => {
  test('one card a morning', () => {
    expect(broken(year([received({ period: 'a' }), received({ period: 'b', lines: ['Another'] })]))).toEqual([
      'nobody gets more than one card a morning without having asked',
    ]);
    expect(broken(year([received(), received({ period: 'b', lines: ['An answer'], cause: 'act' })]))).toEqual([]);
  });

  test('two cards in seven days for members, as many as there are mornings for those in charge', () => {
    const three = (to: string) => ['2026-11-23', '2026-11-24', '2026-11-25'].map(day => received({ to, day }));
    expect(broken(year(three(amara.id)))).toEqual(['members get at most two cards in seven days without having asked']);
    expect(broken(year(three(priya.id)))).toEqual([]);
  });

  test.each(['2026-11-28', '2026-11-29', '2026-12-25', '2026-12-30', '2027-01-01', '2027-03-29'])(
    'nothing on %s',
    day => {
      expect(broken(year([received({ day })]))).toEqual([
        'nothing comes by itself on weekends, public holidays and quiet days',
      ]);
    },
  );

  test('nothing in the afternoon, and for sponsors nothing but digests', () => {
    expect(broken(year([received({ cause: 'odd hour' })]))).toEqual(['what comes by itself comes in the morning']);
    expect(broken(year([received({ to: helen.id, kind: 'surveys.ask' })]))).toEqual([
      'sponsors get digests, and what they agreed to',
    ]);
    expect(broken(year([received({ to: helen.id, kind: 'digest.sponsor' })]))).toEqual([]);
  });

  test('the word on the day before counts for whoever did not say that they come', () => {
    const words = (to: typeof amara, says: string) => {
      const rows = { attendance: [{ event: 'surgery', person: person(to), says }] };
      return ['2026-11-23', '2026-11-24', '2026-11-25'].map(day =>
        received({ to: to.id, day, kind: 'events.soon', period: `surgery/${day}`, facts: facts(rows) }),
      );
    };
    expect(broken(year([...words(amara, 'coming'), ...words(helen, 'maybe')]))).toEqual([]);
    expect(broken(year(words(amara, 'not')))).toEqual([
      'members get at most two cards in seven days without having asked',
    ]);
    expect(broken(year(words(helen, 'none').slice(0, 1)))).toEqual(['sponsors get digests, and what they agreed to']);
  });
});

describe('repetition', () => {
  test('the same thing, and the same text in a week', () => {
    expect(broken(year([received({ period: 'a' }), received({ day: '2026-12-03', period: 'a' })]))).toEqual([
      'nobody gets the same thing twice',
    ]);
    const lines = ['Word for word'];
    expect(broken(year([received({ lines }), received({ day: '2026-11-26', kind: 'welcome.card', lines })]))).toEqual([
      'nobody reads the same text twice in a week',
    ]);
  });

  test('a text in which only the day differs', () => {
    const on = (day: string, said: string) => received({ day, lines: ['The week', `It is ${said}.`] });
    const rule = ['no text comes twice in a row, unless something in it has changed'];
    expect(broken(year([on('2026-11-24', 'Tuesday, 24 November'), on('2026-12-01', 'Tuesday, 1 December')]))).toEqual(
      rule,
    );
    expect(broken(year([on('2026-11-24', 'the 2nd'), on('2026-12-01', 'the 3rd')]))).toEqual([]);
  });
});

describe('one thing, one time', () => {
  const monday = (line: string) =>
    received({ to: priya.id, kind: 'facilitation.week', day: '2026-11-23', lines: ['The week', line] });
  const several = (day: string, ...lines: readonly string[]) =>
    received({ to: priya.id, kind: 'morning.several', day, lines: ['2 things this morning', ...lines] });

  test.each([
    ['- Nobody holds: Sponsor and Member support', 'Nobody holds the role Sponsor'],
    ['- Nobody holds: Sponsor', 'Nobody holds Sponsor in Data Storytellers'],
    ['- Terms to decide about: Gwen (Sponsor)', 'The term of Gwen as Sponsor ends on 12 December 2026'],
    ['- Terms to decide about: Gwen (Sponsor)', 'Sponsor: Gwen’s term ends on 12 December 2026'],
    ['- Overdue: “Book a room” (Ann)', 'Overdue since Monday 9 November: Book a room (asked for the last time)'],
  ])('%s and, on Tuesday, %s', (line, said) => {
    const rule = 'what a card of its own says does not stand on the card of the week before it';

    expect(broken(year([monday(line), several('2026-11-24', said)]))).toContain(rule);
    expect(broken(year([monday(line), several('2026-12-01', said)]))).not.toContain(rule);
    expect(broken(year([monday('- Nobody holds: Somebody else'), several('2026-11-24', said)]))).not.toContain(rule);
  });

  test('a question for the charter: one a week, and three while nothing comes of it', () => {
    const rule = 'a question for the charter comes once a week, and three times while nothing comes of it';
    const asked = (...days: readonly string[]) =>
      days.map((day, index) => several(day, `A question for the charter: Aims ${index}`));
    const charter = (day: string) =>
      facts({ 'CoP Charter': day < '2026-12-20' ? [] : [{ section: 'aims', text: 'Less noise' }] });
    const days = daysOf(60, charter);

    expect(broken(year(asked('2026-11-24', '2026-11-26')))).toContain(rule);
    expect(broken(year(asked('2026-11-24', '2026-12-08', '2027-01-05', '2027-01-12')))).toContain(rule);
    expect(broken(year(asked('2026-11-24', '2026-12-08', '2026-12-15', '2027-01-05'), { days }))).not.toContain(rule);
  });
});

describe('who is written to', () => {
  test('nobody who left, and nobody who asked for quiet', () => {
    const gone = facts({}, [priya, amara]);
    expect(broken(year([received({ to: gwen.id, facts: gone })]))).toEqual(['nobody who has left is written to']);

    const stopped = [act(amara.id, 'presses surveys.stop: No more messages')];
    const card = received({ day: '2026-12-01' });
    expect(broken(year([card], { acts: stopped }))).toEqual(['nobody who has asked for quiet is written to']);
    const again = [...stopped, act(amara.id, 'presses surveys.resume: Send me messages again', '2026-11-30')];
    expect(broken(year([card], { acts: again }))).toEqual([]);
  });

  test('nothing about what somebody stopped, on a card of its own or among other lines', () => {
    const acts = [act(amara.id, 'says (personal): stop reminders')];
    const rule = ['nobody is written to about what they have stopped'];
    const on = (kind: string, lines: readonly string[]) =>
      broken(year([received({ day: '2026-12-01', kind, lines })], { acts }));
    expect(on('plan.reminder', ['One of your actions is due'])).toEqual(rule);
    expect(on('morning.several', ['2 things', 'Due: Book the room'])).toEqual(rule);
    expect(on('surveys.ask', ['A short survey'])).toEqual([]);
  });

  test('nobody who left is somebody to turn to', () => {
    const lines = ['Priya Raman and Gwen Pritchard look after this community and are glad to hear from you.'];
    expect(broken(year([received({ lines, facts: facts({}, [priya, amara]) })]))).toEqual([
      'nobody who has left is named as somebody to turn to',
    ]);
  });
});

describe('what is open', () => {
  const action = { title: 'Book the room', owners: [person(amara)], due: '2026-11-20', state: 'to-do' };
  const offer = { role: 'member-support', person: person(amara), state: 'volunteered', since: begins };
  const filled = ['member-support', 'information-resources', 'teams-administrator', 'sponsor'].map(role => ({
    role,
    person: person(gwen),
    state: 'accepted',
    since: begins,
  }));
  const sections = sectionIds.map(section => ({ section, text: 'Written' }));
  const calm = { 'CoP Roles': filled, 'CoP Charter': sections };

  function brokenAbout(what: string, diary: Diary): readonly string[] {
    return broken(diary).filter(rule => rule.startsWith(what));
  }

  test.each([
    ['an action that is overdue', { ...calm, 'CoP Plan': [action] }, 'Book the room'],
    ['an offer to take on a role', { ...calm, offers: [offer] }, 'Amara'],
    ['a key role that nobody holds', { ...calm, 'CoP Roles': filled.slice(1) }, 'Member support'],
    [
      'a review whose day is over',
      { ...calm, 'CoP Charter': [{ section: 'review', text: '', reviewOn: '2026-11-20' }] },
      'charter',
    ],
    [
      'a newcomer without an answer',
      { ...calm, newcomers: [{ person: person(ruth), joinedAt: '2026-11-20T09:00:00Z', answeredAt: null }] },
      'Ruth',
    ],
    [
      'a section that nobody has written',
      { ...calm, 'CoP Charter': sections.filter(({ section }) => section !== 'aims') },
      'Aims',
    ],
  ])('%s comes back within three weeks, and again within seven', (what, lists, words) => {
    const days = daysOf(60, () => facts(lists));
    const card = (day: string) => received({ to: priya.id, day, lines: [`About ${words} on ${day}`] });
    const first = card('2026-12-07');
    expect(brokenAbout(what, year([], { days }))).toHaveLength(1);
    expect(brokenAbout(what, year([first], { days }))).toHaveLength(1);
    expect(brokenAbout(what, year([first, card('2026-12-21')], { days }))).toEqual([]);
  });

  test('whoever leaves with something in hand is told of', () => {
    const days = daysOf(20, () => facts({ ...calm, 'CoP Plan': [{ ...action, due: null, owners: [person(gwen)] }] }));
    const acts = [act(gwen.id, 'leaves the team', '2026-11-27')];
    const rule = 'whoever leaves';
    expect(brokenAbout(rule, year([], { acts, days }))).toHaveLength(1);
    const told = received({ to: priya.id, day: '2026-11-30', lines: ['Gwen Pritchard has left'] });
    expect(brokenAbout(rule, year([told], { acts, days }))).toEqual([]);
  });
});

describe('what is said', () => {
  const plan = [
    {
      title: 'Done long ago',
      owners: [],
      due: '2026-11-10',
      state: 'done',
      doneAt: '2026-11-09T10:00:00Z',
      aim: 'A shelf of examples.',
    },
    { title: 'Late', owners: [person(amara)], due: '2026-11-20', state: 'to-do', aim: 'A shelf of examples.' },
    { title: 'This week', owners: [person(gwen)], due: '2026-11-27', state: 'stuck' },
  ];
  const survey = {
    key: 'year-0-pulse',
    title: 'How are we doing?',
    anonymous: false,
    opensOn: begins,
    closesOn: '2026-11-30',
    closedOn: null,
  };
  const held = { role: 'sponsor', person: person(helen), state: 'accepted', since: begins, until: '2026-12-16' };
  const lists = { 'CoP Plan': plan, surveys: [survey], 'CoP Roles': [held] };

  function untrue(line: string, more: Partial<Received> = {}, above = ''): boolean {
    const diary = year([received({ lines: [above, line], facts: facts(lists, [priya, amara, helen]), ...more })]);
    return broken(diary).some(rule => rule.endsWith(' is so'));
  }

  test.each([
    ['The plan: 1 action is due this week.', 'The plan: 2 actions are due this week.'],
    ['1 more of yours is overdue.', '2 more of yours are overdue.'],
    ['- 27 November: This week', '- 26 November: This week'],
    ['Sponsor: Helen Osei’s term ends on 16 December 2026', 'Sponsor: Helen Osei’s term ends on 17 December 2026'],
    [
      '3 key roles in Data Storytellers have nobody yet, and no offer',
      '2 key roles in Data Storytellers have nobody yet, and no offer',
    ],
    ['Nobody holds Member support in Data Storytellers', 'Nobody holds Sponsor in Data Storytellers'],
  ])('%s', (right, wrong) => {
    expect([untrue(right), untrue(wrong)]).toEqual([false, true]);
  });

  test.each([
    ['1 of 3 actions done; 1 overdue; 1 stuck', '1 of 4 actions done; 1 overdue; 1 stuck'],
    ['1 of 3 actions done; 1 overdue; 1 stuck', '2 of 3 actions done; 1 overdue; 1 stuck'],
    ['1 of 3 actions done; 1 overdue; 1 stuck', '1 of 3 actions done; 2 overdue; 1 stuck'],
    ['1 of 3 actions done; 1 overdue; 1 stuck', '1 of 3 actions done; 1 overdue; 2 stuck'],
    ['1 of 2 actions done: A shelf of examples; 1 overdue', '1 of 2 actions done: A shelf of examples'],
    ['Newcomers: 1 person joined', 'Newcomers: 2 people joined'],
    ['Roles: 2 of the key and own roles filled', 'Roles: 3 of the key and own roles filled'],
    [
      'Roles: 2 of the key and own roles filled; still open: Member support, Information resources, Teams administrator',
      'Roles: 2 of the key and own roles filled; still open: Member support, Teams administrator',
    ],
    ['- 16 December: the term of Helen Osei as Sponsor ends', '- 17 December: the term of Helen Osei as Sponsor ends'],
    ['- 30 November: the survey “How are we doing?” closes', '- 1 December: the survey “How are we doing?” closes'],
    ['- Done long ago (Amara Okafor)', '- Late (Amara Okafor)'],
  ])('of the period of a digest: %s', (right, wrong) => {
    const digest = (line: string) =>
      broken(
        year(
          [
            received({
              to: 'channel',
              kind: 'digest.members',
              day: '2026-11-26',
              lines: ['Digest of Data Storytellers · 1 November to 25 November 2026', 'Finished', line],
              facts: facts(lists, [priya, amara, helen]),
            }),
          ],
          { acts: [act(ruth.id, 'joins the team')] },
        ),
      );
    expect([digest(right), digest(wrong)]).toEqual([[], ['what digests say, and when they come, is so']]);
  });

  test('the day of an action, below its title', () => {
    expect(untrue('To do · overdue since Fri, 20 November · Amara Okafor', {}, 'Late')).toBe(false);
    expect(untrue('To do · overdue since Fri, 13 November · Amara Okafor', {}, 'Late')).toBe(true);
  });

  test('how many answered, and until when one may', () => {
    const of = { kind: 'surveys.closed', period: survey.key };
    expect(untrue('Open until the end of 30 November.', of)).toBe(false);
    expect(untrue('Open until the end of 29 November.', of)).toBe(true);
    expect(untrue('Fewer than five people answered, so nobody sees what they said.', of)).toBe(true);
    const diary = (line: string) =>
      year([received({ ...of, day: '2026-12-01', lines: [line], facts: facts(lists) })], {
        acts: [
          act(amara.id, 'presses surveys.answer: Send', '2026-11-25', [
            'Your answer to “How are we doing?” has arrived.',
          ]),
        ],
      });
    expect(broken(diary('1 person answered.'))).toEqual([]);
    expect(broken(diary('2 people answered.'))).toEqual(['what is said of surveys is so']);
  });

  test('a digest comes on the day that was said', () => {
    const notice = received({
      to: priya.id,
      kind: 'digest.draft',
      lines: ['On Friday, 1 January the digest of Data Storytellers goes out.'],
      day: '2026-12-29',
    });
    const days = daysOf(60, () => facts(lists));
    expect(broken(year([notice], { days }))).toContain('what digests say, and when they come, is so');
  });

  test('a sentence with a number that nothing recomputes is named', () => {
    expect([...uncheckedSentences(year([received({ lines: ['42 is the answer', 'no number'] })])).keys()]).toEqual([
      '# is the answer',
    ]);
  });
});

test('whoever reads of a finding knows where to look', () => {
  const [found] = checkYear(year([received({ day: '2026-11-28' })])).flatMap(({ findings }) => findings);
  expect(toldFinding(found!)).toBe('week 1, Saturday 28 November, Amara Okafor, plan.reminder: a Saturday');
});
