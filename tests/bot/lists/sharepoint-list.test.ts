import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createTeamLists } from '../../../bot/lists/community-lists.ts';
import { change, VersionConflict } from '../../../bot/lists/list.ts';
import type { CharterRow, PlanRow, TickRow } from '../../../bot/lists/model.ts';
import { startListsOverHttp, type ListsOverHttp } from '../../support/lists.ts';
import { samplePeople } from '../../../infra/local/sample-people.ts';

let over: ListsOverHttp;
beforeAll(async () => {
  over = await startListsOverHttp();
  await over.provision(over.team);
});
afterAll(() => over.stop());

const priya = { id: samplePeople[0]!.id, name: samplePeople[0]!.displayName };
const anna = { id: 'anna', name: 'Anna' };
const ben = { id: 'ben', name: 'Ben' };

function section(key: CharterRow['key'], text: string): CharterRow {
  return { key, section: 'purpose', text, reviewOn: null, changedBy: anna, changedAt: '2026-11-22T10:00:00Z' };
}
function planRow(key: string, more: Partial<PlanRow>): PlanRow {
  return {
    key,
    title: 'Book a room',
    owners: [anna],
    due: null,
    state: 'to-do',
    weight: 'baseline',
    aim: null,
    notes: '',
    steps: [],
    links: [],
    addedBy: anna,
    addedAt: '2026-11-23T09:00:00Z',
    doneAt: null,
    changedBy: anna,
    changedAt: '2026-11-23T09:00:00Z',
    ...more,
  };
}
function tick(week: string, task: string, tickedBy = anna): TickRow {
  return { key: `${week}/${task}`, week, task, tickedBy, tickedAt: '2026-11-23T09:12:00Z' };
}

