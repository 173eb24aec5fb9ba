import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openPage } from '../../infra/dev/tab-pages.ts';
import { startDesk, type DeskPage, type DeskUnderTest } from './desk.ts';
import { tabFrame } from './tab-checks.ts';

/** What a tab shows before the server has answered, and what it never does. */
let desk: DeskUnderTest;
let one: DeskPage;
beforeAll(async () => {
  desk = await startDesk();
  one = await desk.open();
  await one.become('Priya Raman');
}, 240_000);
afterAll(() => desk.stop());

const keptOf = (): Promise<string[]> =>
  tabFrame(one).evaluate(() => Object.keys(localStorage).filter(key => key.startsWith('cop-companion.view/')));

/** Opens the tab anew, while no reading of the community is answered. */
async function openWithoutServer(): Promise<void> {
  await one.page.route('**/api/communities/**', route => route.abort());
  await one.page.reload();
}

test('the plan is there before the server answers, says as of when, and is read anew', async () => {
  await one.goTo('Plan');
  await one.tab.getByRole('article').first().waitFor();
  for (const screen of ['Surveys', 'Digest', 'Settings', 'My data'] as const) await openPage(one.tab, screen);
  await one.page.waitForTimeout(1_000);
  const kept = await keptOf();
  expect(kept.some(key => key.endsWith('/plan'))).toBe(true);
  expect(kept.filter(key => /surveys|digest|settings|privacy|welcome|audit|delivery/.test(key))).toEqual([]);

  // What was read in the last ten seconds is not asked for again.
  await one.page.waitForTimeout(11_000);
  await openWithoutServer();
  await one.goTo('Plan');
  await one.tab.getByRole('article').first().waitFor();
  await one.tab.getByText(/^What you see is as of \d\d:\d\d\.$/).waitFor();
  await one.page.unroute('**/api/communities/**');
  await one.tab.getByRole('button', { name: 'Try again' }).click();
  await one.tab.getByText(/What you see is as of/).waitFor({ state: 'hidden' });
}, 60_000);

test('another person in the same browser is shown nothing of it', async () => {
  await openWithoutServer();
  await one.become('Amara Okafor');
  await one.goTo('Plan').catch(() => undefined);
  await one.tab.getByRole('alert').first().waitFor();

  expect(await one.tab.getByRole('article').count()).toBe(0);
  expect((await keptOf()).length).toBe(0);
  await one.page.unroute('**/api/communities/**');
}, 60_000);
