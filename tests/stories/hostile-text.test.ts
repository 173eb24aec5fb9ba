import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { api } from '../../domain/api.ts';
import type { AnyEndpoint } from '../../domain/endpoint.ts';
import type { RolesView } from '../../domain/roles/api.ts';
import type { SettingsView } from '../../domain/settings/api.ts';
import type { SurveysView } from '../../domain/surveys/api.ts';
import { sampleTeam } from '../../infra/local/sample-people.ts';
import { personOf, startSystem, type System } from '../support/system.ts';

/**
 * Text that stores, fonts and readers stumble over, wherever somebody can write: cleaned or refused, and never a
 * failure of ours.
 */
let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

/** Everything that is harmful at once; what is nothing once it is clean; half a character alone. */
const hostile = ['a\u0000\ud800\u0001\u001f\u007f\u0085\ufffe\u202eb', '\u0000\u200b\u2066', '\udfff'];

const settings = {
  timeZone: 'Europe/London',
  coordinators: [personOf('Priya')],
  facilitation: { day: 1, time: '09:00', facilitators: [personOf('Priya')], destination: 'chats' },
  country: { code: 'GB', region: 'ENG' },
  quiet: [{ from: '2026-12-24', to: '2026-12-31', title: 'Between the years' }],
};
const survey = {
  title: 'Pulse',
  intro: 'Short',
  questions: [
    { id: 'q1', kind: 'choice', text: 'How?', options: ['Well', 'So so'], low: '', high: '', required: false },
    { id: 'q2', kind: 'text', text: 'Why?', options: [], low: '', high: '', required: false },
  ],
  anonymous: false,
  audience: 'channel',
  opensOn: '2026-11-22',
  closesOn: '2026-11-29',
};
const action = {
  title: 'Book a room',
  owners: [personOf('Amara')],
  due: '2026-12-01',
  state: 'to-do',
  weight: 'baseline',
  aim: 'Learn',
  notes: 'By the lake',
};
const words = { intro: 'Hello', ask: 'Time', story: 'One', times: ['Monday'], sendOn: null };
const first = { 'If-None-Match': '*' };

