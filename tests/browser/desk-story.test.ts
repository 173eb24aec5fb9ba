import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { ListView } from '../../infra/local/desk/views.ts';
import { emptyTeam, samplePeople, sampleTeam } from '../../infra/local/sample-people.ts';
import { startDesk, type DeskPage, type DeskUnderTest } from './desk.ts';
import { violations } from './tab-checks.ts';

/** What whoever starts this for the first time sees: the story in six steps, SharePoint's lists, and an empty team. */
let desk: DeskUnderTest;
let visitor: DeskPage;
beforeAll(async () => {
  desk = await startDesk();
  visitor = await desk.open({ width: 1366, height: 600 }, { story: true });
}, 180_000);
afterAll(() => desk?.stop());

const story = () => visitor.page.getByRole('region', { name: 'Five minutes with a community' });
const press = (name: string) => story().getByRole('button', { name, exact: true }).click();
const heads = (text: string | RegExp) => visitor.page.getByRole('heading', { name: text }).waitFor();

describe('five minutes', () => {
  test('the page says what it is, and fits a low screen', async () => {
    await story().getByText('looks after a community of practice in Microsoft Teams').waitFor();

    expect(await visitor.page.evaluate(() => document.documentElement.scrollHeight - innerHeight)).toBe(0);
  });

  test('the coordinator’s tab', async () => {
    await press('Five minutes with it');
    await press('Be Priya');

    await visitor.tab.getByRole('navigation').getByRole('button', { name: 'Charter', exact: true }).waitFor();
  });

  test('a newcomer who has just joined and is welcomed', async () => {
    await press('Let Jonas join');

    await visitor.messages.getByText('Welcome to Data Storytellers').waitFor();
  });

  test('Monday’s card, and a tick on it', async () => {
    await press('Make it Monday');
    await visitor.messages.getByText('0 of 290 minutes done').waitFor();
    await press('Tick it');

    await visitor.messages.getByText('10 of 290 minutes done').waitFor();
  });

  test('the sponsor’s digest', async () => {
    await press('Be Helen');

    await visitor.messages.getByText('What the community did').waitFor();
  });

  test('the lists; then it can be told again, or put away', async () => {
    await press('Open the lists');
    await heads('SharePoint lists of Data Storytellers');
    await story().getByText('That was the round.').waitFor();

    expect(await violations(visitor.page)).toEqual([]);
    expect(visitor.errors).toEqual([]);
  });
});

describe('SharePoint’s lists', () => {
  async function plan(): Promise<ListView> {
    const response = await fetch(`${desk.url}/desk/api/lists?team=${sampleTeam.id}`);
    const { lists } = (await response.json()) as { lists: readonly ListView[] };
    return lists.find(({ name }) => name === 'CoP Plan')!;
  }
  async function edit(path: string, body: object): Promise<{ readonly status: number; readonly message?: string }> {
    const response = await fetch(`${desk.url}/desk/api/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { status: response.status, ...((await response.json()) as { message?: string }) };
  }
  const [priya = ''] = samplePeople.map(({ id }) => id);

  test('a row that is edited by hand is in the tab', async () => {
    const { page, tab } = visitor;
    await page.getByRole('button', { name: 'Edit row 1', exact: true }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Title').nth(1).fill('Book the small room after all');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.waitFor({ state: 'detached' });
    await page.getByRole('cell', { name: 'Book the small room after all' }).waitFor();
    await visitor.goTo('Plan');

    await tab.getByText('Book the small room after all').first().waitFor({ timeout: 45_000 });
  }, 90_000);

  test('what SharePoint refuses it refuses in its own words, and shows a team’s lists to its members alone', async () => {
    const list = await plan();
    const of = { team: sampleTeam.id, list: list.id, user: priya };
    const before = list.rows.length;

    const taken = list.rows[1]!.values['CopKey'];
    const statuses = [
      await edit('row', { ...of, row: '1', fields: { CopNothing: 'x' } }),
      await edit('row', { ...of, row: '1', fields: { CopKey: taken } }),
      await edit('row', { ...of, row: '9999', fields: { Title: 'x' } }),
      await edit('row', { ...of, user: emptyTeam.members[0]!.userId, row: '1', fields: { Title: 'x' } }),
      await edit('delete-row', { ...of, row: '9999' }),
    ];

    expect(statuses).toEqual(statuses.map(() => ({ status: 409, code: 'impossible', message: expect.any(String) })));
    expect((await plan()).rows.length).toBe(before);
  });

  test('rows come and go', async () => {
    const list = await plan();
    const of = { team: sampleTeam.id, list: list.id, user: priya };
    const ids = async () => (await plan()).rows.map(({ id }) => id);
    const before = await ids();

    await edit('row', { ...of, row: null, fields: { Title: 'By hand' } });
    const added = (await ids()).filter(id => !before.includes(id));
    expect(added).toHaveLength(1);
    await edit('delete-row', { ...of, row: added[0] });

    expect(await ids()).toEqual(before);
  });
});

test('whoever has Teams in German reads the tab in German', async () => {
  const { page, tab } = visitor;
  await visitor.goTo('Plan');
  await page.getByLabel('Language of Teams').selectOption('de-DE');
  await tab.getByText('Was Data Storytellers vorhat').waitFor();

  await page.getByLabel('Language of Teams').selectOption('en-GB');
  await tab.getByText('What Data Storytellers means to do').waitFor();
});

test('an empty team waits for the app, and its owner is asked to set the community up', async () => {
  await visitor.goTo('General');
  await press('Begin from nothing');
  await visitor.page.getByRole('main').getByRole('button', { name: 'Add CoP Companion' }).click();

  await visitor.messages.getByRole('button', { name: /set/i }).first().waitFor();
  await press('Put the story away');
  await visitor.page.getByRole('button', { name: 'Five minutes with a community' }).waitFor();
}, 60_000);

test('everything begins anew, and the page says so meanwhile', async () => {
  const { page } = visitor;
  const behind = page.getByRole('region', { name: 'Behind the scenes' });
  await behind.getByRole('button', { name: 'Begin anew', exact: true }).click();
  await behind.getByRole('button', { name: 'Begin anew', exact: true }).nth(1).click();
  const sure = page.getByRole('alertdialog');
  expect(await violations(page)).toEqual([]);
  await sure.getByRole('button', { name: 'Begin anew' }).click();

  await page.getByText('Beginning anew.').waitFor();
  await story().getByText('looks after a community of practice in Microsoft Teams').waitFor({ timeout: 120_000 });
  await page.getByRole('heading', { name: 'General' }).waitFor();
}, 180_000);
