import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Card } from '../../bot/cards.ts';
import { api } from '../../domain/api.ts';
import type { AuditView } from '../../domain/audit/api.ts';
import type { PlanView } from '../../domain/plan/api.ts';
import type { PrivacyView } from '../../domain/privacy/api.ts';
import type { RolesView } from '../../domain/roles/api.ts';
import type { SurveyView } from '../../domain/surveys/api.ts';
import type { Message } from '../../infra/local/connector/index.ts';
import { actionsIn, textsIn } from '../support/cards.ts';
import { untilEnd } from '../support/clean-up.ts';
import { createEngines, eventually, type OpenedEngine } from '../support/engines.ts';
import { personOf, startSystem, type System } from '../support/system.ts';

/**
 * What people can trust: what is written down of them, what they can see, take away and have erased. Each test goes on
 * where the one before ended.
 */
const engines = createEngines();
let opened: OpenedEngine;
let database: pg.Client;
let system: System;
beforeAll(async () => {
  opened = await engines.open('PostgreSQL');
  const databaseUrl = opened.databaseUrl ?? '';
  system = await startSystem({ databaseUrl, environment: { FORGET_AFTER_DAYS: '30' } });
  database = new pg.Client({ connectionString: databaseUrl });
  await database.connect();
  untilEnd(() => database.end());
}, 120_000);
afterAll(async () => {
  await system.stop();
  await opened.close();
  await engines.stop();
});

/**
 * Every table of ours and of the job queue that holds this text, anywhere in a row. Lists that are kept with us are the
 * community's, as those in SharePoint, and so is the copy of those.
 */
async function tablesWith(text: string): Promise<readonly string[]> {
  const { rows } = await database.query<{ schema: string; name: string }>(
    `SELECT table_schema AS schema, table_name AS name FROM information_schema.tables WHERE table_schema IN ('public', 'pgboss') AND table_type = 'BASE TABLE' AND table_name NOT IN ('rows', 'mirrored_items')`,
  );
  const found: string[] = [];
  for (const { schema, name } of rows) {
    const { rowCount } = await database.query(
      `SELECT FROM "${schema}"."${name}" AS t WHERE strpos(t::text, $1) > 0 LIMIT 1`,
      [text],
    );
    if (rowCount) found.push(name);
  }
  return found.toSorted();
}
/** Every list that we keep for few with this text anywhere in a row. */
async function listsWith(text: string): Promise<readonly string[]> {
  const found = await database.query<{ list: string }>(
    'SELECT DISTINCT list FROM rows AS t WHERE strpos(t::text, $1) > 0',
    [text],
  );
  return found.rows.map(({ list }) => list).toSorted();
}
function noneHolds(text: string): Promise<true> {
  return eventually(`no table to hold ${text}`, async () => (await tablesWith(text)).length === 0);
}
async function trail(filter: Record<string, string> = {}): Promise<AuditView['entries']> {
  return ((await system.ask('Priya', api.audit, { params: filter })).body as AuditView).entries;
}
/** Acts and outcomes of one person, newest first, once there are so many. */
async function linesOf(who: string, least = 1): Promise<readonly string[]> {
  const entries = await eventually(`${least} lines about ${who}`, async () => {
    const found = await trail({ person: personOf(who).id });
    return found.length >= least && found;
  });
  return entries.map(({ via, outcome, ids }) => [via, outcome, ids].filter(Boolean).join(' '));
}
function messagesOf(who: string): readonly Message[] {
  const { connector } = system.microsoft365;
  const chat = connector.conversationsOf(personOf(who).id).find(one => one.conversation.kind === 'personal')
    ?.conversation.id;
  return chat === undefined ? [] : connector.messages(chat).filter(message => message.from === null);
}
function channelMessages(): readonly Message[] {
  const { connector } = system.microsoft365;
  const channel =
    connector.conversationsOf(personOf('Priya').id).find(one => one.conversation.kind === 'channel')?.conversation.id ??
    '';
  return connector.messages(channel).filter(message => message.from === null);
}
async function says(who: string, where: 'personal' | 'channel', words: string): Promise<void> {
  await system.microsoft365.connector.says(personOf(who).id, where, words);
}
const wordsOf = ({ text, cards }: Message): string => text + cards.flatMap(card => textsIn(card as Card)).join('\n');
function answerTo(who: string, pattern: RegExp): Promise<Message> {
  return eventually(`an answer to ${who} with ${pattern}`, () =>
    messagesOf(who).findLast(message => pattern.test(wordsOf(message))),
  );
}
async function press(who: string, on: Message, verb: string, inputs: object = {}) {
  const action = actionsIn(on.cards[0] as Card).find(one => one['verb'] === verb);
  if (!action) throw new Error(`no button ${verb} on: ${wordsOf(on)}`);
  return system.microsoft365.connector.presses(personOf(who).id, on.id, {
    verb,
    data: { ...(action['data'] as object), ...inputs },
  });
}