interface Given {
  readonly name: keyof typeof api;
  readonly params?: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
const event = {
  title: 'Chart surgery',
  kind: 'learning',
  activity: null,
  day: '2026-12-20',
  time: '15:00',
  minutes: 60,
  mode: 'online',
  place: 'Room 4',
  link: 'https://teams.microsoft.com/l/meetup-join/1',
  audience: 'everybody',
  named: [],
  hosts: [],
  agenda: [{ id: 'one', title: 'Who is new', minutes: 5, who: 'Gwen', first: false }],
  keep: 'Six people',
  change: 'More time',
  summary: 'A chart',
  recording: null,
};
const rhythm = {
  title: 'Coffee',
  kind: 'coffee',
  rule: { every: 'weeks', weeks: 4, from: '2026-12-17' },
  time: '15:00',
  minutes: 30,
  mode: 'online',
  place: 'Kitchen',
  link: null,
  audience: 'everybody',
  hosts: [],
  until: null,
};
const library = { title: 'Template', when: 'When a board asks', topics: ['SPC'] };
const bodies: readonly Given[] = [
  {
    name: 'seeTab',
    body: {
      tab: { channel: '19:c@thread.tacv2', entity: 'community', subPage: 'plan' },
      app: '8e0b7d52-4c3a-4f0e-b1d6-95a27c6e3f48',
    },
  },
  { name: 'removeTab', body: { channel: '19:c@thread.tacv2' } },
  { name: 'saveMessagesToMe', body: { all: false, stopped: ['week'] } },
  { name: 'saveSection', params: { section: 'risks' }, body: { text: 'Risks' }, headers: first },
  { name: 'saveReview', body: { on: '2027-01-01' }, headers: first },
  { name: 'agree', params: { section: 'risks' }, body: { agrees: true }, headers: first },
  { name: 'comment', params: { section: 'risks' }, body: { id: 'c0ffee00', text: 'Well said' } },
  { name: 'askForConsent', body: { until: '2026-11-30' } },
  { name: 'putDraftIn', params: { section: 'risks' }, body: { draft: 'risks/signs/x' }, headers: first },
  { name: 'dropDraft', params: { section: 'risks' }, body: { draft: 'risks/signs/x' } },
  { name: 'saveSettings', body: settings, headers: first },
  { name: 'addRole', body: { title: 'Librarian', purpose: 'Books' } },
  { name: 'changeRole', params: { role: 'librarian' }, body: { title: 'Librarian', purpose: 'Books' }, headers: first },
  { name: 'settleRolesByHand', body: { decision: 'confirm', rows: [{ key: 'sponsor/x/2026-11-22', etag: '"1"' }] } },
  { name: 'volunteer', params: { role: 'librarian' }, body: { note: 'Me' } },
  {
    name: 'giveRole',
    params: { role: 'sponsor' },
    body: {
      person: { name: 'Helen Out', mail: 'helen@example.org' },
      term: { since: '2026-11-22', until: '2027-11-22', note: 'Thanks' },
    },
  },
  {
    name: 'saveTerm',
    params: { role: 'sponsor', person: 'x' },
    body: { since: '2026-11-22', until: null, note: 'Thanks' },
    headers: first,
  },
  { name: 'saveAction', params: { action: 'hostile-0' }, body: action, headers: first },
  {
    name: 'changeDetail',
    params: { action: 'hostile-0' },
    body: { kind: 'add-link', id: 'a-link-of-it', title: 'Minutes', address: 'https://example.org/minutes' },
  },
  {
    name: 'commentOnAction',
    params: { action: 'sample-03' },
    body: { id: 'c0ffee00', text: 'Well done', mentions: [personOf('Amara').id] },
  },
  {
    name: 'changeActionComment',
    params: { action: 'sample-03', comment: 'c0ffee00' },
    body: { text: 'Well done', mentions: [personOf('Amara').id] },
  },
  { name: 'saveEvent', params: { event: 'hostile-event-0' }, body: event, headers: first },
  { name: 'prepareEvent', params: { event: 'hostile-event-0' }, body: { ps: 'place', text: 'Online', done: true } },
  { name: 'moveEvent', params: { event: 'hostile-event-0' }, body: { move: 'cancel' } },
  { name: 'answerEvent', params: { event: 'hostile-event-0' }, body: { says: 'coming', appetite: null } },
  {
    name: 'noteAttendance',
    params: { event: 'hostile-event-0' },
    body: {
      people: [{ id: 'somebody', was: 'yes' }],
      guests: [{ name: 'A guest', organisation: 'St Mary’s', was: 'yes' }],
    },
  },
  {
    name: 'planSteps',
    params: { event: 'hostile-event-0' },
    body: { steps: [{ id: 'hostile-step-0', title: 'Share the chart' }] },
  },
  { name: 'saveRhythm', params: { rhythm: 'hostile-rhythm-0' }, body: rhythm, headers: first },
  {
    name: 'saveQuestion',
    params: { question: 'hostile-question-0' },
    body: { title: 'Who has a template?', details: 'For the board', topics: ['SPC'] },
    headers: first,
  },
  { name: 'moveQuestion', params: { question: 'hostile-question-0' }, body: { to: 'next' } },
  { name: 'planQuestion', params: { question: 'hostile-question-0' }, body: { event: 'hostile-event-0' } },
  {
    name: 'sendScouts',
    params: { question: 'hostile-question-0' },
    body: { scouts: [personOf('Amara').id], backOn: '2026-12-01' },
  },
  { name: 'voiceQuestion', params: { question: 'hostile-question-0' }, body: { says: 'me-too' } },
  {
    name: 'answerQuestion',
    params: { question: 'hostile-question-0' },
    body: { answer: 'It is in Files', resource: '0'.repeat(32) },
  },
  { name: 'addResource', body: { ...library, url: 'https://example.org/hostile' } },
  { name: 'saveResource', params: { resource: '0'.repeat(32) }, body: library, headers: { 'If-Match': '"none"' } },
  { name: 'checkResource', params: { resource: '0'.repeat(32) }, body: { still: 'right' } },
  { name: 'planSurvey', params: { survey: 'hostile-survey-0' }, body: survey },
  { name: 'previewSurvey', params: { survey: 'hostile-survey-0' }, body: survey },
  { name: 'trySurvey', params: { survey: 'hostile-survey-0' }, body: survey },
  { name: 'changeSurvey', params: { survey: 'hostile-survey-0' }, body: survey, headers: first },
  { name: 'repeatSurvey', params: { survey: 'hostile-survey' }, body: { everyQuarter: true } },
  {
    name: 'answerSurvey',
    params: { survey: 'hostile-survey' },
    body: { sheet: { q1: [0], q2: 'Because' }, token: 'x' },
  },
  { name: 'previewDigest', params: { audience: 'sponsor' }, body: words },
  { name: 'saveDigest', params: { audience: 'sponsor' }, body: words, headers: first },
];

/** Being told to slow down would say nothing of the text: it is asked again, until there is room for it. */
async function patiently(...asking: Parameters<System['ask']>): ReturnType<System['ask']> {
  const answer = await system.ask(...asking);
  if (answer.status !== 429) return answer;
  await new Promise(resolve => setTimeout(resolve, 5_000));
  return patiently(...asking);
}

/** A body that is a file has no fields of text: hostile files are for the tests of who reads them. */
test('every body that the API takes is in the table', () => {
  const taking = Object.entries(api)
    .filter(([, endpoint]) => 'body' in endpoint && !('mostBytes' in endpoint))
    .map(([name]) => name);

  expect(bodies.map(({ name }) => name).toSorted()).toEqual(taking.toSorted());
});

describe('in every text of every body', () => {
  /** Four people, so that nobody waits long for what one may spend. */
  const coordinators = ['Priya', 'Tomasz', 'Amara', 'Daniel'] as const;
  let asked = 0;
  beforeAll(async () => {
    const { settings: before, etag } = (await system.ask('Priya', api.settings)).body as SettingsView;
    const saved = await system.ask('Priya', api.saveSettings, {
      body: { ...before, coordinators: coordinators.map(personOf) },
      headers: { 'If-Match': etag ?? '' },
    });
    expect(saved.status).toBe(200);
    expect(
      (await system.ask('Priya', api.planSurvey, { params: { survey: 'hostile-survey' }, body: survey })).status,
    ).toBe(200);
  });

  test.each(bodies)('$name', async ({ name, params = {}, body, headers = {} }) => {
    const statuses = new Set<number>();
    let count = 0;
    for (const text of hostile) {
      for (const changed of withEach(body, text)) {
        // What is added anew each time: the same id twice would be a conflict before it is looked at.
        const fresh = Object.fromEntries(
          Object.entries(params).map(([key, value]) => [key, value.replace(/-0$/, `-${count++}`)]),
        );
        const who = coordinators[asked++ % coordinators.length] ?? 'Priya';
        statuses.add(
          (await patiently(who, api[name] as AnyEndpoint, { params: fresh, body: changed, headers })).status,
        );
      }
    }

    // A body without a text takes none.
    expect([...statuses].filter(status => status >= 500)).toEqual([]);
    expect(statuses.size > 0).toBe(withEach(body, '').length > 0);
  });

  test('what was taken is clean, and everything that is due goes on', async () => {
    const roles = (await patiently('Priya', api.roles)).body as RolesView;
    const surveys = (await patiently('Priya', api.surveys)).body as SurveysView;

    for (const one of [JSON.stringify(roles), JSON.stringify(surveys)])
      expect(one).not.toMatch(/\\u0000|\\ud800|\\udfff|[\u202a-\u202e\u2066-\u2069]/);
    expect(surveys).toMatchObject({ surveys: expect.any(Array) });
    const before = system.log.filter(({ msg }) => msg === 'surveys checked').length;
    await system.moveTo('2026-11-23T09:00:10Z');
    await eventuallyChecked(before);
    expect(system.log.filter(({ msg }) => msg === 'a scheduled job failed')).toEqual([]);
  });
});

describe('in every place of every address', () => {
  const places = Object.entries(api as Readonly<Record<string, AnyEndpoint>>).flatMap(([name, endpoint]) => [
    ...[...endpoint.path.matchAll(/\{(\w+)\}/g)].map(([, param = '']) => ({ name, endpoint, param })),
    ...(endpoint.query ?? []).map(param => ({ name, endpoint, param })),
  ]);

  test.each(places)('$name, $param', async ({ endpoint, param }) => {
    const token = await system.microsoft365.entra.issueTabToken(personOf('Priya').id);
    const statuses: number[] = [];
    for (const text of ['a%00', '%E2%80%AE', '%FF', '%ED%A0%80']) {
      const path = endpoint.path.replaceAll(/\{(\w+)\}/g, (_all, one: string) =>
        one === param ? text : one === 'community' ? sampleTeam.id : 'risks',
      );
      const query = endpoint.query?.includes(param) ? `?${param}=${text}` : '';
      const response = await fetch(`${system.productUrl}${path}${query}`, {
        method: endpoint.method,
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'If-None-Match': '*' },
        ...(endpoint.body ? { body: '{}' } : {}),
      });
      statuses.push(response.status);
    }

    expect(statuses.filter(status => status >= 500)).toEqual([]);
    // A query that is none may be passed over; a name that is none leads nowhere.
    if (!endpoint.query?.includes(param)) expect(statuses.filter(status => status < 400)).toEqual([]);
  });
});

describe('in a chat and on a card', () => {
  test.each([...hostile, '${1+1}{{x}}', "'; DROP TABLE x; --"])('typed: %j', async text => {
    for (const words of [text, `charter ${text}`, `add action ${text}`, `survey ${text}`]) {
      const { delivery } = await system.microsoft365.connector.says(personOf('Amara').id, 'personal', words);
      expect(delivery?.status).toBe(200);
    }
  });
});

async function eventuallyChecked(before: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (system.log.filter(({ msg }) => msg === 'surveys checked').length > before) return;
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  throw new Error('surveys were not checked');
}

/** Copies of a value, in each of which one text is another. */
function withEach(value: unknown, text: string): readonly unknown[] {
  if (typeof value === 'string') return [text];
  if (Array.isArray(value))
    return value.flatMap((inner, index) => withEach(inner, text).map(changed => value.with(index, changed)));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    withEach(inner, text).map(changed => ({ ...value, [name]: changed })),
  );
}
