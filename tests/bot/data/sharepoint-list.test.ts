import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { change, VersionConflict } from '../../../bot/data/list.ts';
import type { CharterRow, TickRow } from '../../../bot/data/lists.ts';
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

    const results = await Promise.all([anna, ben, anna, ben].map(person => list.create(tick('2026-11-23', 'race', person))));

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

    const outcomes = await Promise.allSettled([list.update(row, section('two', 'Anna’s')), list.update(row, section('two', 'Ben’s'))]);

    expect(outcomes.map(outcome => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  test('change() reads again, so that nobody’s edit is lost', async () => {
    const list = over.lists.of(over.team).charter;
    await list.create(section('count', '0'));

    await Promise.all([1, 2, 3, 4].map(() => change(list, 'count', row => row && { ...row, text: String(Number(row.text) + 1) })));

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
    const { value } = await over.graphAs('app').get<{ value: { lastModifiedBy: { user?: { displayName: string }; application?: { displayName: string } } }[] }>(
      `/sites/${site}/lists/CoP%20Charter/items/${row.id}/versions`,
    );

    expect(value.map(version => [version.lastModifiedBy.user?.displayName, version.lastModifiedBy.application?.displayName])).toEqual([
      [expect.not.stringContaining('Priya'), 'CoP Companion'],
      ['Priya Raman', 'CoP Companion'],
    ]);
  });

  test('versions say who saved: the person, or nobody when the app did it for itself', async () => {
    const token = await over.microsoft365.entra.issueTabToken(priya.id);
    const { row } = await over.lists.onBehalfOf(over.team, token).charter.create(section('versions', 'by Priya'));
    await over.lists.of(over.team).charter.update(row, section('versions', 'by the app'));

    const versions = await over.lists.of(over.team).charter.versions(row.id, 10);

    expect(versions.map(({ version, value, savedBy }) => [version, value.text, savedBy])).toEqual([['2.0', 'by the app', null], ['1.0', 'by Priya', 'Priya Raman']]);
  });

  test('a value that does not fit its column is refused before Graph is asked', async () => {
    const list = over.lists.of(over.team).ticks;

    await expect(list.create(tick('2026-11-23', 'x'.repeat(300)))).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('CoP Facilitation.task cannot be saved') });
  });

  test('a row that somebody added by hand is left alone', async () => {
    const site = await over.findSite(over.team);
    await over.graphAs('app').post(`/sites/${site}/lists/CoP%20Newcomers/items`, { fields: { Title: 'written by hand' } });

    expect(await over.lists.of(over.team).newcomers.all()).toEqual([]);
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

  test('403 says that it may not', async () => {
    over.microsoft365.graph.grantSite(over.team, null);

    await expect(over.lists.of(over.team).charter.find('x')).rejects.toMatchObject({ code: 'not-allowed' });
    over.microsoft365.graph.grantSite(over.team, 'fullcontrol');
  });

  test('a person whose consent is missing is told so', async () => {
    const before = over.microsoft365.entra.consent.delegated();
    over.microsoft365.entra.consent.setDelegated([]);
    const token = await over.microsoft365.entra.issueTabToken(samplePeople[1]!.id);

    await expect(over.lists.onBehalfOf(over.team, token).charter.find('x')).rejects.toMatchObject({ code: 'consent-needed' });
    over.microsoft365.entra.consent.setDelegated(before);
  });
});