describe('what was sent', () => {
  test('is in the database until Teams has it, and not a moment longer', async () => {
    await system.ask('Gwen', api.volunteer, {
      params: { role: 'agenda-activists' },
      body: { note: 'MARKEROFFER I like lists' },
    });
    await answerTo('Priya', /MARKEROFFER/);

    await noneHolds('MARKEROFFER');
  });

  test('a card that is replaced is sent anew, and gone again', async () => {
    const card = await answerTo('Priya', /MARKEROFFER/);

    await press('Priya', card, 'roles.decline');

    await eventually('the other copy to change', () =>
      actionsIn(
        (messagesOf('Tomasz').findLast(message => /Gwen/.test(wordsOf(message)))?.cards[0] ?? {}) as Card,
      ).every(action => action['verb'] !== 'roles.accept'),
    );
    await noneHolds('MARKEROFFER');
  });

  test('nor does what somebody typed stay', async () => {
    await says('Amara', 'personal', 'add action MARKERTYPED book a room');
    await answerTo('Amara', /MARKERTYPED/);

    await noneHolds('MARKERTYPED');
  });
});

describe('the audit trail', () => {
  test('names who changed what, from the tab and from a card', async () => {
    expect(await linesOf('Gwen')).toContain('volunteer done role=agenda-activists');
    expect(await linesOf('Priya')).toContain(`roles.decline done role=agenda-activists person=${personOf('Gwen').id}`);
    expect(await linesOf('Amara')).toContain('add done');
  });

  test('names who was refused, whatever they asked for, and counts instead of repeating', async () => {
    for (let times = 0; times < 5; times++) await system.ask('Daniel', api.newcomers);
    await system.ask('Daniel', api.exportDelivery);
    await system.ask('Daniel', api.deliveryOfAll);
    await system.ask('Daniel', api.giveRole, {
      params: { role: 'sponsor' },
      body: { person: { id: personOf('Daniel').id }, term: { since: '2026-11-22', until: null, note: '' } },
    });

    const entries = await eventually('the refusals', async () => {
      const found = await trail({ person: personOf('Daniel').id, outcome: 'refused' });
      return found.length === 3 && found.some(({ count }) => count === 5) && found;
    });

    expect(entries.map(({ via, count }) => `${via} ${count}`).toSorted()).toEqual([
      'exportDelivery 1',
      'giveRole 1',
      'newcomers 5',
    ]);
    expect(entries.find(({ via }) => via === 'newcomers')).toMatchObject({
      who: { is: 'person', person: personOf('Daniel') },
      what: 'Looked at what newcomers said',
      why: expect.stringContaining('coordinators'),
      door: 'tab',
      act: 'welcome.read',
    });
    const { rows } = await database.query(
      `SELECT via, community FROM audit WHERE person = $1 AND outcome = 'refused' AND community IS NULL`,
      [personOf('Daniel').id],
    );
    expect(rows).toEqual([{ via: 'deliveryOfAll', community: null }]);
  });

  test('names strangers at the door, and no community that is not there', async () => {
    await system.ask('Jonas', api.saveSettings, { body: {}, headers: { 'If-None-Match': '*' } });
    await system.ask('Jonas', api.answerSurvey, {
      params: { survey: 'sample-event' },
      body: { sheet: {}, token: null },
    });
    await system.ask('Jonas', api.community, { params: { community: 'made-up-by-jonas' } });

    await eventually('his refusals', async () => (await trail({ person: personOf('Jonas').id })).length === 2);
    expect(
      (await trail({ person: personOf('Jonas').id })).map(({ who, via }) => `${who.is} ${via}`).toSorted(),
    ).toEqual(['outside answerSurvey', 'outside saveSettings']);
    expect(await tablesWith('made-up-by-jonas')).toEqual([]);
  });

  test('has a line for a refused press', async () => {
    const inChannel = channelMessages().find(({ cards }) => cards.length > 0);
    const data = { community: system.team, role: 'agenda-activists', person: personOf('Gwen').id };

    await system.microsoft365.connector.presses(personOf('Daniel').id, inChannel?.id ?? '', {
      verb: 'roles.accept',
      data,
    });

    await eventually('his press', async () =>
      (await trail({ person: personOf('Daniel').id })).some(
        ({ via, door, outcome }) => via === 'roles.accept' && door === 'card' && outcome === 'refused',
      ),
    );
  });

  test('never says that somebody answered a survey, in the tab, in a card or when they were too late', async () => {
    const survey = randomUUID();
    const question = { id: 'q1', kind: 'text', text: 'How was it?', options: [], low: '', high: '', required: false };
    const body = {
      title: 'A survey',
      intro: '',
      questions: [question],
      anonymous: true,
      audience: 'members',
      opensOn: '2026-11-22',
      closesOn: '2026-11-30',
    };
    const planned = await system.ask('Priya', api.planSurvey, { params: { survey }, body });
    expect({ status: planned.status, id: (planned.body as SurveyView).id }).toEqual({ status: 200, id: survey });
    await linesOf('Priya', 2);
    const viaLars = async (): Promise<readonly string[]> => {
      const found = await database.query<{ via: string }>('SELECT via FROM audit WHERE person = $1', [
        personOf('Lars').id,
      ]);
      return found.rows.map(({ via }) => via);
    };
    const before = await viaLars();

    const answer = { params: { survey }, body: { sheet: { q1: 'MARKERANSWER' }, token: null } };
    const given = await system.ask('Lars', api.answerSurvey, answer);
    const again = await system.ask('Lars', api.answerSurvey, answer);
    await system.ask('Priya', api.closeSurvey, { params: { survey } });
    const late = await system.ask('Lars', api.answerSurvey, answer);
    await says('Lars', 'personal', 'survey');
    await answerTo('Lars', /survey/i);
    await system.ask('Lars', api.newcomers);
    await linesOf('Lars');

    expect(given.status).toBe(200);
    expect([again.status, late.status].every(status => status >= 400 && status < 500)).toBe(true);
    expect((await viaLars()).toSorted()).toEqual([...before, 'newcomers'].toSorted());
    expect(
      system.log
        .filter(line => line['msg'] === 'audit' && line['person'] === personOf('Lars').id)
        .map(line => line['via'])
        .toSorted(),
    ).toEqual([...before, 'newcomers'].toSorted());
  });

  test('is for coordinators, of theirs, and for administrators, of all; anybody else is refused and written down', async () => {
    const [member, elsewhere, all] = [
      await system.ask('Amara', api.audit),
      await system.ask('Tomasz', api.auditOfAll),
      await system.ask('Priya', api.auditOfAll),
    ];

    expect([member.status, elsewhere.status, all.status]).toEqual([403, 403, 200]);
    expect(await linesOf('Amara', 2)).toContain('audit refused');
  });

  test('has the app’s own acts, and who added and removed it', async () => {
    const entries = (
      await eventually('what the app did', async () => {
        const { rows } = await database.query<{ act: string; person: string }>(
          `SELECT act, person FROM audit WHERE door = 'app'`,
        );
        return rows.length >= 3 && rows;
      })
    ).map(({ act, person }) => `${act} ${person}`);

    expect(entries).toEqual(expect.arrayContaining([`app.added ${personOf('Priya').id}`, 'coordinators.changed app']));
  });

  test('no line says what anybody wrote', async () => {
    const { rows } = await database.query<{ line: string }>('SELECT audit::text AS line FROM audit');

    for (const { line } of rows) expect(line).not.toMatch(/MARKER|Raman|Okafor|survey about|Data Storytellers/);
    expect(JSON.stringify(system.log.filter(line => line['msg'] === 'audit'))).not.toMatch(
      /MARKER|Raman|Okafor|Data Storytellers/,
    );
  });
});

