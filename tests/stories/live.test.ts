import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { api } from '../../domain/api.ts';
import type { DigestView } from '../../domain/digest/api.ts';
import type { LiveEvent } from '../../domain/live/api.ts';
import type { PlanView } from '../../domain/plan/api.ts';
import { templates } from '../support/method-text.ts';
import { eventually } from '../support/engines.ts';
import { personOf, startSystem, type System } from '../support/system.ts';

/** What open tabs hear of what others do, over HTTP, with the whole product behind it. */
let system: System;
beforeAll(async () => {
  system = await startSystem();
});
afterAll(() => system.stop());

interface Tab {
  /** Topics, each as often as it was told. */
  readonly heard: string[];
  /** Who else is here, and what they edit, as it was told last. */
  readonly here: string[];
  readonly status: number;
  readonly isOpen: () => boolean;
  close(): void;
}

const open: Tab[] = [];
afterEach(() => {
  for (const tab of open.splice(0)) tab.close();
});

async function listens(who: string | null, query = ''): Promise<Tab> {
  const leaving = new AbortController();
  const token = who === null ? null : await system.microsoft365.entra.issueTabToken(personOf(who).id);
  const response = await fetch(`${system.productUrl}${api.live.path.replace('{community}', system.team)}${query}`, {
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    signal: leaving.signal,
  });
  const heard: string[] = [];
  const here: string[] = [];
  let isOpen = response.ok;
  async function read(body: ReadableStream<Uint8Array>): Promise<void> {
    const events = body
      .pipeThrough(new TextDecoderStream() as unknown as TransformStream<Uint8Array, string>)
      .pipeThrough(new EventSourceParserStream());
    try {
      for await (const { data } of events) {
        const event = JSON.parse(data) as LiveEvent;
        if ('changed' in event) heard.push(...event.changed);
        else here.splice(0, Infinity, ...event.here.map(({ name, editing }) => `${name} ${editing ?? ''}`.trim()));
      }
    } catch {
      // Cut off, or closed by the test.
    }
    isOpen = false;
  }
  if (response.ok && response.body) {
    void read(response.body);
    // What was told in the seconds before comes at once, and is not what a test asks about.
    await moment();
    heard.length = 0;
  }
  const tab = { heard, here, status: response.status, isOpen: () => isOpen, close: () => leaving.abort() };
  open.push(tab);
  return tab;
}

/** Long enough for whatever is told to have come. */
const moment = (): Promise<void> => new Promise(resolve => setTimeout(resolve, 700));

async function moveAction(who: string): Promise<void> {
  const { actions } = (await system.ask(who, api.plan)).body as PlanView;
  const { id, etag, title, owners, due, state, weight, aim, notes } = actions[0]!;
  const body = { title, owners, due, state: state === 'doing' ? 'to-do' : 'doing', weight, aim, notes } as const;
  const saved = await system.ask(who, api.saveAction, { params: { action: id }, body, headers: { 'If-Match': etag } });
  expect(saved.status).toBe(200);
}

describe('who hears', () => {
  test('a member hears within a second that a coordinator moved an action', async () => {
    const amara = await listens('Amara');
    const began = performance.now();
    await moveAction('Priya');
    const saved = performance.now();
    await eventually('the plan', () => amara.heard.includes('plan'), 5_000);

    expect(performance.now() - saved).toBeLessThan(1_000);
    expect(saved - began).toBeGreaterThan(0);
  });

  test('a draft of a digest is heard by those who look after it alone', async () => {
    const [tomasz, amara] = [await listens('Tomasz'), await listens('Amara')];
    const { drafts } = (await system.ask('Priya', api.digest)).body as DigestView;
    const etag = drafts.find(({ audience }) => audience === 'members')?.etag;
    const saved = await system.ask('Priya', api.saveDigest, {
      params: { audience: 'members' },
      body: { intro: 'Hello all', ask: '', story: '', times: [], sendOn: null },
      headers: etag ? { 'If-Match': etag } : { 'If-None-Match': '*' },
    });
    expect(saved.status).toBe(200);
    await eventually('the draft', () => tomasz.heard.includes('digest'), 5_000);
    await moment();

    expect(amara.heard).toEqual([]);
  });

  test('who else is here, and which section a coordinator edits, as long as they are', async () => {
    const amara = await listens('Amara');
    const priya = await listens('Priya', '?editing=aims');
    await eventually('Priya to be seen', () => amara.here.join() === 'Priya Raman aims', 5_000);
    await eventually('Amara to be seen', () => priya.here.join() === personOf('Amara').name, 5_000);

    priya.close();
    await eventually('Priya to be gone', () => amara.here.length === 0, 5_000);
    expect(system.log.filter(line => JSON.stringify(line).includes('Priya Raman'))).toEqual([]);
  });

  test('nobody hears when somebody answers a survey, by name or without', async () => {
    for (const anonymous of [true, false]) {
      const survey = anonymous ? 'live-anonymous' : 'live-named';
      const planned = await system.ask('Priya', api.planSurvey, {
        params: { survey },
        body: {
          title: 'How are we?',
          intro: '',
          questions: templates.find(({ id }) => id === 'event')!.questions,
          anonymous,
          audience: 'channel',
          opensOn: '2026-11-22',
          closesOn: '2026-11-28',
        },
      });
      expect(planned.status).toBe(200);
    }
    await moment();
    const [priya, amara] = [await listens('Priya'), await listens('Amara')];
    const rating = templates.find(({ id }) => id === 'event')!.questions.find(({ kind }) => kind === 'rating')!.id;
    for (const survey of ['live-anonymous', 'live-named']) {
      const answered = await system.ask('Daniel', api.answerSurvey, {
        params: { survey },
        body: { sheet: { [rating]: 4 }, token: null },
      });
      expect(answered.status).toBe(200);
    }
    await moment();

    expect([priya.heard, amara.heard]).toEqual([[], []]);
  });

  test('nobody from outside, and nobody without a token', async () => {
    const outsider = system.microsoft365.directory.users().find(({ id }) => {
      const team = system.microsoft365.directory.team(system.team)!;
      return !team.members.some(({ userId }) => userId === id);
    });
    const stranger = await fetch(`${system.productUrl}${api.live.path.replace('{community}', system.team)}`, {
      headers: { authorization: `Bearer ${await system.microsoft365.entra.issueTabToken(outsider!.id)}` },
    });

    expect((await listens(null)).status).toBe(401);
    expect(stranger.status).toBe(404);
    expect((await system.ask('Amara', api.live, { params: { community: 'another-team' } })).status).toBe(404);
  });
});

describe('when it ends', () => {
  test('the oldest of a person’s many tabs makes room', async () => {
    const first = await listens('Amara');
    for (let count = 0; count < 8; count++) await listens('Amara');

    await eventually('the first to end', () => !first.isOpen());
    expect(open.slice(1).every(({ isOpen }) => isOpen())).toBe(true);
  });

  test('whoever leaves the team hears nothing more', async () => {
    const [lars, amara] = [await listens('Lars'), await listens('Amara')];
    await system.microsoft365.connector.leaves(system.team, [personOf('Lars').id]);
    await eventually('the end', () => !lars.isOpen());

    expect(amara.isOpen()).toBe(true);
    expect((await listens('Lars')).status).toBe(404);
  });

  test('a server that stops lets them go at once', async () => {
    const amara = await listens('Amara');
    const began = performance.now();
    await system.restart();

    expect(amara.isOpen()).toBe(false);
    // A stop that waited for open answers would take 18 s.
    expect(performance.now() - began).toBeLessThan(15_000);
    expect((await listens('Amara')).status).toBe(200);
  });
});