describe('a SharePoint list over Graph', () => {
  test('gives back what was saved, whatever a person wrote', async () => {
    const list = over.lists.of(over.team).charter;
    const text = 'Straße, ☕️ & “quotes”, it’s <b>bold</b>, ${json(1)}\n\n# Heading\n' + 'long '.repeat(500);

    const { row } = await list.create(section('as-written', text));
    const found = await list.find('as-written');

    expect(found).toEqual(row);
    expect(found?.value).toEqual(section('as-written', text));
  });

  test('finds a key with a quote in it, and nothing for an unknown one', async () => {
    const list = over.lists.of(over.team).charter;
    await list.create(section("it's", 'x'));

    expect((await list.find("it's"))?.value.key).toBe("it's");
    expect(await list.find('nobody')).toBeUndefined();
  });

  test('a create that is repeated finds its twin', async () => {
    const list = over.lists.of(over.team).ticks;

    const first = await list.create(tick('2026-11-23', 'greet', anna));
    const second = await list.create(tick('2026-11-23', 'greet', ben));

    expect(first.created).toBe(true);
    expect(second).toEqual({ created: false, row: first.row });
  });

  test('two creates at the same moment make one row', async () => {
    const list = over.lists.of(over.team).ticks;

    const results = await Promise.all(
      [anna, ben, anna, ben].map(person => list.create(tick('2026-11-23', 'race', person))),
    );

    expect(results.filter(result => result.created)).toHaveLength(1);
    expect(new Set(results.map(result => result.row.id)).size).toBe(1);
  });

  test('lists the rows of one week, over all pages', async () => {
    const list = over.lists.of(over.team).ticks;
    const tasks = Array.from({ length: 230 }, (_, index) => `task-${index}`);
    for (const task of tasks) await list.create(tick('2026-12-07', task));

    const rows = await list.all({ week: '2026-12-07' });

    expect(rows.map(row => row.value.task).toSorted()).toEqual(tasks.toSorted());
  });

  test('an update with a stale ETag is refused and changes nothing', async () => {
    const list = over.lists.of(over.team).charter;
    const { row } = await list.create(section('stale', 'first'));
    await list.update(row, section('stale', 'second'));

    await expect(list.update(row, section('stale', 'third'))).rejects.toThrow(VersionConflict);
    expect((await list.find('stale'))?.value.text).toBe('second');
  });

  test('of two updates with one ETag, one wins', async () => {
    const list = over.lists.of(over.team).charter;
    const { row } = await list.create(section('two', 'first'));

    const outcomes = await Promise.allSettled([
      list.update(row, section('two', 'Anna’s')),
      list.update(row, section('two', 'Ben’s')),
    ]);

    expect(outcomes.map(outcome => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('change() reads again, so that nobody’s edit is lost', async () => {
    const list = over.lists.of(over.team).charter;
    await list.create(section('count', '0'));

    await Promise.all(
      [1, 2, 3, 4].map(() => change(list, 'count', row => row && { ...row, text: String(Number(row.text) + 1) })),
    );

    expect((await list.find('count'))?.value.text).toBe('4');
  });

  test('removing is safe to repeat, and refuses a row that changed', async () => {
    const list = over.lists.of(over.team).charter;
    const { row } = await list.create(section('gone', 'x'));
    const newer = await list.update(row, section('gone', 'y'));

    await expect(list.remove(row)).rejects.toThrow(VersionConflict);
    await list.remove(newer);
    await list.remove(newer);

    expect(await list.find('gone')).toBeUndefined();
  });

  test('on behalf of a person, SharePoint’s history names them', async () => {
    const token = await over.microsoft365.entra.issueTabToken(priya.id);
    const { row } = await over.lists.onBehalfOf(over.team, token).charter.create(section('history', 'by Priya'));
    await over.lists.of(over.team).charter.update(row, section('history', 'by the app'));

    const site = await over.findSite(over.team);
    const { value } = await over
      .graphAs('app')
      .get<{ value: { lastModifiedBy: { user?: { displayName: string }; application?: { displayName: string } } }[] }>(
        `/sites/${site}/lists/CoP%20Charter/items/${row.id}/versions`,
      );

    expect(
      value.map(version => [version.lastModifiedBy.user?.displayName, version.lastModifiedBy.application?.displayName]),
    ).toEqual([
      [expect.not.stringContaining('Priya'), 'CoP Companion'],
      ['Priya Raman', 'CoP Companion'],
    ]);
  });

  test('versions say who saved: the person, or nobody when the app did it for itself', async () => {
    const token = await over.microsoft365.entra.issueTabToken(priya.id);
    const { row } = await over.lists.onBehalfOf(over.team, token).charter.create(section('versions', 'by Priya'));
    await over.lists.of(over.team).charter.update(row, section('versions', 'by the app'));

    const versions = await over.lists.of(over.team).charter.versions(row.id, 10);

    expect(versions.map(({ version, value, savedBy }) => [version, value.text, savedBy])).toEqual([
      ['2.0', 'by the app', null],
      ['1.0', 'by Priya', 'Priya Raman'],
    ]);
  });

  test('a value that does not fit its column is refused before Graph is asked', async () => {
    const list = over.lists.of(over.team).ticks;

    await expect(list.create(tick('2026-11-23', 'x'.repeat(300)))).rejects.toMatchObject({
      code: 'invalid',
      message: expect.stringContaining('CoP Facilitation.task cannot be saved'),
    });
  });

  test('a row that somebody added by hand is left alone', async () => {
    const site = await over.findSite(over.team);
    await over
      .graphAs('app')
      .post(`/sites/${site}/lists/CoP%20Own%20Roles/items`, { fields: { Title: 'written by hand' } });

    expect(await over.lists.of(over.team).ownRoles.all()).toEqual([]);
  });
});

test('a row of ours that somebody broke by hand is named, and the others are read', async () => {
  const heard: (readonly string[])[] = [];
  const lists = createTeamLists(over.graphAs, over.places.find, {
    unreadable: (community, list, keys) => void (community === over.team && list === 'CoP Roles' && heard.push(keys)),
  });
  const site = await over.findSite(over.team);
  const fields = {
    Title: 'x',
    CopRole: 'sponsor',
    CopPerson: JSON.stringify({ id: 'anna', name: 'Anna', mail: null }),
    CopSince: '2026-11-22',
    CopState: 'accepted',
    CopChangedBy: JSON.stringify(anna),
    CopChangedAt: '2026-11-22T10:00:00Z',
  };
  await over.graphAs('app').post(`/sites/${site}/lists/CoP%20Roles/items`, { fields: { ...fields, CopKey: 'whole' } });
  await over
    .graphAs('app')
    .post(`/sites/${site}/lists/CoP%20Roles/items`, { fields: { ...fields, CopKey: 'no-day', CopSince: 'soon' } });
  await over
    .graphAs('app')
    .post(`/sites/${site}/lists/CoP%20Roles/items`, { fields: { ...fields, CopKey: 'no-person', CopPerson: '{' } });

  const rows = await lists.of(over.team).roles.all();

  expect([rows.map(({ value }) => value.key), heard]).toEqual([['whole'], [['no-day', 'no-person']]]);
});

describe('a row with odd characters in it', () => {
  const odd = 'a\u0000\u0001 \ud800 \u202eb\uffff';

  test('that somebody wrote by hand is read clean, in its words and in its JSON', async () => {
    const site = await over.findSite(over.team);
    await over.graphAs('app').post(`/sites/${site}/lists/CoP%20Charter/items`, {
      fields: {
        Title: 'odd',
        CopKey: 'odd-by-hand',
        CopSection: 'purpose',
        // SharePoint itself keeps nothing that XML has no place for; in JSON it is written in letters that are harmless.
        CopText: 'a \u202eb\ufdd0',
        CopChangedBy: JSON.stringify({ id: 'anna', name: 'a\u0000\u0001 \ud800 \u202eb' }),
        CopChangedAt: '2026-11-22T10:00:00Z',
      },
    });

    const found = await over.lists.of(over.team).charter.find('odd-by-hand');

    expect([found?.value.text, found?.value.changedBy.name]).toEqual(['a b', 'a \ufffd b']);
  });

  test('is saved clean, whatever the caller had', async () => {
    await over.lists.of(over.team).charter.create(section('odd', odd));

    expect((await over.lists.of(over.team).charter.find('odd'))?.value.text).toBe('a \ufffd b');
  });
});

describe('when Microsoft 365 does not play along', () => {
  test.each([
    { status: 503, count: 1, reason: 'one failure is tried again by Graph’s own client' },
    { status: 429, count: 1, reason: 'Retry-After is honoured' },
  ])('$status: $reason', async ({ status, count }) => {
    over.microsoft365.faults.add({ path: '/graph/v1.0/sites', method: 'GET', status, count, retryAfter: 0 });

    expect(await over.lists.of(over.team).charter.find('nobody')).toBeUndefined();
  });

  test('403 says that the app has no grant', async () => {
    over.microsoft365.graph.grantSite(over.team, null);

    await expect(over.lists.of(over.team).charter.find('x')).rejects.toMatchObject({ code: 'not-granted' });
    over.microsoft365.graph.grantSite(over.team, 'fullcontrol');
  });

  test('a person whose consent is missing is told so', async () => {
    const before = over.microsoft365.entra.consent.delegated();
    over.microsoft365.entra.consent.setDelegated([]);
    const token = await over.microsoft365.entra.issueTabToken(samplePeople[1]!.id);

    await expect(over.lists.onBehalfOf(over.team, token).charter.find('x')).rejects.toMatchObject({
      code: 'consent-needed',
    });
    over.microsoft365.entra.consent.setDelegated(before);
  });
});

describe('when two saves meet in SharePoint', () => {
  const met = { status: 409, code: 'resourceModified' } as const;

  test('an update is sent again, and is done when nobody else had saved this row', async () => {
    const list = over.lists.of(over.team).charter;
    const { row } = await list.create(section('met', 'first'));
    over.microsoft365.faults.add({ path: '/fields', method: 'PATCH', count: 1, ...met });

    expect((await list.update(row, section('met', 'second'))).value.text).toBe('second');
    expect((await list.find('met'))?.value.text).toBe('second');
  });

  test('an update of a row that somebody saved meanwhile is a conflict', async () => {
    const list = over.lists.of(over.team).charter;
    const { row } = await list.create(section('met-and-lost', 'first'));
    await list.update(row, section('met-and-lost', 'theirs'));
    over.microsoft365.faults.add({ path: '/fields', method: 'PATCH', count: 1, ...met });

    await expect(list.update(row, section('met-and-lost', 'ours'))).rejects.toBeInstanceOf(VersionConflict);
    expect((await list.find('met-and-lost'))?.value.text).toBe('theirs');
  });

  test('a new row and a removal are sent again', async () => {
    const list = over.lists.of(over.team).charter;
    over.microsoft365.faults.add({ path: '/items', method: 'POST', count: 1, ...met });

    const { created, row } = await list.create(section('met-new', 'first'));
    over.microsoft365.faults.add({ path: '/items', method: 'DELETE', count: 1, ...met });
    await list.remove(row);

    expect(created).toBe(true);
    expect(await list.find('met-new')).toBeUndefined();
  });

  test('one that goes on for long is a conflict, which says so', async () => {
    const list = over.lists.of(over.team).charter;
    const { row } = await list.create(section('met-for-long', 'first'));
    over.microsoft365.faults.add({ path: '/fields', method: 'PATCH', count: 99, ...met });

    await expect(list.update(row, section('met-for-long', 'second'))).rejects.toMatchObject({
      code: 'version-conflict',
    });
    over.microsoft365.faults.clear();
  });
});

describe('when an answer is lost', () => {
  test.each([
    { status: 504, reason: 'the official client sends it again, and the second is refused for its key' },
    { status: 500, reason: 'nobody sends it again' },
  ])('a create that was done and answered $status is still ours: $reason', async ({ status }) => {
    const list = over.lists.of(over.team).ticks;
    over.microsoft365.faults.add({ path: '/items', method: 'POST', status, count: 1, afterwards: true, retryAfter: 0 });

    const { created, row } = await list.create(tick('2026-11-30', `lost-${status}`));

    expect(created).toBe(true);
    expect((await list.all({ week: '2026-11-30' })).filter(other => other.value.key === row.value.key)).toEqual([row]);
  });

  test('a create that somebody else did first is not taken for ours', async () => {
    const list = over.lists.of(over.team).ticks;
    await list.create(tick('2026-11-30', 'taken', anna));
    over.microsoft365.faults.add({ path: '/items', method: 'POST', status: 503, count: 1, retryAfter: 0 });

    expect((await list.create(tick('2026-11-30', 'taken', ben))).created).toBe(false);
  });

  test('an update that was done and answered 504 is no conflict with itself', async () => {
    const list = over.lists.of(over.team).charter;
    const { row } = await list.create(section('lost-update', 'first'));
    over.microsoft365.faults.add({
      path: '/fields',
      method: 'PATCH',
      status: 504,
      count: 1,
      afterwards: true,
      retryAfter: 0,
    });

    const saved = await list.update(row, section('lost-update', 'second'));

    expect(saved).toEqual({ ...(await list.find('lost-update')), changedAt: saved.changedAt });
    expect(saved.value.text).toBe('second');
  });
});

describe('a list of an earlier version, which lacks columns that came later', () => {
  let here: ListsOverHttp;
  beforeEach(async () => {
    here = await startListsOverHttp();
    await here.provision(here.team);
    const path = `/sites/${await here.findSite(here.team)}/lists/CoP%20Plan/columns`;
    for (const column of ['CopSteps', 'CopLinks']) await here.graphAs('app').delete(`${path}/${column}`);
  });
  afterEach(() => here.stop());

  const step = { id: 'step-0001', text: 'Ask the library', done: false };

  test('is read and written without them, also where the app may not make them', async () => {
    here.microsoft365.graph.grantSite(here.team, 'write');
    const { plan } = here.lists.of(here.team);
    const { row } = await plan.create(planRow('book', { title: 'Book a room' }));

    const saved = await plan.update(row, planRow('book', { title: 'Book the big room' }));

    expect((await plan.all()).map(({ value }) => value)).toEqual([planRow('book', { title: 'Book the big room' })]);
    await expect(
      plan.update(saved, planRow('book', { title: 'Book the big room', steps: [step] })),
    ).rejects.toMatchObject({ code: 'not-set-up', details: { list: 'CoP Plan', columns: ['CopSteps', 'CopLinks'] } });
  });

  test('holds what is new once they are made, and lets go of it', async () => {
    const { row } = await here.lists.of(here.team).plan.create(planRow('book', {}));
    await here.provision(here.team);
    const { plan } = here.lists.of(here.team);

    const saved = await plan.update(row, planRow('book', { steps: [step] }));
    expect((await plan.find('book'))?.value.steps).toEqual([step]);
    await plan.update(saved, planRow('book', {}));

    expect((await plan.find('book'))?.value.steps).toEqual([]);
  });

  test('says in the settings what has to be granted, and loses none of what can be made', async () => {
    const path = `/sites/${await here.findSite(here.team)}/lists/CoP%20Plan`;
    here.microsoft365.graph.grantSite(here.team, 'write');

    const { lists } = await here.ask(here.team);

    const failed = lists.filter(({ state }) => state === 'failed');
    expect(failed).toEqual([
      { name: 'CoP Plan', state: 'failed', later: true, problem: expect.objectContaining({ code: 'not-granted' }) },
    ]);
    here.microsoft365.graph.grantSite(here.team, 'fullcontrol');
    await here.provision(here.team);
    const { columns } = await here.graphAs('app').get<{ columns: { name: string }[] }>(`${path}?$expand=columns`);
    expect(columns.map(({ name }) => name)).toEqual(expect.arrayContaining(['CopSteps', 'CopLinks']));
  });
});

describe('when somebody deletes a column by hand', () => {
  let here: ListsOverHttp;
  beforeEach(async () => {
    here = await startListsOverHttp();
    await here.provision(here.team);
    await here.lists.of(here.team).charter.create(section('purpose', 'We share what we know.'));
    await here.lists.of(here.team).ticks.create(tick('2026-11-23', 'greet'));
  });
  afterEach(() => here.stop());

  async function deleteColumn(list: string, column: string): Promise<void> {
    await here
      .graphAs('app')
      .delete(`/sites/${await here.findSite(here.team)}/lists/${encodeURIComponent(list)}/columns/${column}`);
  }

  test.each([
    { column: 'CopSection', reason: 'rows could not be read without it' },
    { column: 'CopText', reason: 'every section would look empty' },
    { column: 'CopKey', reason: 'no row could be told from another' },
    { column: 'CopReviewOn', reason: 'it may be empty, and is not there all the same' },
  ])('reading says which list lacks what, because $reason: $column', async ({ column }) => {
    await deleteColumn('CoP Charter', column);

    await expect(here.lists.of(here.team).charter.all()).rejects.toMatchObject({
      code: 'not-set-up',
      details: { list: 'CoP Charter', columns: [column] },
    });
  });

  test('saving says so, too, and saves nothing', async () => {
    const { charter } = here.lists.of(here.team);
    const row = await charter.find('purpose');
    await deleteColumn('CoP Charter', 'CopText');

    const update = charter.update(row!, section('purpose', 'New'));
    const create = charter.create(section('aims', 'New'));

    await expect(update).rejects.toMatchObject({ code: 'not-set-up', details: { columns: ['CopText'] } });
    await expect(create).rejects.toMatchObject({ code: 'not-set-up', details: { columns: ['CopText'] } });
  });

  test('finding rows by a column that has lost its index says so', async () => {
    const graph = here.graphAs('app');
    const path = `/sites/${await here.findSite(here.team)}/lists/CoP%20Facilitation/columns/CopWeek`;
    await graph.patch(path, { indexed: false });

    await expect(here.lists.of(here.team).ticks.all({ week: '2026-11-23' })).rejects.toMatchObject({
      code: 'not-set-up',
      details: { columns: ['CopWeek'] },
    });
  });

  test.each([
    {
      column: 'CopSection',
      left: { section: 'purpose', text: 'We share what we know.' },
      reason: 'the key says it, too',
    },
    {
      column: 'CopChangedBy',
      left: { text: 'We share what we know.', changedBy: { id: 'unknown', name: '—' } },
      reason: 'who changed it is lost, the text is not',
    },
    { column: 'CopKey', left: { key: 'purpose', text: 'We share what we know.' }, reason: 'the title says it, too' },
    { column: 'CopText', left: { text: '' }, reason: 'SharePoint keeps nothing of a deleted column' },
  ])('after the repair the row is there again: $column, $reason', async ({ column, left }) => {
    await deleteColumn('CoP Charter', column);
    const { lists } = await here.provision(here.team);

    const row = await here.lists.of(here.team).charter.find('purpose');
    const saved = await here.lists.of(here.team).charter.update(row!, section('purpose', 'New'));

    expect(lists.filter(({ state }) => state !== 'ready')).toEqual([{ name: 'CoP Charter', state: 'repaired' }]);
    expect(row?.value).toMatchObject(left);
    expect(saved.value.text).toBe('New');
  });

  test('a row that cannot be read any more gives its key to the next who writes it', async () => {
    await deleteColumn('CoP Facilitation', 'CopTickedBy');
    await here.provision(here.team);
    const { ticks } = here.lists.of(here.team);

    const lost = await ticks.find('2026-11-23/greet');
    const { created, row } = await ticks.create(tick('2026-11-23', 'greet', ben));

    expect([lost, created, row.value.tickedBy]).toEqual([undefined, true, ben]);
    expect(await ticks.all()).toHaveLength(1);
  });

  test('a list that is in order is not looked at again for every reading', async () => {
    const asked: string[] = [];
    const { microsoft365 } = here;
    const take = microsoft365.faults.take.bind(microsoft365.faults);
    microsoft365.faults.take = (method, path) => {
      asked.push(`${method} ${path.replace(/.*\/lists\//, '')}`);
      return take(method, path);
    };
    const lists = here.lists;

    for (let index = 0; index < 3; index++) await lists.of(here.team).charter.all();

    const { charter } = (await here.places.find(here.team)).lists;
    expect(asked.toSorted()).toEqual([
      `GET ${charter}`,
      `GET ${charter}/items`,
      `GET ${charter}/items`,
      `GET ${charter}/items`,
    ]);
  });
});