describe('my data', () => {
  test('is shown in one’s own chat, and never in the channel', async () => {
    await says('Gwen', 'channel', 'my data');
    await says('Gwen', 'personal', 'my data');

    expect(wordsOf(await answerTo('Gwen', /What is kept about you/))).toContain('MARKER');
    await eventually('one line in the channel', () =>
      channelMessages().some(({ text }) => text.includes('answered in our own chat')),
    );
    expect(JSON.stringify(channelMessages())).not.toContain('What is kept about you');
  });

  test('is everything that names the person, and nothing that others said', async () => {
    const { status, body } = await system.ask('Helen', api.privacy);
    const view = body as PrivacyView;

    expect(status).toBe(200);
    expect(view.held.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['roles', 'replies', 'messages']));
    expect(JSON.stringify(view)).not.toMatch(/Amara|Tomasz|Priya/);
    expect(view.first).toBeNull();
  });

  test('can be taken away as a file that people and machines read', async () => {
    const response = await fetch(`${system.productUrl}${api.exportPrivacy.path.replace('{community}', system.team)}`, {
      headers: { Authorization: `Bearer ${await system.microsoft365.entra.issueTabToken(personOf('Helen').id)}` },
    });

    expect(response.headers.get('content-disposition')).toMatch(/my-data-\d{4}-\d\d-\d\d\.json/);
    expect(await response.json()).toMatchObject({
      person: personOf('Helen'),
      community: { id: system.team },
      held: expect.arrayContaining([expect.objectContaining({ what: 'What you answered to digests' })]),
    });
  });
});

describe('forget me', () => {
  test('whoever coordinates hands over first, in the tab and in the chat', async () => {
    const { status, body } = await system.ask('Tomasz', api.forgetMe);
    await says('Tomasz', 'personal', 'Forget me!');
    const card = await answerTo('Tomasz', /You coordinate/);

    expect({ status, body }).toMatchObject({ status: 409, body: { code: 'hand-over-first' } });
    expect(actionsIn(card.cards[0] as Card).map(action => action['verb'])).not.toContain('privacy.forget');
  });

  test('asks first, and says what goes, what stays and why', async () => {
    await system.ask('Gwen', api.saveAction, {
      params: { action: 'gwens-action' },
      body: {
        title: 'Label the shelves',
        owners: [personOf('Gwen')],
        due: '2026-12-04',
        state: 'to-do',
        weight: 'baseline',
        aim: null,
        notes: '',
      },
      headers: { 'If-None-Match': '*' },
    });
    await says('Gwen', 'personal', 'forget me');
    const words = wordsOf(await answerTo('Gwen', /forget you\?/));

    for (const part of [
      'This is erased',
      'This stays, and loses your name',
      'This stays for a while',
      'audit trail',
      'SharePoint keeps earlier versions',
      'anonymous survey',
    ])
      expect(words).toContain(part);
    expect(await tablesWith(personOf('Gwen').id)).toEqual(expect.arrayContaining(['chats', 'memberships', 'messages']));
  });

  test('erases it everywhere; what is the community’s stays without the name', async () => {
    await press('Gwen', await answerTo('Gwen', /forget you\?/), 'privacy.forget');

    await eventually('her to be forgotten', async () =>
      (await tablesWith(personOf('Gwen').id)).every(name =>
        ['audit', 'opt_outs', 'inbox', 'threads', 'job', 'rate_limits'].includes(name),
      ),
    );
    expect(await listsWith(personOf('Gwen').id)).toEqual([]);
    const plan = (await system.ask('Priya', api.plan)).body as PlanView;
    const action = plan.actions.find(({ id }) => id === 'gwens-action');
    expect(action).toMatchObject({
      title: 'Label the shelves',
      owners: [],
      addedBy: { name: 'somebody who left' },
      changed: { by: { name: 'somebody who left' } },
    });
    const { body } = await system.ask('Priya', api.roles);
    expect(JSON.stringify((body as RolesView).roles)).not.toContain('Gwen');
  });

  test('may be repeated, and leaves only what was said to stay', async () => {
    const { status, body } = await system.ask('Gwen', api.forgetMe);

    expect(status).toBe(200);
    expect((body as PrivacyView).held.every(({ fate }) => fate === 'stays')).toBe(true);
  });

  test('the app does not write to her any more, until she wants that', async () => {
    const before = messagesOf('Gwen').length;
    await system.ask('Priya', api.saveAction, {
      params: { action: 'for-gwen' },
      body: {
        title: 'Count the chairs',
        owners: [personOf('Gwen')],
        due: '2026-11-24',
        state: 'to-do',
        weight: 'baseline',
        aim: null,
        notes: '',
      },
      headers: { 'If-None-Match': '*' },
    });

    await system.moveTo('2026-11-24T10:00:00Z');
    await eventually(
      'the reminder to be settled',
      async () =>
        (
          await database.query(`SELECT FROM messages WHERE recipient = $1 AND state = 'opted-out'`, [
            personOf('Gwen').id,
          ])
        ).rowCount === 1,
    );

    expect(messagesOf('Gwen')).toHaveLength(before);
  });
});

describe('somebody leaves the team', () => {
  test('a clock begins; while it runs nothing is erased', async () => {
    await system.microsoft365.connector.leaves(system.team, [personOf('Mei').id, personOf('Yusuf').id]);
    // Teams told its own ids only, and nobody had written to them yet: the night finds out who it was.
    await system.night();
    expect((await database.query('SELECT FROM leavers')).rowCount).toBe(2);

    await system.moveTo('2026-12-20T10:00:00Z');
    await system.night();

    expect((await database.query('SELECT FROM leavers')).rowCount).toBe(2);
  });

  test('coming back stops it', async () => {
    await system.microsoft365.connector.joins(system.team, [personOf('Yusuf').id]);

    await eventually('one clock less', async () => (await database.query('SELECT FROM leavers')).rowCount === 1);
  });

  test('when it is over everything goes, and who it was reads “somebody who left” in the trail', async () => {
    await system.moveTo('2026-12-29T10:00:00Z');
    await system.night();
    await system.night();

    expect(
      (await tablesWith(personOf('Mei').id)).filter(
        name => !['audit', 'inbox', 'threads', 'job', 'rate_limits'].includes(name),
      ),
    ).toEqual([]);
    expect(await listsWith(personOf('Mei').id)).toEqual([]);
    expect(JSON.stringify((await system.ask('Priya', api.plan)).body)).not.toContain('Mei-Ling');
    expect(JSON.stringify((await system.ask('Priya', api.roles)).body)).not.toContain('Mei-Ling');
    await eventually(
      'a line about it',
      async () => (await database.query(`SELECT FROM audit WHERE act = 'people.forgotten'`)).rowCount === 1,
    );
  });

  test('also where Teams never said that they left', async () => {
    system.microsoft365.directory.removeMember(system.team, personOf('Sof').id);
    await system.moveTo('2026-12-30T10:00:00Z');
    await system.night();

    expect((await database.query('SELECT person FROM leavers')).rows).toEqual([{ person: personOf('Sof').id }]);
  });
});

describe('links to calendars', () => {
  async function link(who: string, scope: 'mine' | 'community'): Promise<string> {
    const { body } = await system.ask(who, api.makeCalendarLink, { params: { scope } });
    return new URL((body as { url: string }).url).pathname;
  }
  const status = async (path: string): Promise<number> => (await fetch(system.productUrl + path)).status;

  test('one’s own ends with leaving, the community’s when whoever made it leaves', async () => {
    const [his, ours] = [await link('Lars', 'mine'), await link('Tomasz', 'community')];
    expect([await status(his), await status(ours)]).toEqual([200, 200]);

    await system.microsoft365.connector.leaves(system.team, [personOf('Lars').id, personOf('Tomasz').id]);

    await eventually('both to lead nowhere', async () => (await status(his)) === 404 && (await status(ours)) === 404);
  });
});
